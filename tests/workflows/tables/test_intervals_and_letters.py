"""Intervals and letters in tables, against R; where there are none, and what of them is kept back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weighted_study import THEMES, figures_of_r, survey_rows, weighted_study

from coder.domain.study_settings import TableLayout, TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.formats.tables.registry import TABLE_FORMATS
from coder.tables.crosstab import TOTAL, Crosstab, CrosstabRow
from coder.tables.figures.column_letters import column_letters
from coder.tables.findings.largest_differences import difference_sentences
from coder.tables.keeping_back.withheld import NOTHING_WITHHELD
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

NETS = TableOptions(nets=True, zeros=True)
REGIONS = ("North", "South", "West")
BY_REGION = TableRequest(subjects=("Q1",), by="region", options=NETS, intervals=True, letters=True)
CLOSED = TableRequest(subjects=("q1",), by="region", intervals=True, letters=True)


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Make the survey's study once for all tests; they leave it as it is."""
    study = weighted_study(tmp_path_factory.mktemp("letters") / "study", survey_rows())
    yield study
    study.close()


def table_of(study: Study, request: TableRequest) -> PrintedTable:
    """Return the one table that is asked for."""
    (table,) = printed_tables(study, request)
    return table


def in_r(row: str) -> str:
    """Return how R writes the name of a row."""
    return row.replace(" ", ".").replace("'", ".")


def places(table: PrintedTable) -> Iterator[tuple[str, str, str, float | None, str]]:
    """Yield row, group and name of each cell with its number and letters; no bases and totals."""
    for row in table.rows:
        if row.kind not in {"base", "total"}:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield row.key or row.label, column.group or TOTAL, column.name, cell.value, cell.letters


@pytest.mark.parametrize("request_", [BY_REGION, CLOSED])
@pytest.mark.parametrize("is_weighted", [True, False])
def test_intervals_are_those_of_r(weighed: Study, request_: TableRequest, is_weighted: bool) -> None:
    """Wilson's, on effective bases where weighted: R 4.2.2; tests/weighted_survey/README.md says how."""
    expected, prefix = figures_of_r(), "weighted " if is_weighted else ""
    compared = 0
    for row, group, name, end, _ in places(table_of(weighed, replace(request_, unweighted=not is_weighted))):
        place = in_r(row), group, f"{prefix}{name.removeprefix('95% ')}"
        if name.startswith("95%") and place in expected:
            assert end == pytest.approx(expected[place], abs=1e-6)
            compared += 1
    assert compared == 2 * 4 * (3 if request_ is CLOSED else 7)


@pytest.mark.parametrize("request_", [BY_REGION, CLOSED])
@pytest.mark.parametrize("is_weighted", [True, False])
def test_letters_are_where_r_finds_differences(
    weighed: Study, request_: TableRequest, is_weighted: bool
) -> None:
    """The lower column's letter, where Holm's p by R is under 5 %; no other pair has one."""
    table = table_of(weighed, replace(request_, unweighted=not is_weighted))
    kind = "weighted" if is_weighted else "unweighted"
    chances = {
        (row, group): chance
        for (row, group, figure), chance in figures_of_r().items()
        if figure == f"{kind} p (Holm)"
    }
    letter_of = dict(zip(REGIONS, "ABC", strict=True))
    assert {column.group: column.letter for column in table.columns if column.letter} == letter_of
    percents = {
        (row, group): (percent, letters)
        for row, group, name, percent, letters in places(table)
        if name in {"%", "Weighted %"}
    }
    for row in {row for row, _ in percents}:
        for group, other in combinations(REGIONS, 2):
            (percent, letters), (other_percent, other_letters) = percents[row, group], percents[row, other]
            differ = chances.get((in_r(row), f"{group} {other}"), 1.0) < 0.05
            assert percent is not None
            assert other_percent is not None
            assert (letter_of[other] in letters) == (differ and percent > other_percent)
            assert (letter_of[group] in other_letters) == (differ and other_percent > percent)
    assert all(not letters for (_, group), (_, letters) in percents.items() if group not in REGIONS)
    if request_ is BY_REGION:
        assert any(letters for _, letters in percents.values())


counts = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6)


def crosstab_of(columns: list[tuple[int, int]]) -> Crosstab:
    """Return a table of one row: of each column how many are counted, and how many are not."""
    numbers = [count for count, _ in columns]
    sizes = [count + others for count, others in columns]
    groups = tuple(f"g{place}" for place, _ in enumerate(columns))
    row = CrosstabRow("Pay", "theme", (*numbers, sum(numbers)))
    return Crosstab((*groups, TOTAL), (*sizes, sum(sizes)), (row,), has_total=True)


