"""The assumptions log of outcomes: values, trends, gaps, projections, and agreement on them."""

from alignkit.chapters.methods.assumptions.entry import Entry
from alignkit.words.current import words


def outcome() -> list[Entry]:
    """Measures of each outcome's page."""
    return [*_results(), *_direction(), *_projection(), *_groups(), *_months(), *_partners()]


def _results() -> list[Entry]:
    """A result with its range."""
    _ = words.gettext
    return [
        Entry(
            ("totals", "series", "elsewhere", "contributing", "months"),
            _("Value and its range"),
            _("Numerator over denominator, pooled over all children, never a mean of rates. Range: Wilson for "
              "percents, Byar for counts and rates per 1,000 (exact below 10 events), the source's own margin for "
              "surveys, brought to 95 percent by the ratio of normal quantiles."),
            _("Wilson 1927; Newcombe 1998; Breslow and Day 1987, p. 69; Census Bureau, ACS General Handbook 2020, "
              "ch. 7"),
            _("Children as if drawn one by one from a larger group with the same chance. Real change between years "
              "is not in the range."),
            _("No range where the source gives neither counts nor a margin. Hidden, suppressed, missing values and "
              "ranges given by the source never become numbers."),
        ),
    ]  # fmt: skip


def _direction() -> list[Entry]:
    """Which way results go."""
    _ = words.gettext
    return [
        Entry(
            ("verdict", "methods"),
            _("Direction in one word"),
            _("Exact two-sided Mann–Kendall test of the results since the last break in series, then "
              "Benjamini–Hochberg over all outcomes in force at 5 percent. Slope: Theil–Sen, the median of all "
              "slopes between two results."),
            _("Mann 1945; Kendall 1975; Theil 1950; Sen 1968; Benjamini and Hochberg 1995"),
            _("Without change every order of the results is equally likely: results of different years do not "
              "depend on each other. A word is wrong for at most 5 in 100 of those given."),
            _("“Cannot tell yet” with fewer results than any series of this family would need (nine outcomes: six),"
              " or without ranges; with the day on which that could end."),
        ),
        Entry(
            ("methods",),
            _("Second evidence beside the direction"),
            _("From counts: Cochran–Armitage, (Σ xᵢ(rᵢ − p nᵢ))² / (p(1 − p) Σ nᵢ(xᵢ − x̄)²). From surveys: least "
              "squares weighted by the inverse of each value's variance."),
            _("Cochran 1954; Armitage 1955; Ingram and others 2018 (NCHS, Vital and Health Statistics 2:179)"),
            _("Nothing moves but by sampling. A changing town does more, so this never decides a word."),
            _("Not computed below two results, or where nobody or everybody counts."),
        ),
    ]  # fmt: skip


def _projection() -> list[Entry]:
    """Where results go if nothing changes."""
    _ = words.gettext
    return [
        Entry(
            ("forecast",),
            _("Projection if nothing changes"),
            _("Least squares line on the logit (percents), log (rates, counts) or plain scale, with its 95 percent "
              "prediction interval, never narrower than chance alone gives one value."),
            _("Draper and Smith 1998, section 1.4"),
            _("It goes on as it went, in a straight line on that scale. A projection, not a promise."),
            _("Fewer than five results since the last break."),
        ),
    ]  # fmt: skip


def _groups() -> list[Entry]:
    """How groups differ."""
    _ = words.gettext
    return [
        Entry(
            ("gaps",),
            _("Gap between groups, and whether it grows"),
            _("Best-off less worst-off group (percentage points) with Newcombe's range, square-and-add where a "
              "source gives its own margins; ratio with Koopman's range; trend of both as above."),
            _("Newcombe 1998, method 10; Zou and Donner 2008; Koopman 1984"),
            _("The groups are those shown. The largest of m gaps was picked because it is the largest, so its range"
              " is wider, at 1 − 0.05 / m (Benjamini and Yekutieli 2005)."),
            _("Fewer than two groups shown; no trend with too few years in which the same groups are shown."),
        ),
        Entry(
            ("inequality",),
            _("Inequality between all groups of a kind"),
            _("Between-group variance Σ pⱼ (yⱼ − μ)²; Theil Σ pⱼ (yⱼ / μ) ln(yⱼ / μ); for ordered groups the slope "
              "of the values on the middle of each group's place (slope index) and the line's top over its bottom."),
            _("WHO 2013, Handbook on health inequality monitoring; Harper and Lynch 2005; Mackenbach and Kunst 1997"),
            _("Groups count by how many children they have. A straight line over the order."),
            _("Any group of the kind is hidden or without counts; no range of the slope index below three groups, "
              "and none of the others."),
        ),
    ]  # fmt: skip


def _months() -> list[Entry]:
    """Results that come more often."""
    _ = words.gettext
    return [
        Entry(
            ("signs", "usual-ranges"),
            _("Signals in a monthly series"),
            _("XmR chart: mean ± 2.66 times the mean moving range; a point outside, or eight on one side."),
            _("Shewhart 1931; Wheeler 2000; NIST/SEMATECH e-Handbook, 6.3.2.2"),
            _("Neighbouring months do not depend on each other beyond the season."),
            _("Limits are on trial below twelve points, and say so."),
        ),
    ]  # fmt: skip


