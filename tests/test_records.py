"""Records survive the way through a notebook file, and a broken one is refused."""

import nbformat
import pytest
from pydantic import ValidationError

from alignkit import records


def notebook(*given: records.Record) -> nbformat.NotebookNode:
    outputs = [
        nbformat.v4.new_output("display_data", {records.MIME: record.model_dump(mode="json")}) for record in given
    ]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=outputs)])


def test_records_come_back_in_order_and_with_their_types() -> None:
    given = (
        records.TableRead(table="partners", rows=None),
        records.Headline(name="answer", text="27 of 40", value=27, role="answer"),
        records.Published(
            id="signed",
            about="agreements",
            quantity="leadership.signed",
            by=("sector",),
            draft=False,
            cells=(records.Cell(key={"sector": "health"}, status="hidden", text="hidden", shown={}),),
        ),
    )
    assert tuple(records.of_notebook(notebook(*given))) == given


def test_other_outputs_are_passed_over() -> None:
    assert records.from_output({"output_type": "stream", "text": "hello"}) is None


def test_a_record_with_an_unknown_field_is_refused() -> None:
    output = {"data": {records.MIME: {"kind": "table_read", "table": "partners", "rows": 1, "extra": 2}}}
    with pytest.raises(ValidationError):
        records.from_output(output)


def test_nothing_is_shown_outside_a_kernel(capsys: pytest.CaptureFixture[str]) -> None:
    records.emit(records.TableRead(table="partners", rows=3))
    assert capsys.readouterr().out == ""
