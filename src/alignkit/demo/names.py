"""Names and addresses, composed from the lists in `data/`. Frequent names are frequent, as in any county."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alignkit.demo.tools import listed

Text = npt.NDArray[np.object_]
FIRST_SKEW, LAST_SKEW = 0.5, 0.4
"""How fast names become rarer down their list: the k-th is drawn k ** -skew times as often as the first."""
KINDS = np.array(["Street", "Avenue", "Road", "Lane", "Court"], dtype=object)


def first_names(culture: Text, sex: Text, rng: np.random.Generator) -> Text:
    """A first name for each person of a culture and sex."""
    keys = culture + "/" + sex
    return for_each(keys, lambda key, n: _drawn(_list("first_names", key), FIRST_SKEW, n, rng))


def last_names(culture: Text, rng: np.random.Generator) -> Text:
    """A last name for each household of a culture."""
    return for_each(culture, lambda key, n: _drawn(_list("last_names", key), LAST_SKEW, n, rng))


def nicknames() -> dict[str, str]:
    """First name → what friends say, for the names that have such a form."""
    return {row["name"]: row["nickname"] for row in listed("nicknames")}


def addresses(fifth: npt.NDArray[np.int64], rng: np.random.Generator) -> pd.DataFrame:
    """street_address, city and postal_code in a neighborhood of the given fifth (0 = lowest income)."""
    towns = pd.DataFrame(listed("streets"))
    streets = [np.array(text.split(), dtype=object) for text in towns["streets"]]
    by_fifth = {key: np.flatnonzero(towns["fifth"] == str(key + 1)) for key in range(5)}
    town = for_each(fifth, lambda key, n: rng.choice(by_fifth[int(key)], n)).astype(int)
    street = for_each(town, lambda key, n: rng.choice(streets[int(key)], n))
    number = rng.integers(1, 1900, len(fifth)).astype(str).astype(object)
    kind = KINDS[rng.integers(0, len(KINDS), len(fifth))]
    flat = np.where(
        rng.random(len(fifth)) < 0.2, " Apt " + rng.integers(1, 40, len(fifth)).astype(str).astype(object), ""
    )
    return pd.DataFrame(
        {
            "street_address": number + " " + street + " " + kind + flat,
            "city": towns["city"].to_numpy(object)[town],
            "postal_code": towns["postal_code"].to_numpy(object)[town],
        }
    )


def for_each(keys: npt.NDArray, draw: Callable[[str, int], npt.NDArray]) -> Text:
    """For the places of every distinct key what `draw(key, how many)` gives, keys in sorted order."""
    codes, distinct = pd.factorize(keys, sort=True)
    out = np.empty(len(keys), dtype=object)
    for code, key in enumerate(distinct):
        at = np.flatnonzero(codes == code)
        out[at] = draw(key, len(at))
    return out


def _drawn(names: Text, skew: float, n: int, rng: np.random.Generator) -> Text:
    weight = np.arange(1, len(names) + 1) ** -skew
    return names[rng.choice(len(names), n, p=weight / weight.sum())]


@cache
def _list(name: str, key: str) -> Text:
    """The names written down for a culture, then every head with every tail, where it has such parts."""
    culture, _, sex = key.partition("/")
    row = next(r for r in listed(name) if r["culture"] == culture and r.get("sex", "") == sex)
    made = [head + tail for tail in row.get("tails", "").split() for head in row["heads"].split()]
    return np.array(list(dict.fromkeys([*row["names"].split(), *made])), dtype=object)
