"""What practitioners are told and asked about an outcome."""

import pandas as pd

from alignkit.chapters.action import packet_sentences as say
from tests.chapters.action.samples import FOUND, found, listed, reach

LOOKED = pd.DataFrame({"looked_at": ["A"], "reviewed_on": [pd.Timestamp("2026-05-28")], "conclusion": ["No gain."],
                       "next_step": ["Stop."]})  # fmt: skip
NOBODY = LOOKED.head(0)


def test_practices_say_what_is_known_here_and_why_not():
    frame = listed(("A", 1, 2), ("C", 2, 1), ("X", 4, 1)).frame
    columns, rows = say.practices(frame, reach(A=(40, 100)), FOUND)
    assert len(columns) == 5
    assert [row[3] for row in rows] == ["40 of 100", "not known or hidden", "not known or hidden"]
    assert rows[0][4] == "gets results here"
    assert rows[1][4].startswith("not known: participants started out")
    assert rows[2][4] == "not known: no comparison was agreed"


def test_questions_come_from_this_cycles_numbers():
    frame = listed(("A", 1, 2), ("C", 2, 1)).frame
    asked = say.questions(frame, LOOKED, reach(A=(40, 100), C=(50, 60)), FOUND)
    assert asked[0] == "Last time: “Stop.” What happened?"
    assert asked[1].startswith("Why does A reach 40 of 100")
    assert "whether C works here" in asked[2]
    assert len(asked) == say.QUESTIONS


def test_what_is_hidden_is_not_asked_about_and_one_question_is_always_there():
    asked = say.questions(listed(("A", 1, 0)).frame, NOBODY, reach(A=(4, 100)), found())
    assert len(asked) == 1
    assert asked[0].startswith("Which children do we see least")


def test_reviews_are_quoted():
    assert say.reviews(LOOKED)[1] == (("A", "May 28, 2026", "No gain.", "Stop."),)
