"""Sentences that tests of two places assert, each written once, so that rewording it changes one line.

What only one test asserts is in that test (`tests.test_said_once`).
"""


def agree_beforehand(practices: str) -> str:
    """Action: practices that no comparison has been agreed for."""
    return f"Agree beforehand which groups to compare: {practices}."


def ask_for_a_policy(outcomes: str) -> str:
    """Advocacy: outcomes that no partner advocates for."""
    return f"Nobody advocates for {outcomes}: decide for which to ask for a policy."


def what_leaders_say(of: str, furthest: str, short: str, moved: str, times: int) -> str:
    """The answer of the chapter on outcomes, where more than half of the leaders back one of them."""
    return (
        f"More than half of the leaders put one of the {of} outcomes in force among the most important; where the "
        f"number is known, {furthest} is furthest from its goal ({short} short); {moved} the right way, and coin "
        f"tosses would do as well {times} times in 100."
    )


def survey_margin(span: str) -> str:
    """After a survey's number."""
    return f"; the survey's margin of error makes that {span}"


UNKNOWN_MARGIN = "; how far chance alone could move that is not known"
"""After a number without counts or a margin of error."""


def newest_value(name: str, period: str, due: str) -> str:
    """An indicator that is late."""
    return f"{name}: the newest value is for {period}; the next was due by {due}"


def never_up_to_date(name: str, due: str) -> str:
    """A set of data that is late and never came."""
    return f"{name}: never brought up to date; usual by {due}"


def corrected(figure: str, was: str, now: str) -> str:
    """Page one: a value that its source has corrected since the last book."""
    return (
        f"In the data: {figure}: the last book said {was}; the source corrected it to {now}. "
        "Nothing changed for children."
    )


def measured_differently(indicator: str, month: str, reason: str) -> str:
    """Page one: a break in a series that was announced since the last book."""
    return f"In the data: {indicator} is measured differently starting in {month}: {reason}."
