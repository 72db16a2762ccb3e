"""Tables of the respondents whose answers have all been read, against the same counts done by hand."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest
from asking import theme_table
from hypothesis import given, settings
from hypothesis import strategies as st
from making import TEXTS, small_study
from several_coders import AGREED, CODERS, CODINGS, MARKS, PEOPLE, THEMES, agreed_by_hand, code, read_by_hand

from coder.domain.filters import Having
from coder.domain.tables.bases import BASES
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.store import codings, log
from coder.store.bases import base_sizes, has_unread_answers
from coder.store.cooccurrence import together
from coder.store.counts import theme_counts
from coder.store.scope import Scope
from coder.workflows.coding.session import CodingSession
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.team.counting_rule import Agreed
    from coder.workflows.study.study import Study

ANSWERED = {number for number, text in enumerate(sum(TEXTS, ()), start=1) if text not in ("", "-", "n/a")}
NORTH = ("region", "North")


class Coded(NamedTuple):
    """What several coders and an adjudicator did."""

    chosen: set[tuple[int, str, str]]
    done: set[tuple[int, str]]
    settled: set[tuple[int, str]]

    def of(self, coder_ids: tuple[str, ...]) -> Coded:
        """Return what these did; empty stands for everybody."""
        if not coder_ids:
            return self
        return Coded(
            {row for row in self.chosen if row[-1] in coder_ids},
            {row for row in self.done if row[-1] in coder_ids},
            set(),
        )


CODED = st.builds(
    Coded, CODINGS, MARKS, st.sets(st.tuples(st.integers(1, 4), st.sampled_from(THEMES)), max_size=2)
)
COUNTED = st.tuples(
    st.sampled_from(AGREED), st.sampled_from([(), ("ann",), ("ann", "bo")]), st.sampled_from([None, NORTH])
)


@pytest.fixture(scope="module")
def study() -> Iterator[Study]:
    """Make one study for all examples."""
    with TemporaryDirectory() as folder:
        made = small_study(Path(folder) / "study")
        yield made
        made.close()


def whose(responses: set[int]) -> set[int]:
    """Return whose answers these are: two boxes each."""
    return {(number + 1) // 2 for number in responses}


def answered_and_read(
    whole: Coded, coded: Coded, agreed: Agreed, where: tuple[str, str] | None
) -> tuple[set[int], set[int]]:
    """Return the respondents who answered, and those all of whose answers have been read.

    Who answered goes by everybody's codings, `whole`; who has been read by those that are counted.
    """
    coded_texts = {row[0] for row in whole.chosen} | {number for number, _ in whole.settled}
    answers = ANSWERED | coded_texts
    counted = {who for who in whose(answers) if where is None or who % 2}
    unread = whose(answers - read_by_hand(*coded, agreed))
    return counted, counted - unread


def conditions(where: tuple[str, str] | None) -> tuple[Having, ...]:
    """Return an attribute with its value as the conditions of a table."""
    return () if where is None else (Having(where[0], (where[1],)),)


@given(coded=CODED, counted=COUNTED)
@settings(max_examples=60)
def test_who_is_read_and_what_they_mention_is_as_by_hand(
    study: Study, coded: Coded, counted: tuple[Agreed, tuple[str, ...], tuple[str, str] | None]
) -> None:
    """Bases, themes and pairs of themes count those alone whose answers are all read, now and then."""
    code(study, *coded)
    agreed, coder_ids, where = counted
    own = coded.of(coder_ids)
    answered, read = answered_and_read(coded, own, agreed, where)
    rows = {row for row in agreed_by_hand(*own, agreed) if whose({row[0]}) <= read}
    themes = {theme for _, theme in rows}
    on = {theme: {number for number, each in rows if each == theme} for theme in themes}
    step = log.step_at(study.database, log.utc_now())
    for as_of in (None, step):
        scope = Scope(["Q1"], coder_ids, agreed, as_of, conditions(where), only_read=True)
        sizes = {kind: base_sizes(study.database, kind, scope)[""] for kind in BASES}
        assert (sizes["answered"], sizes["read"]) == (len(answered), len(read))
        found = theme_counts(study.database, scope)
        assert {theme: tuple(count) for theme, count in found.items()} == {
            theme: (len(whose(numbers)), len(numbers)) for theme, numbers in on.items()
        }
        assert has_unread_answers(study.database, scope) == (answered != read)
        pairs = together(study.database, scope, 0, "respondents")
        assert {pair.theme_ids: pair.both for pair in pairs} == {
            (first, second): len(whose(on[first]) & whose(on[second]))
            for first, second in combinations(sorted(themes), 2)
        }


@given(coded=CODED, counted=COUNTED, nets=st.booleans(), suppress=st.sampled_from([0, 2]))
@settings(max_examples=60)
def test_nobody_outside_of_the_base_is_counted(
    study: Study,
    coded: Coded,
    counted: tuple[Agreed, tuple[str, ...], tuple[str, str] | None],
    nets: bool,
    suppress: int,
) -> None:
    """No cell has more respondents than its column's base; nets are unions; columns add up to the total."""
    code(study, *coded)
    agreed, coder_ids, where = counted
    coder_ids = tuple(who for who in coder_ids if any(row[-1] == who for row in coded.chosen))
    options = TableOptions(base="read", agreed=agreed, nets=nets)
    request = TableRequest(subjects=("Q1",), options=options, coder_ids=coder_ids, where=conditions(where))
    for by in ("", "region"):
        asked = TableRequest(
            subjects=("Q1",),
            by=by,
            options=options,
            coder_ids=coder_ids,
            where=conditions(where),
            suppress=suppress,
        )
        (table,) = printed_tables(study, asked)
        own = coded.of(coder_ids)
        answered, read = answered_and_read(coded, own, agreed, where)
        assert table.base is not None
        assert (table.base.kind, table.base.size, table.base.answered) == ("read", len(read), len(answered))
        percents = [place for place, column in enumerate(table.columns) if column.kind == "percent"]
        for row in table.rows:
            for place in percents:
                size, count, share = (
                    table.columns[place].base or 0,
                    row.cells[place - 1].value,
                    row.cells[place].value,
                )
                assert count is None or (count <= size and (share is None or share <= 100))
    people = {
        number
        for number, theme in agreed_by_hand(*own, agreed)
        if theme in PEOPLE and whose({number}) <= read
    }
    (table,) = printed_tables(study, request)
    assert [row.respondents for row in table.rows if row.kind == "net"] == (
        [len(whose(people))] if nets and people else []
    )


