"""Persons are found wherever a rendered file carries them, and a hit never says who."""

import base64
import io
import json
import zipfile

import pandas as pd
import pytest
import typst
from pypdf import PdfWriter

from alignkit.disclosure.scan import Hit, identifiers, scan
from alignkit.disclosure.texts import texts

STUDENTS = pd.DataFrame(
    {
        "student_id": ["S00417", "S00418", "1234", "7654321"],
        "first_name": ["Annelise", "Grant", "José", "Hope"],
        "middle_name": ["Maria", None, None, None],
        "last_name": ["Lopez", "Park", "O’Neill-Ruiz", "Summers"],
        "birth_date": pd.to_datetime(["2012-03-05", "2011-07-09", None, "2010-12-24"]),
    }
)
PLACES = pd.DataFrame({"place_id": ["gp"], "name": ["Grant Park"], "kind": ["neighborhood"]})
KNOWN = identifiers({"students": STUDENTS, "places": PLACES})


def found(folder, name, content):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    hits = scan(folder, KNOWN)
    assert not any(secret in str(hit).lower() for hit in hits for secret in ("lopez", "s00417", "2012", "summers"))
    return {hit.kind for hit in hits}


def base64_of(text):
    return base64.b64encode(text.encode()).decode()


NAMED = {
    "plain.txt": "…of Annelise Lopez, who",
    "case.md": "ANNELISE LOPEZ",
    "wrapped.txt": "Annelise\n  Lopez",
    "hyphenated.txt": "Anne-\nlise Lopez",
    "last-first.csv": "last,first\nLopez,Annelise\n",
    "first-last.csv": 'first,last\n"Annelise","Lopez"\n',
    "tabs.tsv": "Lopez\tAnnelise\n",
    "middle.txt": "Annelise M. Lopez",
    "full.txt": "Annelise Maria Lopez",
    "split.html": "<p>Anne<b>li</b>se <i>Lo</i>pez</p>",
    "comment.svg": "<svg><!-- Annelise Lopez --><path d='M0 0'/></svg>",
    "split-by-comment.html": "Anne<!-- -->lise Lopez",
    "cells.html": "<tr><td>Annelise</td>\n<td>Lopez</td></tr>",
    "cells-reversed.html": "<tr><td>Lopez</td>\n  <td>Annelise</td></tr>",
    "entities.html": "&#65;nnelise&nbsp;Lopez",
    "attribute.html": "<img alt='Annelise Lopez'>",
    "script.html": '<script>var x = {"name": "Annelise \\u004copez"}</script>',
    "text.svg": "<svg><text><tspan>Anne</tspan><tspan>lise Lopez</tspan></text></svg>",
    "base64.html": f"<img src='data:image/svg+xml;base64,{base64_of('<svg><text>Annelise Lopez</text></svg>')}'>",
    "percent.html": "<img src='data:image/svg+xml,%3Csvg%3EAnnelise%20Lopez%3C/svg%3E'>",
    "link.html": "<a href='/people/Annelise%20Lopez'>x</a>",
    "emphasis.md": "**Anne**lise _Lopez_",
    "escaped.md": "Annelise\\ Lopez",
    "escaped-marks.md": "José O\\'Neill\\-Ruiz",
    "accents.txt": "JOSE O'NEILL‑RUIZ",
    "soft.html": "Anne\u00adlise Lo\u200bpez",
    "fields.json": json.dumps({"first": "Annelise", "last": "Lopez"}),
    "reversed.json": json.dumps({"last": "Lopez", "first": "Annelise"}),
    "unicode.json": json.dumps({"n": "José O’Neill-Ruiz"}),
    "Annelise Lopez.txt": "the file's name",
    "latin.bin": b"\x00\x01Annelise Lopez\x00",
    "utf16.txt": "Annelise Lopez".encode("utf-16"),
}


@pytest.mark.parametrize("name", NAMED)
def test_names_are_found(tmp_path, name):
    assert found(tmp_path / "book", name, NAMED[name]) == {"name"}


