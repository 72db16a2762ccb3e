"""Tables as CSV, JSON, Markdown and text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from coder.domain.tables import FrequencyTable, TableBase, TableOptions, TableRow
from coder.formats.table_files import tables_as, tables_csv, tables_json, tables_markdown, tables_text

TABLE = FrequencyTable(
    question_id="Q16",
    number="21",
    title="Challenges | 2023",
    options=TableOptions(nets=True),
    respondents_word="councils",
    base=TableBase("answered", 60, asked=71, answered=60),
    rows=(
        TableRow("people", "People", "net", 0, ("people", "pay"), 30, 30, 41, 50.0),
        TableRow(
            "pay", 'Pay, "terms" and conditions of employment', "theme", 1, ("pay",), 20, 20, 21, 100 / 3
        ),
        TableRow("beds", "=Beds", "theme", 0, ("beds",), 0, 0, 0, None),
    ),
    notes=("SYNTHETIC", "Base: councils that answered Q16, n = 60."),
)


def test_csv_has_every_number_and_labels_verbatim() -> None:
    """Each row carries table, base and both counts; a label like a formula stays as it is."""
    rows = list(csv.DictReader(io.StringIO(tables_csv([TABLE]), newline="")))
    assert [row["theme"] for row in rows] == [row.label for row in TABLE.rows]
    assert rows[1] == {
        "table": "21",
        "question": "Q16",
        "theme": 'Pay, "terms" and conditions of employment',
        "count": "20",
        "percent": "33.3",
        "base": "60",
        "respondents": "20",
        "mentions": "21",
        "kind": "theme",
        "theme_id": "pay",
    }
    assert rows[2]["percent"] == ""


def test_several_tables_share_one_csv() -> None:
    """Two tables have one header."""
    lines = tables_csv([TABLE, replace(TABLE, number="22")]).splitlines()
    assert len(lines) == 7
    assert [line[:3] for line in lines] == ["tab", *["21,"] * 3, *["22,"] * 3]


def test_json_has_the_base_and_notes() -> None:
    """JSON says what is counted, of which base, and with which notes."""
    (table,) = json.loads(tables_json([TABLE]))
    assert table["base"] == {"kind": "answered", "size": 60, "asked": 71, "answered": 60}
    assert table["counts"] == "respondents"
    assert table["notes"] == list(TABLE.notes)
    assert [(row["theme_id"], row["level"], row["percent"]) for row in table["rows"]] == [
        ("people", 0, 50.0),
        ("pay", 1, 33.3),
        ("beds", 0, None),
    ]


def test_markdown_escapes_what_would_break_the_table() -> None:
    """A bar in a title or label stays text; nets are bold and their themes indented."""
    text = tables_markdown([TABLE])
    assert "## Table 21. Challenges \\| 2023" in text
    assert "| **People** | 30 | 50.0 |" in text
    assert '| &emsp;Pay, "terms" and conditions of employment | 20 | 33.3 |' in text
    assert text.endswith("- SYNTHETIC\n- Base: councils that answered Q16, n = 60.\n")


@pytest.mark.parametrize("width", [10, 40, 60, 80, 200])
def test_text_fits_the_terminal(width: int) -> None:
    """No line is wider than the terminal, or than 40 columns where that is narrower still."""
    assert all(len(line) <= max(width, 40) for line in tables_text([TABLE], width).splitlines())


def test_text_draws_bars_to_scale() -> None:
    """The largest count has the longest bar, none has no bar, and the notes stand below."""
    lines = tables_text([TABLE], 80).splitlines()
    bars = {
        line.split()[0]: line.count("█")
        for line in lines
        if line[:1].isalpha() or line.startswith(("=", "  Pay"))
    }
    assert bars["Pay,"] == round(bars["People"] * 2 / 3)
    assert bars["=Beds"] == 0
    assert lines[-1] == "Base: councils that answered Q16, n = 60."


def test_text_of_an_empty_table_says_so() -> None:
    """A table without rows says that nothing is coded."""
    assert "Nothing is coded yet." in tables_text([replace(TABLE, rows=())])


def test_mentions_are_named() -> None:
    """A table of mentions says so over its counts."""
    table = replace(TABLE, options=TableOptions(what="mentions"))
    assert "| Theme | mentions | % |" in tables_markdown([table])
    assert "mentions" in tables_text([table]).splitlines()[2]


def test_formats_go_by_name() -> None:
    """Each name gives its format."""
    assert tables_as("csv", [TABLE]) == tables_csv([TABLE])
    assert tables_as("json", [TABLE]) == tables_json([TABLE])
    assert tables_as("md", [TABLE]) == tables_markdown([TABLE])