@given(coded=CODED, agreed=st.sampled_from(AGREED), nets=st.booleans(), by=st.sampled_from(["", "region"]))
@settings(max_examples=40)
def test_once_all_is_read_it_is_the_table_of_those_who_answered(
    study: Study, coded: Coded, agreed: Agreed, nets: bool, by: str
) -> None:
    """Where everybody has confirmed everything, `read` counts what `answered` does, and is not interim."""
    everything = {(number, who) for number in range(1, 11) for who in (*CODERS, "judge")}
    code(study, coded.chosen, everything, coded.settled)
    read, answered, interim = (
        printed_tables(study, TableRequest(subjects=("Q1",), by=by, interim=interim, options=options))[0]
        for options, interim in (
            (TableOptions(base="read", agreed=agreed, nets=nets), False),
            (TableOptions(agreed=agreed, nets=nets), False),
            (TableOptions(agreed=agreed, nets=nets), True),
        )
    )
    assert (read.columns, read.rows, read.title) == (answered.columns, answered.rows, answered.title)
    assert (interim.rows, interim.notes, interim.base) == (answered.rows, answered.notes, answered.base)


@given(coded=CODED, agreed=st.sampled_from(AGREED))
@settings(max_examples=40)
def test_an_interim_table_is_of_those_read_while_answers_are_open(
    study: Study, coded: Coded, agreed: Agreed
) -> None:
    """Its base is `read` if anybody has an answer to be read, else the one that was asked for."""
    code(study, *coded)
    answered, read = answered_and_read(coded, coded, agreed, None)
    request = TableRequest(subjects=("Q1",), interim=True, options=TableOptions(base="asked", agreed=agreed))
    (table,) = printed_tables(study, request)
    assert table.base is not None
    assert table.base.kind == ("asked" if answered == read else "read")


