"""What holds of every table of themes, whatever the codings, against the same counts done by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from asking import base_size, in_all, theme_table
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study
from several_coders import AGREED, CODINGS, MARKS, PEOPLE, THEMES, agreed_by_hand, code

from coder.domain.tables.requests import TableOptions, TableRequest
from coder.store import counts, log
from coder.store.scope import Scope
from coder.tables.theme_rows import OTHER
from coder.workflows.exchange.samples import reference_codings
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

OPTIONS = st.builds(
    TableOptions,
    base=st.sampled_from(["asked", "answered", "read", "coded"]),
    nets=st.booleans(),
    zeros=st.booleans(),
    order=st.sampled_from(["count", "codebook"]),
    other=st.integers(0, 4),
    agreed=st.sampled_from(["settled", "any", "all", "consensus"]),
)


@pytest.fixture(scope="module")
def study() -> Iterator[Study]:
    """Make one study for all examples."""
    with TemporaryDirectory() as folder:
        made = small_study(Path(folder) / "study")
        yield made
        made.close()


@given(
    chosen=CODINGS,
    done=MARKS,
    settled=st.sets(st.tuples(st.integers(1, 4), st.sampled_from(THEMES)), max_size=3),
)
@settings(max_examples=40)
def test_agreement_is_as_by_hand(
    study: Study, chosen: set[tuple[int, str, str]], done: set[tuple[int, str]], settled: set[tuple[int, str]]
) -> None:
    """Any, all and consensus count the answers they say, now and at a step of the log."""
    code(study, chosen, done, settled)
    step = log.step_at(study.database, log.utc_now())
    for agreed in AGREED:
        pairs = agreed_by_hand(chosen, done, settled, agreed)
        expected = {
            theme: (
                len({(r + 1) // 2 for r, each in pairs if each == theme}),
                sum(e == theme for _, e in pairs),
            )
            for _, theme in pairs
        }
        for as_of in (None, step):
            found = counts.theme_counts(study.database, Scope(["Q1"], agreed=agreed, as_of=as_of))
            assert {theme: tuple(count) for theme, count in found.items()} == expected


@given(chosen=CODINGS, options=OPTIONS)
@settings(max_examples=60)
def test_columns_add_up_to_the_frequency_table(
    study: Study, chosen: set[tuple[int, str, str]], options: TableOptions
) -> None:
    """By any attribute: each row adds up to its total, the bases to theirs, and totals are the table's."""
    code(study, chosen)
    whole = theme_table(study, "Q1", options)
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",), by="region", options=options))
    sizes = [place for place, column in enumerate(table.columns) if column.kind == "count"]
    bases = [column.base for column in table.columns if column.kind == "percent"]
    assert sum(base or 0 for base in bases[:-1]) == bases[-1] == base_size(whole)
    found = [[row.cells[place].value for place in sizes] for row in table.rows]
    assert all(sum(value or 0 for value in row[:-1]) == row[-1] for row in found)
    assert [(row.label, row.key) for row in table.rows] == [(row.label, row.key) for row in whole.rows]
    assert [row[-1] for row in found] == [row.cells[0].value for row in whole.rows]


