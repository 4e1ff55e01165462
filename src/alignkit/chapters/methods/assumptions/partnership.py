"""The assumptions log of the partnership: collaboration, leadership, advocacy, commitments."""

from alignkit.chapters.methods.assumptions.entry import Entry
from alignkit.words.current import words


def collaboration() -> list[Entry]:
    """Measures of the chapter on shared institutions."""
    _ = words.gettext
    return [
        Entry(
            ("agreements", "asked", "outcomes", "to-ask", "at-once"),
            _("Who is asked by how many grants"),
            _("Counts of running grants by institution, by outcome they report, and by officer and quarter."),
            _("The tables grants, grant_partners, grant_outcomes"),
            _("A grant runs until its last day; what is signed needs nothing more."),
            _("A grant without partners is not seen."),
        ),
        Entry(
            ("ways", "grid", "proposed", "usual"),
            _("The fewest joint meetings"),
            _("Every grant meets every institution whose agreement it needs, at as few meetings as can be, with at "
              "most so many seats and grants a meeting: a set cover, solved as an integer program."),
            _("Karp 1972; HiGHS (Huangfu and Hall 2018)"),
            _("Seats and agenda are house values, set in the notebook. Who meets can agree."),
            _("Where fewer meetings could not be ruled out, the page says how many are needed at least."),
        ),
        Entry(
            ("pairs",),
            _("Institutions that two grants share"),
            _("Jaccard |A ∩ B| / |A ∪ B|, overlap coefficient |A ∩ B| / min(|A|, |B|)."),
            _("Jaccard 1901; Szymkiewicz 1934; Simpson 1943"),
            _("Every institution counts alike."),
            _("A grant that asks nobody."),
        ),
    ]  # fmt: skip


def leadership() -> list[Entry]:
    """Measures of the chapter on leaders."""
    _ = words.gettext
    return [
        Entry(
            ("signed", "standard-versions"),
            _("Signed, of all partners"),
            _("Partners that signed the newest version in force, over all partners, with Wilson's range."),
            _("Wilson 1927"),
            _("The range says what other partners of the same kind might have done; all partners are counted."),
            _("No partner of that sector."),
        ),
        Entry(
            ("parts", "coverage", "load"),
            _("Responsibility: shared, differentiated, and by whom"),
            _("One lead, sharers and contributors for each outcome, inside and outside the school walls; a hole "
              "where one is missing; parts held by each partner."),
            _("The table responsibilities"),
            _("What is not written down is not there."),
            _("An empty square is a hole, not “unknown”."),
        ),
        Entry(
            ("attendance",),
            _("Attendance over time"),
            _("Share of invited partners that came; XmR chart, mean ± 2.66 times the mean moving range."),
            _("Shewhart 1931; Wheeler 2000"),
            _("One meeting does not depend on the one before."),
            _("Limits are on trial below twelve meetings, and say so."),
        ),
    ]  # fmt: skip


def advocacy() -> list[Entry]:
    """Measures of the chapter on policies."""
    _ = words.gettext
    return [
        Entry(
            ("positions", "policies", "moved", "agenda", "actions"),
            _("Positions, stages and time in a stage"),
            _("The newest position of each partner on each policy; days since the policy entered its stage."),
            _("The tables positions, policies, advocacy_actions"),
            _("Silence is not a position."),
            _("Policies for the board alone are counted and never named."),
        ),
        Entry(
            ("backing", "by-sector", "evidence"),
            _("Do we back what works, regardless of interests"),
            _("Evidence tier of the practices that a policy is about, beside supporters; supporters whose grants or"
              " contracts point the other way."),
            _("House rule; ESSA, 20 U.S.C. 7801(21)"),
            _("An interest is a grant or contract that the policy would change; others are not seen."),
            _("A policy with no practice listed has no evidence beside it."),
        ),
        Entry(
            ("methods",),
            _("Cohesion of positions"),
            _("Rice |for − against| / (for + against); Hix–Noury–Roland (max − ½(all − max)) / all."),
            _("Rice 1928; Hix, Noury and Roland 2005"),
            _("Positions are independent; a few partners cohere easily by chance."),
            _("Nobody took a side."),
        ),
    ]  # fmt: skip


def commitments() -> list[Entry]:
    """Measures of the chapter on promises."""
    _ = words.gettext
    return [
        Entry(
            ("due", "counts", "ahead", "chain", "without-promise"),
            _("Promises kept, late, not done, dropped"),
            _("The newest state of each promise on the cycle's day; late is later than first promised; each "
              "decision followed to its promise, its result and the promise that took its place."),
            _("The tables commitments, decisions"),
            _("Partners report their own promises."),
            _("A promise without a day or a measure is listed as such."),
        ),
    ]  # fmt: skip
