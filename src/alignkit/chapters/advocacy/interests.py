"""What a partner has at stake in a policy, as far as the tables tell: the grants it is named in, the practices it uses.

Nobody declares an interest; contracts that no grant and no adoption shows are not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Interest = Literal["gains", "elsewhere", "none", "unknown"]
"""`gains`: the policy would back a practice the partner uses, or an outcome that a grant of the partner must report.
`elsewhere`: it uses another practice for the same outcome, or its grants report other outcomes only. `none`: no grant
and no such practice is on record. `unknown`: the policy backs no practice, so these tables show nothing at stake."""


@dataclass(frozen=True)
class Stakes:
    """Who has what at stake on one day; made by `stakes`."""

    backed: Mapping[str, frozenset[str]]
    """Policy → practices it would back."""
    serves: Mapping[str, str]
    """Practice → outcome."""
    uses: Mapping[str, frozenset[str]]
    """Partner → practices in use."""
    reports: Mapping[str, frozenset[str]]
    """Partner → outcomes that its running grants must report; a partner named in a grant that reports none has none."""
    named: frozenset[str]
    """Partners named in a running grant."""


def stakes(policy_practices: pd.DataFrame, practices: pd.DataFrame, adoptions: pd.DataFrame, grants: pd.DataFrame,
           grant_partners: pd.DataFrame, grant_outcomes: pd.DataFrame, as_of: pd.Timestamp) -> Stakes:  # fmt: skip
    """Bring the tables together; `adoptions` are those in force, a grant runs until `ends_on`."""
    running = set(grants.loc[grants["ends_on"] >= as_of, "grant_id"])
    members = grant_partners[grant_partners["grant_id"].isin(running)]
    reported = members.merge(grant_outcomes, on="grant_id")
    return Stakes(
        backed=_sets(policy_practices, "policy_id", "practice_id"),
        serves=dict(zip(practices["practice_id"], practices["outcome_id"], strict=True)),
        uses=_sets(adoptions, "partner_id", "practice_id"),
        reports=_sets(reported, "partner_id", "outcome_id"),
        named=frozenset(members["partner_id"]),
    )


def interest(at: Stakes, partner: str, policy: str) -> Interest:
    """What `partner` has at stake in `policy`; the nearest tie counts: own practice, rival practice, own grant."""
    backed = at.backed.get(policy, frozenset())
    outcomes = {at.serves[practice] for practice in backed if practice in at.serves}
    uses, reports = at.uses.get(partner, frozenset()), at.reports.get(partner, frozenset())
    if not backed:
        return "unknown"
    if uses & backed:
        return "gains"
    if any(at.serves.get(practice) in outcomes for practice in uses):
        return "elsewhere"
    if reports & outcomes:
        return "gains"
    return "elsewhere" if partner in at.named else "none"


def _sets(frame: pd.DataFrame, key: str, value: str) -> dict[str, frozenset[str]]:
    return {str(name): frozenset(some) for name, some in frame.groupby(key)[value]}
