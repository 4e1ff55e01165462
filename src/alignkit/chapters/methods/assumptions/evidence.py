"""The assumptions log of action and data systems: what works, for whom, and whether records match."""

from alignkit.chapters.methods.assumptions.entry import Entry
from alignkit.words.current import words


def action() -> list[Entry]:
    """Measures of the chapter on practices."""
    return [*_effects_on_students(), *_effects_on_schools(), *_from_effects(), *_use_and_reach()]


def _effects_on_students() -> list[Entry]:
    """Students with a practice against students without it."""
    _ = words.gettext
    return [
        Entry(
            ("effects", "students-compared"),
            _("Effect, places given by lot"),
            _("Mean of those drawn less mean of those not drawn, within drawings, adjusted for earlier results; HC2"
              " errors (cluster-robust where sites were drawn), everyone counted as drawn."),
            _("MacKinnon and White 1985; Lin 2013; What Works Clearinghouse, Standards Handbook 4.1"),
            _("The lot decided. Who goes without is not touched by those who have it."),
            _("Fewer than ten on a side; so many lost results that the bias could pass 0.05 standard deviations "
              "(Deke and Chiang 2017, cautious)."),
        ),
        Entry(
            ("effects", "balance"),
            _("Effect, similar students"),
            _("Others of the same school, grade and year, weighted (entropy balancing) to have the same earlier "
              "results, sex and race; weighted least squares with these, HC3 errors."),
            _("Hainmueller 2012; Zhao and Percival 2017; WWC: Hedges' g and Cox's index, 0.05 and 0.25"),
            _("Nothing that is not in a column decided who came. Links between records are right."),
            _("Sides that differed by more than 0.25 in an earlier result to begin with, unless that result decided"
              " who came; nobody like them went without."),
        ),
    ]  # fmt: skip


def _effects_on_schools() -> list[Entry]:
    """Schools with a practice against schools without it."""
    _ = words.gettext
    return [
        Entry(
            ("effects",),
            _("Effect, schools before and after"),
            _("Change with the practice less change without it; errors by school, wild cluster bootstrap below 40 "
              "schools."),
            _("Cameron, Gelbach and Miller 2008; MacKinnon and Webb 2018"),
            _("Both sides would have changed alike. Practices for the same outcome that came to the same schools "
              "meanwhile are named, as they cannot be told apart."),
            _("Fewer than four schools on a side; sides that went apart before (p under 0.05). Too few years before"
              " to look is said."),
        ),
        Entry(
            ("effects",),
            _("Effect, schools that begin in different years"),
            _("Each school's change since the year before it began, against schools that have not begun; averaged "
              "over schools and years; Student's t with the smaller side's schools less one."),
            _("Callaway and Sant'Anna 2021"),
            _("As above, and nobody acts on it before it begins."),
            _("As above. The largest difference before it began is tested, times the number of looks."),
        ),
    ]  # fmt: skip


def _from_effects() -> list[Entry]:
    """What the book says and expects of an effect."""
    _ = words.gettext
    return [
        Entry(
            ("effects",),
            _("The word for an effect"),
            _("From the score, with Benjamini–Hochberg over all comparisons at 5 percent. Planned after the first "
              "result: a hint, and never “works”."),
            _("Benjamini and Hochberg 1995; Gelman and Loken 2013"),
            _("All comparisons that the partners agreed on are listed."),
            _("“Not known”, never a number, without a credible design."),
        ),
        Entry(
            ("expected-gain",),
            _("What more of it would bring"),
            _("Effect in students per 100 times eligible children it misses where it is in use, both ends of the "
              "range."),
            _("House rule"),
            _("It works for those who are missed as for those who came."),
            _("Only for practices that get results here."),
        ),
    ]  # fmt: skip


def _use_and_reach() -> list[Entry]:
    """Where a practice is in use, who is reached, and how long that took."""
    _ = words.gettext
    return [
        Entry(
            ("listed", "could-adopt", "reviews", "places", "matrix"),
            _("Evidence, use, and who could adopt"),
            _("Tier 1 strong to 4 no study, as the community wrote it down; sites by stage; sites that work on the "
              "same outcome in a fitting setting and never used it."),
            _("ESSA, 20 U.S.C. 7801(21)"),
            _("A study elsewhere is not an effect here."),
            _("No study: tier 4."),
        ),
        Entry(
            ("reach", "matched", "served"),
            _("Reach, and counts by data holders"),
            _("Reached over eligible, pooled over sites, Wilson; counts that compare with nobody."),
            _("Wilson 1927"),
            _("Sites count children once."),
            _("A site without both counts is left out."),
        ),
        Entry(
            ("times",),
            _("Time from pilot to standard practice"),
            _("Kaplan–Meier median with its 95 percent range; pilots given up stay among those waiting."),
            _("Kaplan and Meier 1958; Brookmeyer and Crowley 1982"),
            _("Sites still in pilot will go on as the others did."),
            _("Fewer than half are there: no median."),
        ),
    ]  # fmt: skip


def data_systems() -> list[Entry]:
    """Measures of the chapter on data."""
    return [*_data_sets(), *_linkage()]


def _data_sets() -> list[Entry]:
    """Which data there are, and how complete."""
    _ = words.gettext
    return [
        Entry(
            ("sources", "filled", "kept", "elements", "coverage", "counts-only", "outcome-data", "linked-clients",
             "matrix"),
            _("Standards, freshness, completeness"),
            _("Filled cells over all; days since the last refresh against the usual; agreements in force; Data "
              "Quality Campaign elements that the tables can show."),
            _("Data Quality Campaign 2005, ten essential elements"),
            _("What is written down is so."),
            _("Elements that no table shows say so."),
        ),
    ]  # fmt: skip


def _linkage() -> list[Entry]:
    """Which records are one person's."""
    _ = words.gettext
    return [
        Entry(
            ("linked", "thresholds"),
            _("Who is the same person"),
            _("Weight Σ log₂(mᵢ / uᵢ) over names, birth date, sex and home, missing is neutral, rare names weigh "
              "more; linked from a probability of 0.95, one to one."),
            _("Fellegi and Sunter 1969; recordlinkage (de Bruin 2023); Winkler 1988"),
            _("Fields agree or not independently, given a match."),
            _("Without a birth date nobody is linked by probability alone."),
        ),
        Entry(
            ("precision", "recall", "checks"),
            _("How good the match is"),
            _("Precision from pairs that people looked at, by score band; recall from pairs known by agreement; 95 "
              "percent ranges."),
            _("Hui and Walter 1980; Joseph, Gyorkos and Coupal 1995; Gilbert and others 2018 (GUILD)"),
            _("Reviewers err alike in all bands and more often right than wrong; known pairs are like the others."),
            _("No reviews, no known pairs."),
        ),
    ]  # fmt: skip