def pairs_of(columns: list[tuple[int, int]], order: tuple[int, ...]) -> set[tuple[int, int]]:
    """Return which columns are higher than which, whatever order they stand in."""
    letters = column_letters(crosstab_of([columns[place] for place in order]), NOTHING_WITHHELD)
    group_of = {letter: group for group, letter in letters.of_group.items()}
    return {
        (order[group], order[group_of[letter]])
        for (_, group), texts in letters.in_cell.items()
        for letter in texts.split(" ")
    }


@given(counts, st.randoms(use_true_random=False))
def test_letters_do_not_hang_on_the_order_of_columns(columns: list[tuple[int, int]], chance: Random) -> None:
    """Of two columns that differ the higher one names the other, in whatever order they stand."""
    order = list(range(len(columns)))
    pairs = pairs_of(columns, tuple(order))
    chance.shuffle(order)
    assert pairs_of(columns, tuple(order)) == pairs
    assert not any((lower, higher) in pairs for higher, lower in pairs)
    for higher, lower in pairs:
        share, other = (columns[place][0] / sum(columns[place]) for place in (higher, lower))
        assert share > other


def test_many_columns_have_two_letters() -> None:
    """After Z comes AA; a cell names them in the order of the columns."""
    columns = [(5, 45)] * 28 + [(49, 1)]
    letters = column_letters(crosstab_of(columns), NOTHING_WITHHELD)
    assert [letters.of_group[place] for place in (0, 25, 26, 27, 28)] == ["A", "Z", "AA", "AB", "AC"]
    assert letters.in_cell[0, 28].split(" ")[-3:] == ["Z", "AA", "AB"]


def test_a_row_with_anything_kept_back_has_no_letters(weighed: Study) -> None:
    """Nor has a cell kept back an interval, nor the total of its row where it is weighted."""
    table = table_of(weighed, replace(BY_REGION, suppress=3))
    hidden_rows = [row for row in table.rows if any(cell.mark == "suppressed" for cell in row.cells)]
    assert hidden_rows
    for row in hidden_rows:
        assert not any(cell.letters for cell in row.cells)
        for place in range(0, len(row.cells), 4):
            marks = {cell.mark == "suppressed" for cell in row.cells[place + 1 : place + 4]}
            assert len(marks) == 1
            assert row.cells[place].mark != "suppressed" or marks == {True}
    assert any("counts kept back" in note for note in table.notes)


def test_a_hundred_percent_by_definition_has_no_interval(weighed: Study) -> None:
    """The total of a closed question's column: no other answer could have made it less."""
    total = next(row for row in table_of(weighed, CLOSED).rows if row.kind == "total")
    assert [cell.mark for cell in total.cells[2:4]] == ["blank", "blank"]


def test_turned_tables_have_letters_behind_their_labels(weighed: Study) -> None:
    """There the groups are the rows."""
    weighed.settings = replace(
        weighed.settings,
        tables=(TableSetting("q1", "1", by="region", layout=TableLayout(turn=True), letters=True),),
    )
    table = table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=())
    assert [row.label for row in table.rows] == ["North (A)", "South (B)", "West (C)", "Total"]
    assert [(row.key, row.letter) for row in table.rows] == [
        ("North", "A"), ("South", "B"), ("West", "C"), ("", "")
    ]  # fmt: skip
    (note,) = (note for note in table.notes if note.startswith("Letters"))
    assert "those of the rows whose letters it has" in note
    assert "over the pairs of each column). No two rows differ so." in note
    assert list(difference_sentences([table])) == ["No difference between groups has a letter in the tables."]


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (TableRequest(subjects=("Q1",), letters=True), "--letters compare columns"),
        (TableRequest(subjects=("q1",), letters=True), "--letters compare columns"),
        (
            TableRequest(subjects=("Q1",), by="region", options=TableOptions("mentions"), letters=True),
            "--letters compare columns",
        ),
        (
            TableRequest(subjects=("Q1",), options=TableOptions("mentions"), intervals=True),
            "--intervals are of percentages",
        ),
    ],
)
def test_what_would_do_nothing_is_refused(weighed: Study, request_: TableRequest, text: str) -> None:
    """Letters without columns, and both where there are no percentages."""
    with pytest.raises(CoderError, match=text):
        table_of(weighed, request_)