@given(coded=CODED)
@settings(max_examples=40)
def test_the_answers_behind_a_number_are_of_those_read(study: Study, coded: Coded) -> None:
    """The answers behind a row's number are of as many respondents as it counts."""
    code(study, *coded)
    request = TableRequest(subjects=("Q1",), options=TableOptions(base="read", nets=True))
    (table,) = printed_tables(study, request)
    for row in table.rows:
        numbers = codings.matching(study.database, "ann", answers_behind(study, request, row, "", "Q1"))
        assert codings.respondents_of(study.database, numbers) == row.respondents


def test_nothing_here_is_read_and_half_read_is_not(tmp_path: Path) -> None:
    """A respondent counts once every box is done, also with nothing in it; a coded box alone is not done."""
    study = small_study(
        tmp_path / "study", texts=(("Beds", "Pay"), ("Pay", ""), ("Beds", "n/a"), ("Beds", ""))
    )
    session = CodingSession(study, "jo")
    session.toggle(1, "beds")
    session.confirm(1)
    session.toggle(2, "pay")
    session.confirm(3)
    session.toggle(5, "beds")
    session.confirm(5)
    table = theme_table(study, options=TableOptions(base="read"))
    notes = table.notes
    study.close()
    assert table.base is not None
    assert (table.base.asked, table.base.answered, table.base.size) == (4, 4, 2)
    assert [(row.label, row.respondents, row.cells[1].value) for row in table.rows] == [("Beds", 1, 50.0)]
    assert "Base: councils that answered Q1, all of whose answers have been read, n = 2." in notes
    assert "2 of 4 councils that answered are not counted: not all of their answers have been read." in notes
    assert not any("not yet read" in note for note in notes)


def test_who_answered_does_not_go_by_whose_codings_are_counted(tmp_path: Path) -> None:
    """A text that only jo took for an answer is one in sam's table too: the base is the same."""
    study = small_study(tmp_path / "study", texts=(("Beds", "n/a"), ("n/a", "")))
    CodingSession(study, "jo").toggle(3, "pay")
    CodingSession(study, "sam").toggle(1, "beds")
    CodingSession(study, "sam").confirm(1)
    bases = []
    for coder_ids in ((), ("jo",), ("sam",)):
        options = TableOptions(agreed="any")
        (table,) = printed_tables(study, TableRequest(subjects=("Q1",), coder_ids=coder_ids, options=options))
        assert table.base is not None
        bases.append((table.base.size, [note for note in table.notes if "not yet read" in note]))
    study.close()
    assert bases == [
        (2, ["1 of 2 answers to Q1 is not yet read."]),
        (2, ["2 of 2 answers to Q1 are not yet read."]),
        (2, ["1 of 2 answers to Q1 is not yet read."]),
    ]


def test_what_was_open_then_is_told_of_a_moment(tmp_path: Path) -> None:
    """A table as it stood says how many answers had not been read by then."""
    study = small_study(tmp_path / "study", texts=(("Beds", "Pay"), ("More beds", "")))
    session = CodingSession(study, "jo")
    session.toggle(1, "beds")
    session.confirm(1)
    moment = str(study.database.value("SELECT at FROM step ORDER BY number DESC LIMIT 1"))
    # The log counts milliseconds.
    time.sleep(0.01)
    for response in (2, 3):
        session.confirm(response)
    (then,) = printed_tables(study, TableRequest(subjects=("Q1",), as_of=moment))
    (now,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    study.close()
    assert "2 of 3 answers to Q1 were not yet read then." in then.notes
    assert not any("not yet read" in note for note in now.notes)
