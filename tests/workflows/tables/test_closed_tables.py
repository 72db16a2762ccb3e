"""Closed questions and response rates: what is refused, joined, left out and kept back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coder.domain.study_settings import RESPONSE_RATES, TableSetting, ValueSelection
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study


def made(study: Study, setting: TableSetting, **changes: object) -> PrintedTable:
    """Return the table that a study of this one table has."""
    settings = replace(study.settings, tables=(setting,), **changes)  # type: ignore[arg-type]
    (table,) = printed_tables(replace(study, settings=settings))
    return table


def test_values_left_out_are_not_in_the_base(coded_sample: Study) -> None:
    """They are noted with how many gave them."""
    values = ValueSelection(excluded=("Don't know",))
    table = made(coded_sample, TableSetting("q2_impact", rows=values))
    assert [row.label for row in table.rows] == ["To a great extent", "To some extent", "Not at all", "Total"]
    assert table.rows[-1].cells[0].value == 64
    assert "Left out, of the base too: 'Don't know' (7) of “impact of the programme”." in table.notes


def test_a_value_listed_has_a_row_even_if_nobody_gave_it(coded_sample: Study) -> None:
    """Those listed come first, in that order."""
    table = made(coded_sample, TableSetting("q4_new_funding", rows=ValueSelection(("Perhaps", "Yes"))))
    assert [(row.label, row.cells[0].value) for row in table.rows] == [
        ("Perhaps", 0),
        ("Yes", 21),
        ("No", 50),
        ("Total", 71),
    ]


def test_a_total_for_all_may_be_left_out(coded_sample: Study) -> None:
    """A crosstab without it has the values' columns alone."""
    table = made(coded_sample, TableSetting("q6_voice", by="q4_new_funding", total=False))
    assert {column.group for column in table.columns} == {"Yes", "No"}


def test_a_table_has_its_own_limits(coded_sample: Study) -> None:
    """`low` and `suppress` of a block hold for its table, and the command line's before them."""
    setting = TableSetting("q13_delivery", suppress=8, low=100)
    table = made(coded_sample, setting)
    marks = [[cell.mark for cell in row.cells] for row in table.rows]
    assert marks[3] == marks[4] == ["suppressed", "suppressed"]
    assert marks[0] == ["", "low"]
    assert any(note.startswith("Low numbers") for note in table.notes)
    study = replace(coded_sample, settings=replace(coded_sample.settings, tables=(setting,)))
    (plain,) = printed_tables(study, TableRequest(suppress=0, low=0))
    assert {cell.mark for row in plain.rows for cell in row.cells} == {""}


def test_small_response_rates_are_kept_back_too(coded_sample: Study) -> None:
    """Four councils of the West Midlands answered: fewer than five, so they are not printed."""
    setting = TableSetting(RESPONSE_RATES, by="region", frame="frame.csv", suppress=5)
    table = made(coded_sample, setting)
    marks = {row.label: row.cells[1].mark for row in table.rows}
    assert marks["West Midlands"] == "suppressed"
    assert list(marks.values()).count("suppressed") > 1
    assert any(note.startswith("Kept back") for note in table.notes)


REFUSED = {
    "an unknown value": (
        TableSetting("q2_impact", rows=ValueSelection(excluded=("Dont know",))),
        "Nobody has the value 'Dont know' of q2_impact",
        "Don't know",
    ),
    "an unknown attribute": (TableSetting("q2_impcat"), "no attribute of that name", "'q2_impact'"),
    "an unknown column": (
        TableSetting("q2_impact", by="regoin"),
        "no attribute 'regoin', and no open question or theme",
        "'region'",
    ),
    "a frame elsewhere": (
        TableSetting(RESPONSE_RATES, by="region", frame="../frame.csv"),
        "outside the study's folder",
        "Copy it",
    ),
    "no frame": (TableSetting(RESPONSE_RATES, by="region", frame="nothing.csv"), "cannot be read", "path"),
    "a frame of others": (
        TableSetting(RESPONSE_RATES, by="q4_new_funding", frame="frame.csv"),
        "no line for the attribute",
        "Add a line",
    ),
}


@pytest.mark.parametrize(("setting", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_counted_is_named(
    coded_sample: Study, setting: TableSetting, message: str, hint: str
) -> None:
    """The message says what, the hint the nearest name or the next thing to do."""
    with pytest.raises(CoderError, match=message) as caught:
        made(coded_sample, setting)
    assert hint in caught.value.hint


def test_more_answers_than_were_asked(coded_sample: Study) -> None:
    """A frame that does not agree with the answers is refused."""
    (coded_sample.folder / "few.csv").write_text("attribute,value,total\nregion,Londn,40\n", encoding="utf-8")
    with pytest.raises(CoderError, match="responses, but only 0 were asked"):
        made(coded_sample, TableSetting(RESPONSE_RATES, by="region", frame="few.csv"))


def test_a_group_is_no_misspelling_of_itself(coded_sample: Study) -> None:
    """Where too few are said to be asked of a group that is there, the file is wrong, not its name."""
    regions = coded_sample.database.rows(
        "SELECT DISTINCT value FROM attribute_value WHERE attribute = 'region'"
    )
    lines = [f"region,{region},1" for (region,) in regions]
    (coded_sample.folder / "few.csv").write_text(
        "\n".join(["attribute,value,total", *lines]), encoding="utf-8"
    )
    with pytest.raises(CoderError, match="but only 1 were asked") as caught:
        made(coded_sample, TableSetting(RESPONSE_RATES, by="region", frame="few.csv"))
    assert caught.value.hint == "Mend the file of those asked."


def test_what_is_private_has_no_table(coded_sample: Study) -> None:
    """Neither as rows nor as columns; a misspelt name lets nothing through."""
    for setting in (TableSetting("region"), TableSetting("Q16", by="REGION")):
        with pytest.raises(CoderError, match="'region' is private"):
            made(coded_sample, setting, private=("region",))
    with pytest.raises(CoderError, match="'regoin' as private"):
        made(coded_sample, TableSetting("q2_impact"), private=("regoin",))