@pytest.mark.parametrize(
    "setting",
    [
        TableSetting("q1", "1", letters=True),
        TableSetting("q1", "1", intervals=True, layout=TableLayout(numbers="count")),
        TableSetting("q1", "1", by="region", letters=True, layout=TableLayout(numbers="count")),
    ],
)
def test_settings_that_would_do_nothing_are_refused(weighed: Study, setting: TableSetting) -> None:
    """A [[table]] says so too."""
    weighed.settings = replace(weighed.settings, tables=(setting,))
    with pytest.raises(CoderError, match="does nothing"):
        table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=())


def test_shares_of_rows_are_not_compared(weighed: Study) -> None:
    """They are of people whom the columns share out among them."""
    setting = TableSetting("q1", "1", by="region", letters=True, layout=TableLayout(percents="rows"))
    weighed.settings = replace(weighed.settings, tables=(setting,))
    table = table_of(weighed, TableRequest(number="1"))
    weighed.settings = replace(weighed.settings, tables=())
    assert not any(column.letter for column in table.columns)
    assert any(note.startswith("Letters: none") for note in table.notes)


def test_every_format_has_them(weighed: Study) -> None:
    """Heads with letters, letters behind numbers, ends of intervals; for programs in fields of their own."""
    table = table_of(weighed, BY_REGION)
    for kind in ("md", "html", "tex"):
        text = TABLE_FORMATS[kind]([table])
        assert isinstance(text, str)
        assert "(A)" in text, kind
        assert "95" in text, kind
        assert "49 A C" in text.replace("~", " "), kind
    text = TABLE_FORMATS["csv"]([table])
    assert isinstance(text, str)
    records = {(row["theme_id"], row["group"]): row for row in csv.DictReader(io.StringIO(text))}
    rota = records["rota", "South"]
    assert [rota[name] for name in ("percent", "95% from", "95% to", "letter", "higher than")] == [
        "49", "36", "63", "B", "A C"
    ]  # fmt: skip
    assert records["rota", "Total"]["letter"] == ""
    text = TABLE_FORMATS["json"]([table])
    assert isinstance(text, str)
    (in_json,) = json.loads(text)
    assert "A C" in next(row for row in in_json["rows"] if row["theme_id"] == "rota")["letters"]


def test_nothing_of_it_is_there_unasked(weighed: Study) -> None:
    """Neither columns nor letters nor notes."""
    table = table_of(weighed, TableRequest(subjects=("Q1",), by="region"))
    assert not any(column.name.startswith("95%") or column.letter for column in table.columns)
    assert not any("Letters" in note or "Wilson" in note for note in table.notes)


def test_letters_of_a_study_are_those_of_its_columns_in_any_order(weighed: Study) -> None:
    """Three columns of a real table, put in every order by hand, give the pairs of the table."""
    table = table_of(weighed, replace(BY_REGION, unweighted=True))
    for row in (row for row in table.rows if row.key in THEMES):
        numbers = [int(row.cells[4 * place].value or 0) for place in range(3)]
        sizes = [table.columns[4 * place + 1].base or 0 for place in range(3)]
        columns = [(count, size - count) for count, size in zip(numbers, sizes, strict=True)]
        expected = {
            (place, "ABC".index(letter))
            for place in range(3)
            for letter in row.cells[4 * place + 1].letters.split()
        }
        for order in permutations(range(3)):
            assert pairs_of(columns, order) == expected


def test_columns_side_by_side_have_letters_of_their_own(weighed: Study) -> None:
    """Those of the second attribute go on from the first's; only columns of one attribute are compared."""
    alone = [
        table_of(weighed, TableRequest(subjects=("Q1",), by=by, letters=True)) for by in ("region", "q1")
    ]
    banner = table_of(weighed, TableRequest(subjects=("Q1",), by="region,q1", letters=True))
    letters = dict.fromkeys(column.letter for column in banner.columns if column.letter)
    assert list(letters) == ["A", "B", "C", "D", "E", "F"]
    assert any("share respondents" in note for note in banner.notes)
    expected = {
        (row.key, column.group, letter)
        for table, first_letter in zip(alone, ("A", "D"), strict=True)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        for letter in (chr(ord(each) - ord("A") + ord(first_letter)) for each in cell.letters.split())
    }
    in_banner = {
        (row.key, column.group.partition(": ")[2], letter)
        for row in banner.rows
        for column, cell in zip(banner.columns, row.cells, strict=True)
        for letter in cell.letters.split()
    }
    assert expected
    assert in_banner == expected


def test_columns_of_themes_share_respondents(coded_sample: Study) -> None:
    """Whoever mentions two is in both columns: letters are refused."""
    with pytest.raises(CoderError, match="share respondents"):
        table_of(coded_sample, TableRequest(subjects=("Q16",), by="Q15", letters=True))