def _partners() -> list[Entry]:
    """What partners do about it."""
    _ = words.gettext
    return [
        Entry(
            ("parts", "works", "promised"),
            _("Partners, practices and promises of an outcome"),
            _("Lists from the community's tables, as of the cycle's day."),
            _("The tables responsibilities, practices, adoptions, commitments"),
            _("What is not written down is not there."),
            _("An empty list is said as one."),
        ),
    ]  # fmt: skip


def outcomes() -> list[Entry]:
    """Measures of the chapter on agreement and need."""
    return [*_need(), *_ratings(), *_set()]


def _need() -> list[Entry]:
    """Which outcomes need most, and which way they move."""
    _ = words.gettext
    return [
        Entry(
            ("pressing", "judged"),
            _("Most pressing"),
            _("Children short of the goal: ⌈goal × children⌉ less those who are there. Pace needed: distance to the"
              " goal over the years left, beside the pace seen (Theil–Sen). Never one index."),
            _("House rule; results-based accountability (Friedman 2005)"),
            _("The goal is wanted for every child alike; children in different outcomes are not added up."),
            _("No count without a denominator; no pace without a slope."),
        ),
        Entry(
            ("luck",),
            _("Share improving, and luck"),
            _("How often as many coin tosses would show as many heads: 1 − F(k − 1; n, ½)."),
            _("Binomial distribution"),
            _("Outcomes move independently. They share children and years, so luck does as well more often than "
              "said."),
            _("No outcome has a direction yet."),
        ),
    ]  # fmt: skip


def _ratings() -> list[Entry]:
    """What leaders say of the outcomes."""
    _ = words.gettext
    return [
        Entry(
            ("support", "sides", "differences"),
            _("Backing of an outcome by level"),
            _("Share that rates it 4 or 5, Wilson; executives less practitioners, Newcombe, with Holm over all "
              "outcomes."),
            _("Newcombe 1998; Holm 1979"),
            _("Those who answered speak for those who could have."),
            _("Fewer raters than the community's minimum."),
        ),
        Entry(
            ("agreement", "consensus", "methods"),
            _("Agreement of raters"),
            _("Krippendorff's α (ordinal), 1 − disagreement seen / expected, range by leaving out one rater at a "
              "time; Kendall's W corrected for ties; van der Eijk's A for each outcome."),
            _("Krippendorff 2019, ch. 12; Kendall and Gibbons 1990, ch. 6; van der Eijk 2001; Efron and Tibshirani "
              "1993"),
            _("Raters do not copy from each other. The list of outcomes is fixed, the raters could have been "
              "others."),
            _("Everyone said the same of everything; no range below three raters."),
        ),
    ]  # fmt: skip


def _set() -> list[Entry]:
    """Which outcomes to adopt."""
    _ = words.gettext
    return [
        Entry(
            ("set", "served"),
            _("The best set of eight to ten"),
            _("The set with the largest sum of (share that rates 4 or 5, less one half) that serves every stage and"
              " every grant, by an exact integer program; another set that is as good is named."),
            _("HiGHS (Huangfu and Hall 2018)"),
            _("Agreement counts alike for every outcome."),
            _("An outcome whose share is hidden takes no part; of a band, the count nearest to one half is taken."),
        ),
    ]  # fmt: skip


def gathered() -> list[Entry]:
    """What page one takes from the other chapters."""
    return [*_standings(), *_changes()]


def _standings() -> list[Entry]:
    """Where outcomes, promises and alignments stand."""
    _ = words.gettext
    return [
        Entry(
            ("matrix",),
            _("Outcome × alignment matrix"),
            _("Full, part or hole for each outcome in each alignment, by the rule that the chapter of the alignment"
              " gives."),
            _("House rule"),
            _("A hole means that nothing is written down."),
            _("A chapter that was not made leaves its column blank."),
        ),
        Entry(
            ("outcomes", "promises"),
            _("Outcomes and promises on page one"),
            _("The verdicts and the promises not kept, as their own chapters published them. New results come first, "
              "then the outcomes that worsen."),
            _("House rule"),
            _("Every chapter ran on the same tables."),
            _("An outcome whose chapter was not made is left out."),
        ),
    ]  # fmt: skip


def _changes() -> list[Entry]:
    """What is new: in the data, and in the work."""
    _ = words.gettext
    return [
        Entry(
            ("revisions", "reworded", "breaks", "compared", "gone"),
            _("What changed because the data did"),
            _("Every value is held against what the last book was made from, which its release keeps; a correction is "
              "another value for a period that the last book showed."),
            _("House rule; vintages as in real-time data sets (Croushore and Stark 2001)"),
            _("What the last book was made from is kept on the computer that makes this one."),
            _("In the first book there is nothing to compare with; where nothing is kept, the book says so."),
        ),
        Entry(
            ("decisions", "work"),
            _("Decisions and the work"),
            _("Lists from the community's tables, as of the cycle's day."),
            _("The tables decisions, commitments, adoptions, agreements"),
            _("What is not written down is not there."),
            _("An empty list is said as one."),
        ),
    ]  # fmt: skip
