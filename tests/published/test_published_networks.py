"""Who shares what with whom, and how far people agree: figures that others have published."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from alignkit.chapters.collaboration.measures import shared_institutions
from alignkit.stats.agreement import agreement_index, kendall_w, krippendorff_alpha, rice_index
from alignkit.stats.survival import median_time


@pytest.fixture(scope="module")
def women(real_data) -> pd.DataFrame:
    """Davis, Gardner and Gardner 1941, Deep South: who came to which social event."""
    return pd.read_csv(real_data / "two_mode" / "southern_women_edges.csv")


def asks(edges: pd.DataFrame, who: str, what: str) -> pd.DataFrame:
    """A two-mode network as grants (`who`) that ask institutions (`what`)."""
    frame = pd.DataFrame({"grant_id": edges[who], "grant": edges[who], "partner_id": edges[what]})
    return frame.assign(partner=frame["partner_id"])


def test_the_southern_women(women):
    # 18 women, 14 events, 89 visits; 139 of the 153 pairs of women met: density .908 (Borgatti and Everett 1997)
    assert (women["actor"].nunique(), women["event"].nunique(), len(women)) == (18, 14, 89)
    met = shared_institutions(asks(women, "actor", "event"))
    assert len(met) == 153
    assert (met["shared"] > 0).mean() == pytest.approx(0.908, abs=0.0005)


def test_evelyn_and_laura_shared_six_events(women):
    # Davis, Gardner and Gardner 1941; in every table of the women's co-attendance since Breiger 1974: 6 of 8 and 7
    met = shared_institutions(asks(women, "actor", "event")).set_index(["grant_id", "other_id"])
    row = met.loc[("Evelyn Jefferson", "Laura Mandeville")]
    assert (row["shared"], row["jaccard"], row["overlap"]) == (6, pytest.approx(6 / 9), pytest.approx(6 / 7))


def test_events_share_guests_as_women_share_events(women):
    met = shared_institutions(asks(women, "event", "actor"))
    guests = women.groupby("event")["actor"].agg(set)
    for row in met.to_dict("records"):
        assert row["shared"] == len(guests[row["grant_id"]] & guests[row["other_id"]])
    assert len(met) == len(list(combinations(guests, 2))) == 91


def test_anxiety_without_correction_for_ties_comes_to_the_other_conclusion(real_data):
    # R, irr::kendall(anxiety): uncorrected W .502, p .072; corrected .540, p .043
    ratings = pd.read_csv(real_data / "ratings_agreement" / "anxiety.csv").to_numpy(float).T
    ranks = pd.DataFrame(ratings).rank(axis=1).to_numpy()
    m, n = ranks.shape
    plain = 12 * ((ranks.sum(axis=0) - m * (n + 1) / 2) ** 2).sum() / (m**2 * (n**3 - n))
    assert plain == pytest.approx(0.502, abs=0.0005)
    assert kendall_w(ratings).w > plain


def test_kendalls_w_of_video(real_data):
    # R, irr::kendall(video, correct = TRUE): W .392, p .055
    found = kendall_w(pd.read_csv(real_data / "ratings_agreement" / "video.csv").to_numpy(float).T)
    assert (found.w, found.p) == pytest.approx((0.392, 0.055), abs=0.0005)


def test_nominal_alpha_is_fleiss_kappa_but_for_the_small_sample(real_data):
    # Fleiss 1971: kappa .430 for 30 patients and 6 psychiatrists; alpha = 1 − (1 − kappa)(1 − 1/n), n = 180 ratings
    table = pd.read_csv(real_data / "ratings_agreement" / "diagnoses.csv")
    codes = pd.factorize(table.to_numpy().ravel())[0].reshape(table.shape)
    alpha = krippendorff_alpha(codes.T, "nominal")
    assert 1 - (1 - alpha) / (1 - 1 / codes.size) == pytest.approx(0.430, abs=0.0005)


def test_two_raters_agree_as_in_krippendorff_2011():
    # Computing Krippendorff's Alpha-Reliability, A: two observers, ten units, binary: .095
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha([one, other], "nominal") == pytest.approx(0.095, abs=0.0005)


def test_time_to_remission_in_freireich_1963():
    # 6-MP against placebo in leukemia (Kaplan–Meier medians in Collett, and in R's survival): 23 and 8 weeks
    treated = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    assert median_time(pd.Series(treated), pd.Series(ended, dtype=bool))[0] == 23
    assert median_time(pd.Series(placebo), pd.Series([True] * 21))[0] == 8


@pytest.mark.parametrize(
    ("yes", "no", "cohesion"),
    [(100, 0, 1.0), (90, 10, 0.8), (75, 25, 0.5), (50, 50, 0.0)],
)
def test_rice_1928_counts_the_share_beyond_an_even_split(yes, no, cohesion):
    # Rice 1928, Quantitative Methods in Politics: 100 − 2 · minority, as a share
    assert rice_index(yes, no) == pytest.approx(cohesion)


def test_the_agreement_index_of_an_even_split_of_two_is_a_quarter():
    # Hix, Noury and Roland 2005: half for and half against, nobody abstains
    assert agreement_index(50, 50, 0) == pytest.approx(0.25)


KENTUCKY = {"graduation_4yr_cohort": {2013: 86.1, 2014: 87.5, 2015: 88.0, 2016: 88.6, 2017: 89.8},
            "college_career_ready": {2012: 47.2, 2013: 54.1, 2014: 62.5, 2015: 66.9, 2016: 68.5}}  # fmt: skip


@pytest.mark.parametrize(("file", "known"), KENTUCKY.items())
def test_kentucky_as_its_department_of_education_released_it(real_data, file, known):
    rows = pd.read_csv(real_data / "ky_schools" / f"{file}.csv.gz", dtype={"sch_id": str})
    state = rows[(rows["dist_name"].str.contains("State")) & (rows["student_group"] == "All Students")]
    share = state["ccr_pct" if file == "college_career_ready" else "grad_rate"]
    year = state["year"].str[:4].astype(int) + 1
    found = dict(zip(year, 100 * share, strict=True))
    assert {at: round(found[at], 1) for at in known} == known
    assert np.isfinite(list(found.values())).all()