INNOCENT = {
    "words.txt": "Grant money for the park. Hope is summers away. Lopez and Annelise were not together.",
    "longer.txt": "Annelise Lopezson, JAnnelise Lopez",
    "place.html": "<p>Grant Park</p>",
    "numbers.txt": "1234 readers; 17654321; 7654321.5 and 12.7654321; S004179",
    "date.txt": "released 2012-03-05",
    "far.txt": "Annelise " + "word " * 40 + "2012-03-05",
    "digest.json": json.dumps({"sha256": "a7654321b"}),
}


@pytest.mark.parametrize("name", INNOCENT)
def test_words_and_numbers_are_no_persons(tmp_path, name):
    assert found(tmp_path / "book", name, INNOCENT[name]) == set()


@pytest.mark.parametrize("text", ["id S00417.", "s00417", "(7654321)", "<td>S00<b>417</b></td>", "row,7654321,x"])
def test_ids_are_found(tmp_path, text):
    assert found(tmp_path / "book", "x.html", text) == {"id"}


@pytest.mark.parametrize(
    "day", ["2012-03-05", "3/5/2012", "03/05/2012", "March 5, 2012", "Mar 5, 2012", "5 March 2012"]
)
def test_a_birth_date_beside_a_name(tmp_path, day):
    assert found(tmp_path / "book", "x.txt", f"Annelise, born {day}") == {"birth date"}


def test_notebooks(tmp_path):
    svg = "<svg><text>Annelise <tspan>Lopez</tspan></text></svg>"
    output = {"output_type": "display_data", "data": {"image/svg+xml": [svg[:20], svg[20:]]}}
    cell = {"cell_type": "code", "source": ["x = 1\n", "y"], "outputs": [output]}
    assert found(tmp_path / "one", "x.ipynb", json.dumps({"cells": [cell]})) == {"name"}
    said = {"cell_type": "markdown", "source": ["Anne\n", "**Annelise** Lopez"]}
    assert found(tmp_path / "two", "x.ipynb", json.dumps({"cells": [said]})) == {"name"}


def test_pdf_pages_titles_alt_texts_and_attachments(tmp_path):
    page = typst.compile(b"#set page(height: 3cm)\nText\n#pagebreak()\nAnnelise *Lopez*")
    assert found(tmp_path / "page", "x.pdf", page) == {"name"}
    assert [hit.where for hit in scan(tmp_path / "page", KNOWN)] == ["page 2, line 1"]
    titled = typst.compile(b'#set document(title: "Annelise Lopez")\nText')
    assert found(tmp_path / "title", "x.pdf", titled) == {"name"}
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("data.csv", b"Lopez,Annelise")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert found(tmp_path / "attached", "x.pdf", buffer.getvalue()) == {"name"}


def test_zipped_files(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("inner/page.html", "<p>Annelise <b>Lopez</b></p>")
    assert found(tmp_path / "book", "site.zip", buffer.getvalue()) == {"name"}


def test_a_hit_says_where(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.md").write_text("one\ntwo Annelise Lopez\n")
    assert scan(tmp_path, KNOWN) == (Hit("sub/x.md", "name", "line 2"),)
    assert str(scan(tmp_path, KNOWN)[0]) == "sub/x.md, line 2: a person's name"


def test_identifiers_say_nothing_either():
    assert "opez" not in repr(KNOWN)
    assert "S00417" not in repr(KNOWN)


def test_no_tables_about_persons_find_nobody(tmp_path):
    (tmp_path / "x.txt").write_text("Annelise Lopez")
    assert scan(tmp_path, identifiers({"places": PLACES})) == ()


def test_files_within_files_end():
    content = "<svg/>"
    for _ in range(12):
        content = f"<img src='data:image/svg+xml;base64,{base64_of(content)}'>"
    assert len(list(texts("x.html", content.encode()))) < 100
