"""The report's tables: every printed cell of the sample's eight, and what may be asked for."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from coder.domain.tables.requests import TableRequest
from coder.formats.tables.cells import flat_headings, row_texts
from coder.workflows.exchange.samples import reference_codings
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

NUMBERS = ["1", "2", "5", "11", "19", "20", "21", "22"]


def published(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the sample's files of published numbers."""
    with (reference_codings().parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_has_its_eight_tables_in_order(coded_sample: Study) -> None:
    """They come as `study.toml` lists them, numbered as in the report."""
    assert [table.number for table in printed_tables(coded_sample)] == NUMBERS


def as_printed(number: str) -> tuple[str, list[str], list[tuple[str, list[str]]]]:
    """Return the title, the heads and the rows with their cells, as the report prints them."""
    cells = [cell for cell in published("printed_closed_tables.csv") if cell["table"] == number]
    rows: dict[str, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell["row"], []).append(cell["printed"])
    return cells[0]["title"], list(dict.fromkeys(cell["column"] for cell in cells)), list(rows.items())


@pytest.mark.parametrize("number", NUMBERS[:5])
def test_rates_and_closed_questions_are_as_printed(coded_sample: Study, number: str) -> None:
    """Title, heads, order and every cell of Tables 1, 2, 5, 11 and 19, as text."""
    (table,) = printed_tables(coded_sample, TableRequest(number))
    labels = [row.label for row in table.rows]
    cells = list(row_texts(table))
    assert (table.title, flat_headings(table), list(zip(labels, cells, strict=True))) == as_printed(number)


def test_a_base_with_non_response_is_told(coded_sample: Study) -> None:
    """Table 11 does not add up to 100 for one council that did not answer: a note says so."""
    notes = " ".join(printed_tables(coded_sample, TableRequest("11"))[0].notes)
    assert "councils that answered “new approach to CPA”, n = 71." in notes
    assert "1 of 71 councils did not answer “voice of adult social care” and is in the base" in notes
    assert "do not add up to 100" in notes


def test_those_without_an_answer_are_noted(coded_sample: Study) -> None:
    """Each attribute with blanks says how many are left out."""
    notes = " ".join(printed_tables(coded_sample, TableRequest("5"))[0].notes)
    assert "councils that answered both “impact of the programme” and " in notes
    assert "“involvement in the programme”, n = 69." in notes
    assert "No answer to “involvement in the programme” from 2 of 71 councils" in notes
    assert "impact of the programme” from" not in notes


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
