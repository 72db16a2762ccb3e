"""Closed tables laid out in every way: the same counts, percentages of what they are said to be of."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.responses import Attribute
from coder.domain.study_settings import NoAnswer, NumbersShown, Percents, ShowN, TableLayout, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.formats.tables.cells import flat_headings
from coder.tables.attribute_values import ONE_COLUMN, ShownValues
from coder.tables.closed_counts import ClosedCounts
from coder.tables.closed_layout import ClosedLayout, closed_style
from coder.tables.closed_shares import ClosedShares
from coder.tables.closed_tables import closed_crosstab
from coder.tables.keeping_back.withheld import NOTHING_WITHHELD, Withheld
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

layouts = st.builds(
    TableLayout,
    numbers=st.sampled_from(get_args(NumbersShown)),
    turn=st.booleans(),
    percents=st.sampled_from(get_args(Percents)),
    show_n=st.sampled_from(get_args(ShowN)),
    no_answer=st.sampled_from(get_args(NoAnswer)),
)
answers = st.lists(
    st.tuples(st.sampled_from(("yes", "no", "")), st.sampled_from(("N", "S", ""))), max_size=20
)


def laid_out(respondents: list[tuple[str, str]], layout: TableLayout, *, total: bool) -> ClosedLayout:
    """Return respondents' answers, with the group of each, laid out."""
    rows = ShownValues(("yes", "no"), {"yes": "yes", "no": "no"})
    if layout.no_answer != "leave out":
        rows = rows.with_no_answer()
    columns = ShownValues(("N", "S"), {"N": "N", "S": "S"})
    pairs = [(*pair, respondents.count(pair)) for pair in dict.fromkeys(respondents)]
    counts = ClosedCounts(Attribute("q"), Attribute("by"), rows, columns, pairs)
    return ClosedLayout(
        ClosedShares(closed_crosstab(counts), layout, NOTHING_WITHHELD, total), closed_style("People", layout)
    )


@given(answers, layouts, st.booleans())
def test_every_cell_is_what_a_hand_count_gives(
    respondents: list[tuple[str, str]], layout: TableLayout, total: bool
) -> None:
    """Counts, and percentages of the column, the row or all that are in the table, are those of the list."""
    grid = laid_out(respondents, layout, total=total)
    in_base = layout.no_answer != "leave out"
    members = [pair for pair in respondents if pair[1] and (pair[0] or in_base)]

    def many(answer: str, group: str) -> int:
        """Count those with an answer in a group; `Total` is anything."""
        told = {"No answer": ""}.get(answer, answer)
        return sum((answer == "Total" or said == told) and group in ("Total", of) for said, of in members)

    of_values = layout.percents == ("columns" if layout.turn else "rows")
    columns = grid.columns()
    for row, place in product(grid.rows(), range(len(columns))):
        column, cell = columns[place], row.cells[place]
        label = row.label.partition(" (n=")[0]
        answer, group = (column.group or "Total", label) if layout.turn else (label, column.group)
        if column.kind == "count":
            assert cell.value == many(answer, group)
            continue
        size = {
            "all": many("Total", "Total"),
            True: many(answer, "Total"),
            False: many("Total", group),
        }["all" if layout.percents == "all" else of_values]
        assert cell.value == (pytest.approx(100 * many(answer, group) / size) if size else None)
        if column.base is not None:
            assert column.base == size
        if row.base is not None:
            assert row.base == size


@given(answers, layouts, st.booleans())
def test_turning_changes_no_number(
    respondents: list[tuple[str, str]], layout: TableLayout, total: bool
) -> None:
    """A turned table has the cells of the other, by value and group."""
    layout = replace(layout, percents="", show_n="total")
    tables = [laid_out(respondents, replace(layout, turn=turn), total=total) for turn in (False, True)]
    cells = [
        {
            frozenset({row.label, column.group, column.kind}): cell
            for row in grid.rows()
            for column, cell in zip(grid.columns(), row.cells, strict=True)
        }
        for grid in tables
    ]
    assert cells[0] == cells[1]


@given(answers, layouts)
def test_those_without_an_answer_have_a_row_only_where_asked(
    respondents: list[tuple[str, str]], layout: TableLayout
) -> None:
    """In the base alone they have none; they have one with `row`."""
    grid = laid_out(respondents, layout, total=True)
    labels = {row.label for row in grid.rows()} | {column.group for column in grid.columns()}
    assert ("No answer" in labels) == (layout.no_answer == "row")


def made(study: Study, setting: TableSetting, request: TableRequest | None = None) -> PrintedTable:
    """Return the table that a study of this one table has."""
    settings = replace(study.settings, tables=(setting,))
    (table,) = printed_tables(replace(study, settings=settings), request or TableRequest())
    return table


