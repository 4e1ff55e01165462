"""What reviewers' verdicts say about links, reckoning with reviewers who err and a sample drawn unevenly.

The reviewed pairs of one stratum (pairs of like score) stand for all its pairs. Nobody knows which pairs are truly one
person, but pairs that two reviewers saw show how often they err: the model of Hui and Walter (1980), one sensitivity
and specificity for all strata, a share of true pairs for each. `unsure` tells nothing. Written here because no tool
gives intervals for precision from such a sample: draws from the posterior by Gibbs sampling (Joseph, Gyorkos and
Coupal 1995), the same for the same verdicts.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
CHAINS, DRAWS, WARM_UP = 25, 80, 100
"""Chains side by side, draws kept of each, and draws before these."""
END = 5e-4
"""An end of an interval this near to 0 or 1 is taken for it."""
SHARE = (0.5, 0.5)
"""Beta prior of a stratum's share of true pairs (Jeffreys)."""
RIGHT = (9.0, 1.0)
"""Beta prior of a reviewer's being right: above chance, so that "match" cannot come to mean its opposite."""
YES, NO = "match", "non_match"


def verdicts(reviews: pd.DataFrame) -> pd.DataFrame:
    """One row per reviewed pair with a verdict: student_id, client_id, yes, no (how many reviewers said so)."""
    said = reviews[reviews["verdict"].isin([YES, NO])]
    keys = ["student_id", "client_id"]
    yes = said.assign(yes=said["verdict"] == YES, no=said["verdict"] == NO)
    found = yes.groupby(keys, as_index=False)[["yes", "no"]].sum()
    return found.astype(dict.fromkeys(keys, object) | {"yes": int, "no": int})


def posterior(strata: npt.ArrayLike, yes: npt.ArrayLike, no: npt.ArrayLike, names: Sequence[str]) -> dict[str, Floats]:
    """Draws of the share of true pairs in every stratum of `names`; a stratum without verdicts is as unsure as it gets.

    One row per reviewed pair: its stratum and how many said yes and no.
    """
    cells = pd.DataFrame({"stratum": np.asarray(strata, object), "yes": np.asarray(yes), "no": np.asarray(no)})
    found = cells[cells["stratum"].isin(list(names))].value_counts().reset_index()
    at = np.asarray(found["stratum"].map({name: place for place, name in enumerate(names)}), np.int64)
    said = found[["yes", "no"]].to_numpy(np.int64)
    return dict(zip(names, _gibbs(at, said, found["count"].to_numpy(np.int64), len(names)).T, strict=True))


def interval(draws: Floats) -> tuple[float, float]:
    """95 % interval of a share from its draws: what the equal-tailed and the shortest one cover together.

    The equal-tailed one alone never holds a share of 0 or 1, which is what nearly perfect links come to (Brown, Cai and
    DasGupta 2001 mend Jeffreys' interval at its ends for the same reason).
    """
    ordered = np.sort(draws)
    many = int(np.ceil(0.95 * len(ordered)))
    first = int(np.argmin(ordered[many - 1 :] - ordered[: len(ordered) - many + 1]))
    low, high = np.quantile(draws, [0.025, 0.975])
    low, high = min(low, ordered[first]), max(high, ordered[first + many - 1])
    return float(low if low > END else 0.0), float(high if high < 1 - END else 1.0)


def _gibbs(at: Whole, said: Whole, many: Whole, strata: int) -> Floats:
    """Draws × strata. Each cell (`at`: its stratum, `said`: yes and no) holds `many` pairs that look alike."""
    rng = np.random.default_rng(0)
    share, sensitivity, specificity = (
        np.full((CHAINS, strata), 0.5),
        np.full((CHAINS, 1), 0.9),
        np.full((CHAINS, 1), 0.9),
    )
    inside = (at[:, None] == np.arange(strata)).astype(np.int64)
    total, yeses, noes = many @ inside, said[:, 0], said[:, 1]
    kept = np.empty((DRAWS, CHAINS, strata))
    for draw in range(-WARM_UP, DRAWS):
        one = share[:, at] * sensitivity**yeses * (1 - sensitivity) ** noes
        other = (1 - share[:, at]) * (1 - specificity) ** yeses * specificity**noes
        true = rng.binomial(many, one / (one + other))
        in_stratum = true @ inside
        share = rng.beta(SHARE[0] + in_stratum, SHARE[1] + total - in_stratum)
        yes, no = (true @ said).T[:, :, None]
        wrong, right = ((many - true) @ said).T[:, :, None]
        sensitivity = rng.beta(RIGHT[0] + yes, RIGHT[1] + no)
        specificity = rng.beta(RIGHT[0] + right, RIGHT[1] + wrong)
        kept[max(draw, 0)] = share
    return kept.reshape(DRAWS * CHAINS, strata)
