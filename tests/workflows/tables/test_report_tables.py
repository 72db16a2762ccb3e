"""The report's tables: every printed cell of the sample's eight, and what may be asked for."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from coder.domain.tables.requests import TableRequest
from coder.workflows.exchange.samples import reference_codings
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

NUMBERS = ["1", "2", "5", "11", "19", "20", "21", "22"]


def printed(table: PrintedTable) -> list[tuple[str, *tuple[int | None, ...]]]:
    """Return a table's labels and cells, rounded as a report prints them."""
    return [
        (row.label, *(None if cell.value is None else round(cell.value) for cell in row.cells))
        for row in table.rows
    ]


def published(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the sample's files of published numbers."""
    with (reference_codings().parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_has_its_eight_tables_in_order(coded_sample: Study) -> None:
    """They come as `study.toml` lists them, numbered as in the report."""
    assert [table.number for table in printed_tables(coded_sample)] == NUMBERS


@pytest.mark.parametrize("number", ["1", "2"])
def test_response_rates_are_as_printed(coded_sample: Study, number: str) -> None:
    """Every cell of Tables 1 and 2, in the printed order."""
    (table,) = printed_tables(coded_sample, TableRequest(number))
    assert printed(table) == [
        (row["value"], int(row["total"]), int(row["responses"]), int(row["rate_percent"]))
        for row in published("response_rates.csv")
        if row["table"] == number
    ]


CLOSED = {
    "5": (
        ("Leading or involved as a valued partner", 46),
        ("No influence or not involved", 23),
        ("Total", 69),
    ),
    "11": (("Yes", 14), ("No", 41), ("Don't know", 15), ("Total", 70)),
    "19": (("", 70),),
}
CELLS = {
    "5": [
        ("To a great or some extent", 40, 87, 11, 48, 51, 74),
        ("Not at all", 3, 7, 9, 39, 12, 17),
        ("Don't know", 3, 7, 3, 13, 6, 9),
        ("Total", 46, 100, 23, 100, 69, 100),
    ],
    "11": [
        ("To a great or some extent", 12, 86, 23, 56, 5, 33, 40, 57),
        ("Not at all", 2, 14, 18, 44, 10, 67, 30, 43),
        ("Total", 14, 100, 41, 100, 15, 100, 70, 100),
    ],
    "19": [
        ("Close working, no formal agreement", 36, 51),
        ("Formal agreement, some joint teams, council runs day to day", 12, 17),
        ("Trust employs social care staff under delegation", 8, 11),
        ("Largely separate services", 7, 10),
        ("Most staff seconded to the trust", 7, 10),
        ("Total", 70, 100),
    ],
}


@pytest.mark.parametrize("number", list(CELLS))
def test_closed_questions_are_as_printed(coded_sample: Study, number: str) -> None:
    """Every cell of Tables 5, 11 and 19: values joined, those without an answer left out."""
    (table,) = printed_tables(coded_sample, TableRequest(number))
    assert printed(table) == CELLS[number]
    percents = [column for column in table.columns if column.kind == "percent"]
    assert tuple((column.group, column.base) for column in percents) == CLOSED[number]


def test_those_without_an_answer_are_noted(coded_sample: Study) -> None:
    """Each attribute with blanks says how many are left out."""
    notes = " ".join(printed_tables(coded_sample, TableRequest("5"))[0].notes)
    assert "councils that answered both q2_impact and q1_involvement_group, n = 69." in notes
    assert "No answer to q1_involvement_group from 2 of 71 councils" in notes
    assert "q2_impact from" not in notes


def test_themes_are_as_printed(coded_sample: Study) -> None:
    """All 62 rows of Tables 20 to 22, in the printed order."""
    tables = printed_tables(coded_sample)[5:]
    found = [(t.number, t.subject, row.label, row.cells[0].value) for t in tables for row in t.rows]
    assert found == [
        (row["table"], row["question"], row["theme"], int(row["councils"]))
        for row in published("published_tables.csv")
    ]


def test_every_table_says_where_its_numbers_come_from(coded_sample: Study) -> None:
    """Study, codebook version, codings counted, moment and program; closed questions have no codings."""
    tables = printed_tables(coded_sample)
    assert {table.provenance.study for table in tables} == {"PCH 2023"}
    assert len({table.provenance.made for table in tables}) == 1
    counted = Counter(row["question"] for row in published("reference_codings.csv"))
    for table in tables:
        assert table.provenance.program.startswith("coder ")
        assert table.provenance.codings == counted.get(table.subject)
        assert table.provenance.codebook_version == (1 if table.subject in counted else 0)
