"""Which version of the community's standard for the use of data each partner has signed."""

import pandas as pd


def signed_standard(agreements: pd.DataFrame, standards: pd.DataFrame) -> dict[str, str]:
    """Partner (partner_id) → "current" or "older", of those that have signed a data standard.

    Today's standard is the newest one in `standards`. Where a community keeps none, no version is older than another.
    """
    signed = agreements[agreements["element"] == "data_standard"]
    if standards.empty:
        return dict.fromkeys(signed["partner_id"], "current")
    newest = standards.sort_values("valid_from")["version"].iloc[-1]
    found = dict.fromkeys(signed["partner_id"], "older")
    return found | dict.fromkeys(signed.loc[signed["version"] == newest, "partner_id"], "current")
