"""What linking costs and finds, beside recordlinkage with what comes built in: `make bench` prints name, value, what.

The same blocks and fields, in a town with brothers and sisters; there Jaro–Winkler with a threshold, and the classifier
that it learns by expectation–maximisation.
"""

import time

import pandas as pd
import pytest
import recordlinkage
from recordlinkage.index import Block

from alignkit.linkage.link import link
from alignkit.linkage.prepare import prepared
from alignkit.linkage.settings import BLOCKS
from tests.linkage.samples import riverbend_links

pytestmark = pytest.mark.bench
Pairs = set[tuple[str, str]]


def ours(students: pd.DataFrame, clients: pd.DataFrame) -> Pairs:
    return set(link(students, clients).accepted.itertuples(index=False, name=None))


def plain(students: pd.DataFrame, clients: pd.DataFrame) -> Pairs:
    one, other = prepared(students), prepared(clients)
    indexer = recordlinkage.Index([Block(list(columns), list(columns)) for columns in BLOCKS])
    pairs = indexer.index(one, other)
    compare = recordlinkage.Compare()
    for field in ("first_name", "middle_name", "last_name", "street_address"):
        compare.string(field, field, method="jarowinkler", threshold=0.9, label=field)
    for field in ("birth_digits", "sex", "postal_code"):
        compare.exact(field, field, label=field)
    found = recordlinkage.ECMClassifier(binarize=None).fit_predict(compare.compute(pairs, one, other))
    numbers = zip(found.get_level_values(0), found.get_level_values(1), strict=True)
    return {(students["student_id"].iloc[a], clients["client_id"].iloc[b]) for a, b in numbers}


def test_linking_beside_plain_recordlinkage() -> None:
    _links, _assessment, made, pairs = riverbend_links()
    true: Pairs = set(pairs[["student_id", "client_id"]].itertuples(index=False, name=None))
    seconds = {}
    for name, way in {"ours": ours, "plain": plain}.items():
        started = time.process_time()
        found = way(made["students"], made["clients"])
        seconds[name] = time.process_time() - started
        right = len(found & true)
        print(f"\nlinkage.{name}_seconds\t{seconds[name]:.1f}\tCPU seconds, Riverbend's students and clients")
        print(f"linkage.{name}_precision\t{right / max(len(found), 1):.3f}\tof {len(found):,} links")
        print(f"linkage.{name}_recall\t{right / len(true):.3f}\tof {len(true):,} true pairs")
    print(f"linkage.ratio\t{seconds['plain'] / seconds['ours']:.2f}\tplain recordlinkage's CPU time over ours")