@pytest.mark.parametrize("turn", [False, True])
def test_what_is_kept_back_is_kept_back_turned_too(coded_sample: Study, turn: bool) -> None:
    """The same cells are marked; how many did not answer is not told beside them."""
    layout = TableLayout(no_answer="in base")
    setting = TableSetting("q6_voice", by="q5_new_cpa_approach", suppress=3, layout=layout)
    plain = made(coded_sample, setting)
    table = made(coded_sample, replace(setting, layout=replace(layout, turn=turn)))
    marks = {
        frozenset({row.label, column.group})
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.mark == "suppressed"
    }
    assert marks
    assert marks == {
        frozenset({row.label, column.group})
        for row in plain.rows
        for column, cell in zip(plain.columns, row.cells, strict=True)
        if cell.mark == "suppressed"
    }
    assert not any("1 of 71" in note for note in table.notes)


def test_heads_that_do_not_fit_are_refused(coded_sample: Study) -> None:
    """The message says which columns there are."""
    setting = TableSetting("q4_new_funding", layout=TableLayout(heads=("Councils",)))
    with pytest.raises(CoderError, match="heads has 1 text for 2 columns") as refusal:
        made(coded_sample, setting)
    assert refusal.value.hint == "Its columns: 'Councils', '%'."


@pytest.mark.parametrize(
    "layout", [TableLayout(turn=True), TableLayout(percents="rows"), TableLayout(no_answer="row")]
)
@pytest.mark.parametrize("subject", ["Q15", "responses"])
def test_what_does_nothing_is_refused(coded_sample: Study, layout: TableLayout, subject: str) -> None:
    """Themes and response rates are not laid out like closed questions; no line is passed over."""
    setting = TableSetting(subject, by="region", frame="frame.csv", layout=layout)
    with pytest.raises(CoderError, match="does nothing"):
        made(coded_sample, setting)


def test_counts_or_percentages_of_themes_alone(coded_sample: Study) -> None:
    """Themes too are printed as counts or as percentages, under heads and with signs of one's own."""
    layout = TableLayout(heads=("Number of councils", "Rank"), numbers="count")
    table = made(coded_sample, TableSetting("Q16", layout=layout))
    assert flat_headings(table) == ["Number of councils", "Rank"]
    layout = TableLayout(numbers="percent", percent_signs=True)
    table = made(coded_sample, TableSetting("Q16", by="council_type", layout=layout))
    assert all(column.kind == "percent" and column.sign == "%" for column in table.columns)
    assert flat_headings(table)[-1].startswith("Total (n = ")


def test_heads_for_respondents_do_not_stand_over_mentions(coded_sample: Study) -> None:
    """Asked for mentions, a table has the heads that mentions have."""
    setting = TableSetting("Q16", "21", layout=TableLayout(heads=("Councils that say so", "Share", "Rank")))
    request = TableRequest(number="21", options=replace(TableRequest().options, unit="mentions"))
    assert flat_headings(made(coded_sample, setting, request)) == ["Mentions", "Rank"]


def test_one_group_may_be_turned(coded_sample: Study) -> None:
    """Without another attribute a turned table is one row; `Yes` stands before the more frequent `No`."""
    layout = TableLayout(turn=True, numbers="percent", show_n="labels")
    table = made(coded_sample, TableSetting("q4_new_funding", layout=layout))
    (row,) = table.rows
    assert row.label == "Councils (n=71)"
    assert [cell.value for cell in row.cells] == pytest.approx([100 * 21 / 71, 100 * 50 / 71])


def test_all_combinations_are_printed(coded_sample: Study) -> None:
    """No combination of settings fails, with a second attribute and without."""
    assert ONE_COLUMN.names == ("",)
    choices = product(
        get_args(NumbersShown), (False, True), get_args(Percents), get_args(ShowN), get_args(NoAnswer)
    )
    for numbers, turn, percents, show_n, no_answer in choices:
        layout = TableLayout((), numbers, True, turn, percents, show_n, no_answer)
        for by in ("", "q5_new_cpa_approach"):
            table = made(coded_sample, TableSetting("q6_voice", by=by, suppress=2, layout=layout))
            assert all(len(row.cells) == len(table.columns) > 0 for row in table.rows)


@given(answers, layouts)
def test_a_total_that_is_kept_back_is_in_no_percentage_and_no_base(
    respondents: list[tuple[str, str]], layout: TableLayout
) -> None:
    """Where percentages are of all with an answer, a count with its percentage would tell how many."""
    grid = laid_out(respondents, replace(layout, percents="columns" if layout.turn else "rows"), total=False)
    total = len(grid.shares.crosstab.groups) - 1
    row = grid.shares.crosstab.rows[0]
    shares = replace(grid.shares, withheld=Withheld(frozenset({(0, total)})))
    grid = replace(grid, shares=shares)
    assert shares.in_row(row) is None
    assert row.label not in dict(shares.sizes())
    for printed in grid.rows():
        for column, cell in zip(grid.columns(), printed.cells, strict=True):
            if row.label in (printed.label, column.group) and column.kind == "percent":
                assert cell.mark == "suppressed"
                assert column.base is None
        assert printed.label != row.label or printed.base is None
