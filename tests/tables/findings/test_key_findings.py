"""Key findings: sentences of printed numbers alone, whatever the tables know besides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from printed_tables import PROVENANCE, any_table, theme_table
from weighted_study import survey_rows, weighted_study

from coder.domain.filters import Having
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.domain.tables.reports import Chapter, ReportTable
from coder.domain.tables.requests import TableRequest
from coder.tables.findings.key_findings import key_findings
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study


def sentences(*tables: PrintedTable) -> list[str]:
    """Return what is found in the tables of one chapter."""
    chapter = Chapter("Q16", tuple(map(ReportTable, tables)))
    return [sentence for found in key_findings([chapter], "councils") for sentence in found.sentences]


def asked(study: Study, request: TableRequest) -> list[str]:
    """Return what is found in the tables that are asked for."""
    return sentences(*printed_tables(study, request))


def test_the_three_most_named_with_what_they_are_of(coded_sample: Study) -> None:
    """Counts, percentages, table, base and doubts of Table 21, by hand."""
    assert asked(coded_sample, TableRequest(number="21")) == [
        "Named most: “Increased demand for services” (23 councils, 45.1%), “Recruitment and retention” "
        "(20 councils, 39.2%) and “Availability of beds” (12 councils, 23.5%) (Table 21).",
        "Base: councils that answered Q16, n = 51.",
        "No answer to Q16 from 20 of 71 councils.",
        "7 of 143 answers to Q16 are not yet read.",
    ]


def test_ties_are_told(coded_sample: Study) -> None:
    """Table 22 has two themes with the third's number."""
    assert asked(coded_sample, TableRequest(number="22"))[1] == (
        "Named as often as the last of these: “Models for effective collaboration in delivery (including "
        "with VCSE)”."
    )


def test_overlapping_intervals_make_the_order_uncertain(coded_sample: Study) -> None:
    """Where intervals are printed, they are told, and what they mean for the order."""
    first, second, *_ = asked(coded_sample, TableRequest(subjects=("Q16",), intervals=True))
    assert "(23 councils, 45.1%, 95% interval 32.3 to 58.6)" in first
    assert second == "The order of these is uncertain: intervals of neighbours overlap."


def test_largest_differences_leave_out_small_bases(coded_sample: Study) -> None:
    """By type of council, of 25, 10, 8 and 8: the two groups of eight are compared with nothing."""
    most, _, first, second, third, *_ = asked(
        coded_sample, TableRequest(subjects=("Q16",), by="council_type")
    )
    assert most.startswith("Named most: “Increased demand for services” (23 councils, 45%), “Recruitment")
    assert first.startswith(
        "Largest differences: “Increased demand for services”: 70% of “County”, 36% of “Unitary”; "
    )
    assert "London borough" not in first + second + third
    assert "not tested" in second
    assert third == "Groups of small bases, and numbers that are kept back, are not compared."


def test_the_most_named_of_groups_are_those_of_all(coded_sample: Study) -> None:
    """Where a question has a table by no groups that is taken, else the total of its first one."""
    alone, by_region, by_type = (
        printed_tables(coded_sample, TableRequest(subjects=("Q16",), by=by))[0]
        for by in ("", "region", "council_type")
    )
    assert sum(text.startswith("Named most") for text in sentences(alone, by_region)) == 1
    assert sum(text.startswith("Named most") for text in sentences(by_region, by_type)) == 1
    assert "(23 councils, 45.1%)" in sentences(by_region, alone)[0]


def test_only_groups_of_one_attribute_are_compared(coded_sample: Study) -> None:
    """Neither those of two side by side, nor themes as columns: they share respondents."""
    side_by_side = asked(
        coded_sample, TableRequest(subjects=("Q16",), by="q4_new_funding,q5_new_cpa_approach")
    )
    (differences,) = (text for text in side_by_side if text.startswith("Largest differences"))
    of_pairs = re.findall(r"% of “([^”]*): [^”]*”, [\d.]+% of “([^”]*): [^”]*”", differences)
    assert len(of_pairs) == 3
    assert all(attribute == other for attribute, other in of_pairs)
    assert not any(
        text.startswith("Largest") for text in asked(coded_sample, TableRequest(subjects=("Q16",), by="Q15"))
    )


def test_whom_and_when_numbers_are_of_is_told(coded_sample: Study) -> None:
    """A table of some respondents, or of another day, says so where its numbers are named too."""
    where = (Having("region", ("London",)),)
    texts = asked(coded_sample, TableRequest(subjects=("Q16",), where=where, as_of="v1"))
    assert "Only councils with region = London are counted." in texts
    assert any(text.startswith("Codings as they stood") for text in texts)


