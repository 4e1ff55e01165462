"""What a community's tables said on a day: the rows known then, and the smallest count that held."""

from collections.abc import Sequence

import pandas as pd

from alignkit.params import CommunityParams, CycleParams
from alignkit.snapshot import Snapshot


def known(
    frame: pd.DataFrame, visible_from: str | None, version_of: Sequence[str] | None, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Rows known at `as_of`; of several versions of one thing, the newest of those."""
    if not visible_from:
        return frame
    frame = frame[frame[visible_from] <= as_of]
    if version_of:
        newest = frame.sort_values(visible_from, kind="stable")
        frame = newest.drop_duplicates(list(version_of), keep="last").sort_index()
    return frame


def minimum_count_of(snapshot: Snapshot, community: CommunityParams, cycle: CycleParams) -> int:
    """The smallest count that may be published: the data standard in force, else community.yml (the contract and the
    parameters refuse less than 3, the floor of US education practice, PTAC)."""
    if "standards" not in snapshot.tables:
        return community.minimum_count
    as_of = pd.Timestamp(cycle.as_of)
    standards = known(snapshot.table("standards"), "valid_from", None, as_of)
    standards = standards[standards["valid_until"].isna() | (standards["valid_until"] >= as_of)]
    if standards.empty:
        return community.minimum_count
    return int(standards.sort_values("valid_from")["minimum_count"].iloc[-1])
