"""Over many seeds of the demo community: do 95 % intervals hold the truth, and how often are the words wrong?

make calibration            (200 seeds, about a quarter of an hour on two cores)
make calibration SEEDS=20
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

from tests.calibration import worlds

FIRST = 1_000
"""Seeds are those from here on: none that anything was tuned on."""


def rows(seed: int, effects: bool = True) -> list[dict]:
    """Everything that one seed says, with its seed."""
    said = [*worlds.values_of(seed), *worlds.values_of(seed, nothing_changes=True)]
    said += [*worlds.effects_of(seed), *worlds.effects_of(seed, nothing_works=True)] if effects else []
    return [{"seed": seed, **one} for one in said]


def gathered(seeds: Sequence[int], jobs: int, tell: Callable[[str], None], effects: bool = True) -> pd.DataFrame:
    """The rows of all seeds, in their order."""
    with ProcessPoolExecutor(jobs) as pool:
        parts = []
        for n, part in enumerate(pool.map(partial(rows, effects=effects), seeds), start=1):
            parts += part
            if n % 10 == 0:
                tell(f"{n} of {len(seeds)} seeds")
    return pd.DataFrame(parts)


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """name, value (percent), error (of the value, by chance of the seeds), n, what."""
    held = frame.dropna(subset=["low", "high"])
    held = held[held["low"].notna() & ~held["kind"].str.startswith("word")]
    inside = (held["low"] <= held["true"] + 1e-9) & (held["true"] - 1e-9 <= held["high"])
    lines = [
        _line(f"coverage.{kind}", inside[some.index], some["seed"], "95 % intervals that hold the truth")
        for kind, some in held.groupby("kind")
    ]
    return pd.DataFrame([*lines, *_words(frame), *_effects(frame)], columns=["name", "value", "error", "n", "what"])


def _line(name: str, hits: pd.Series, seeds: pd.Series, what: str) -> tuple[str, float, float, int, str]:
    by = hits.astype(float).groupby(seeds).mean()
    error = 100 * by.std(ddof=1) / np.sqrt(len(by)) if len(by) > 1 else np.nan
    return name, 100 * float(hits.mean()), error, len(hits), what


def _words(frame: pd.DataFrame) -> Iterable[tuple]:
    judged = frame[frame["kind"].str.startswith("word")]
    moved = judged["word"].isin(["improving", "worsening"])
    for kind, some in judged.groupby("kind"):
        name = kind.removeprefix("word: ")
        still = some[some["true"] == "no clear change"]
        yield _line(f"false_word.{name}", moved[still.index], still["seed"], "outcomes that stay, called otherwise")
        books = moved[still.index].groupby(still["seed"]).any()
        yield _line(f"false_word_in_a_book.{name}", books, pd.Series(books.index, books.index),
                    "books with any false word")  # fmt: skip
        told = some[some["turned"].isin(["better", "worse", "no"])]
        if len(told):
            yield _line(f"turned.{name}", told["turned"] != "no", told["seed"],
                        "newest results outside the projection made without them")  # fmt: skip
        goes = some[some["true"] != "no clear change"]
        if len(goes):
            yield _line(f"found.{name}", goes["word"] == goes["true"], goes["seed"], "outcomes that move, called so")
            wrong = moved[goes.index] & (goes["word"] != goes["true"])
            yield _line(f"wrong_way.{name}", wrong, goes["seed"], "outcomes that move, called the other way")


def _effects(frame: pd.DataFrame) -> Iterable[tuple]:
    judged = frame[frame["kind"].str.startswith("effect")]
    for kind, some in judged.groupby("kind"):
        name = kind.removeprefix("effect: ")
        true = some["true"].mean()
        for word, what in (("works", "said to get results"), ("harms", "said to do harm"), ("not known", "not known")):
            what = f"{what}; true effect {true:.2f} standard deviations"
            yield _line(f"effect_{word.replace(' ', '_')}.{name}", some["word"] == word, some["seed"], what)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table as name, value, what between tabs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=200, help="how many (200)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    given = parser.parse_args(arguments)
    tell = partial(print, file=sys.stderr, flush=True)
    frame = gathered(range(FIRST, FIRST + given.seeds), given.jobs, tell)
    for row in table(frame).to_dict("records"):
        print(f"{row['name']}\t{row['value']:.1f}\t{row['what']} (± {1.96 * row['error']:.1f}, of {row['n']:,})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