def test_intervals_have_their_decimals(coded_sample: Study) -> None:
    """`27.0`, as the table has it."""
    first, *_ = asked(coded_sample, TableRequest(subjects=("Q16",), intervals=True))
    assert "95% interval 27.0 to 52.9" in first


def test_a_turned_table_compares_its_rows(coded_sample: Study) -> None:
    """Table 11 has the groups as rows: each answer is compared among them."""
    (first, *_) = asked(coded_sample, TableRequest(number="11"))
    assert "“To some or a great extent”: 86% of “Yes (n=14)”, 33% of “Don't know (n=15)” (Table 11)" in first


def grouped(*rows: tuple[str, str]) -> PrintedTable:
    """Return a table of two groups with letters: each row as the letters of its two cells."""
    columns = [
        PrintedColumn("%", "percent", group, base=50, decimals=0, letter=letter)
        for group, letter in (("North", "A"), ("South", "B"))
    ]
    lines = [
        PrintedRow(f"Theme {n}", "theme", (Cell(60.0 - n, letters=left), Cell(20.0, letters=right)))
        for n, (left, right) in enumerate(rows)
    ]
    return PrintedTable("3", "T", "Theme", tuple(columns), tuple(lines), (), PROVENANCE, by="region")


def test_with_letters_only_what_they_vouch_for_is_named() -> None:
    """The largest difference has no letter here, a smaller one has."""
    assert sentences(grouped(("", ""), ("B", ""))) == [
        "Largest differences: “Theme 1”: 59% of “North”, 20% of “South” (Table 3).",
        "Of tables with letters only the differences are named that these vouch for.",
    ]
    assert sentences(grouped(("", ""))) == ["No difference between groups has a letter in the tables."]


@pytest.mark.parametrize("limit", [2, 3, 5, 9])
@pytest.mark.parametrize("by", ["", "council_type", "region"])
def test_no_number_that_is_kept_back_is_in_a_sentence(coded_sample: Study, limit: int, by: str) -> None:
    """Every number in a sentence stands in a printed cell of its theme, or in a note."""
    tables = printed_tables(coded_sample, TableRequest(subjects=("Q16",), by=by, suppress=limit))
    (table,) = tables
    found = sentences(table)
    for row in table.rows:
        hidden = [cell for cell in row.cells if cell.mark == "suppressed"]
        if len(hidden) == len(row.cells):
            assert not any(f"“{row.label}”" in sentence for sentence in found)
    for label, percent, group in re.findall(r"“([^”]+)”: (\d+)% of “([^”]+)”", " ".join(found)):
        row = next(row for row in table.rows if row.label == label)
        place = [(c.kind, c.group) for c in table.columns].index(("percent", group))
        assert not row.cells[place].mark
        assert round(row.cells[place].value or 0) == int(percent)


@given(any_table())
@settings(max_examples=100, deadline=None)
def test_what_stands_behind_a_mark_changes_nothing(table: PrintedTable) -> None:
    """Tables that print alike give the same sentences, whatever numbers their hidden cells still hold."""

    def changed(cell: Cell) -> Cell:
        return replace(cell, value=98765.0) if cell.mark == "suppressed" else cell

    other = replace(
        table, rows=tuple(replace(row, cells=tuple(map(changed, row.cells))) for row in table.rows)
    )
    for by in ("", "region"):
        first, second = (replace(one, by=by, counts="respondents") for one in (table, other))
        assert sentences(first) == sentences(second)
        assert "98,765" not in "".join(sentences(second))


def test_a_kept_back_theme_is_not_called_less_named() -> None:
    """Where numbers are kept back, the sentence speaks of those that are printed."""
    table = theme_table()
    first, *others = table.rows[1:]
    hidden = replace(first, cells=(Cell(None, "suppressed"),) * 3)
    found = sentences(replace(table, rows=(hidden, *others)))
    assert found[0].startswith("Of the themes whose numbers are printed, named most: ")
    assert first.label not in found[0]


def test_weighted_tables_go_by_weight(tmp_path: Path) -> None:
    """The first theme of the sentence is that of the table, and its percentage is called weighted."""
    study = weighted_study(tmp_path / "study", survey_rows())
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    study.close()
    first = next(row for row in table.rows if row.kind == "theme")
    assert sentences(table)[0].startswith(f"Named most: “{first.label}” (")
    assert "% weighted)" in sentences(table)[0]