@given(chosen=CODINGS, fewer=st.integers(1, 5), nets=st.booleans())
@settings(max_examples=60)
def test_other_themes_are_a_union(
    study: Study, chosen: set[tuple[int, str, str]], fewer: int, nets: bool
) -> None:
    """A row of rare themes counts each respondent once; every theme that is mentioned is in one row."""
    code(study, chosen)
    table = theme_table(study, "Q1", TableOptions(nets=nets, other=fewer, agreed="any"))
    who: dict[str, set[int]] = defaultdict(set)
    for response, theme, _ in chosen:
        who[theme].add((response + 1) // 2)
    shown = {theme: len(people) for theme, people in who.items() if len(people) >= fewer}
    assert {row.key: row.respondents for row in table.rows if row.kind == "theme"} == shown
    net = set().union(*(who.get(theme, set()) for theme in PEOPLE))
    under: dict[int, set[int]] = defaultdict(set)
    for theme in who.keys() - shown:
        under[1 if nets and theme in PEOPLE and len(net) >= fewer else 0] |= who[theme]
    others = [row for row in table.rows if row.kind == "other"]
    assert {row.level: row.respondents for row in others} == {n: len(people) for n, people in under.items()}
    assert len(others) == len(under)
    assert {row.label for row in others} <= {OTHER}


@given(chosen=CODINGS, options=OPTIONS)
@settings(max_examples=60)
def test_nets_ranks_and_mentions(
    study: Study, chosen: set[tuple[int, str, str]], options: TableOptions
) -> None:
    """A net lies between its largest row and their sum; who mentions does so once or more; ranks follow."""
    code(study, chosen)
    rows = theme_table(study, "Q1", options).rows
    for place, row in enumerate(rows):
        respondents, mentions = in_all(row)
        assert respondents <= mentions
        if row.kind == "net":
            under = []
            for each in rows[place + 1 :]:
                if each.level <= row.level:
                    break
                if each.level == row.level + 1:
                    under.append(in_all(each)[0])
            assert max(under) <= respondents <= sum(under)
    themes = [(row.cells[0].value or 0, row.cells[-1].value) for row in rows if row.kind == "theme"]
    assert all(rank == 1 + sum(other > count for other, _ in themes) for count, rank in themes)


def test_a_nought_is_an_answer_and_n_a_is_none(tmp_path: Path) -> None:
    """What counts as an answer decides the base, not how long it is."""
    study = small_study(tmp_path / "study", texts=(("0", ""), ("n/a", ""), ("Beds", "")))
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    study.close()
    assert table.base is not None
    assert (table.base.asked, table.base.answered) == (3, 2)
    assert "No answer to Q1 from 1 of 3 councils." in table.notes


def test_questions_are_counted_together_by_respondent(coded_sample: Study) -> None:
    """A respondent counts once for a theme over all questions, and once in the base."""
    with reference_codings().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (table,) = printed_tables(coded_sample, TableRequest(every_question=True))
    assert table.provenance.codings == len(rows)
    shown = {row.key: row.respondents for row in table.rows}
    for question in ("Q15", "Q16", "Q17"):
        for row in theme_table(coded_sample, question).rows:
            assert (shown[row.key] or 0) >= in_all(row)[0]
    labels = [row.label for row in table.rows]
    assert len(set(labels)) == len(labels)


def test_those_without_a_value_have_a_column(coded_sample: Study) -> None:
    """They are in the base, so their column makes the others add up; one left out is in neither."""
    (table,) = printed_tables(coded_sample, TableRequest(subjects=("Q16",), by="q1_involvement_group"))
    assert [column.group for column in table.columns][-4:] == ["Not stated", "Not stated", "Total", "Total"]
    assert table.base is not None
    assert table.base.size == 51


def kept_back(table: PrintedTable) -> int:
    """Return how many cells are kept back."""
    return sum(cell.mark == "suppressed" for row in table.rows for cell in row.cells)


def test_small_numbers_are_marked_and_kept_back(coded_sample: Study) -> None:
    """Percentages of small bases are marked; with a limit small counts go, with percentage and test."""
    request = TableRequest(subjects=("Q16",), by="region", test=True)
    (table,) = printed_tables(coded_sample, request)
    assert kept_back(table) == 0
    marks = {(column.base or 0) < 10: set[str]() for column in table.columns if column.kind == "percent"}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.kind == "percent":
                marks[(column.base or 0) < 10].add(cell.mark)
    assert marks == {True: {"low"}, False: {""}}
    assert any("West Midlands (3)" in note for note in table.notes)
    request = TableRequest(subjects=("Q16",), by="council_type", test=True, suppress=2)
    (safe,) = printed_tables(coded_sample, request)
    assert kept_back(safe) > 0
    assert safe.rows[0].cells[-1].value is not None
    for row in safe.rows:
        shown = [
            cell.value for column, cell in zip(safe.columns, row.cells, strict=True) if column.kind == "count"
        ]
        assert all(value is None or value >= 2 for value in shown)
        if None in shown:
            assert row.cells[-1].value is None
    assert any(note.startswith("Kept back") for note in safe.notes)
