"""Codings that need a fresh look since a revision: what each decision makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study
from recode_study import PARTS, redefined, split

from coder.domain.codings import PickedWords, Span
from coder.errors import CoderError
from coder.store import log, recode_queues
from coder.workflows.coding.recoding import recode_reason
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.coding.session import StepOutcome

LOST, PAY, BEDS = 1, 2, 3
WORDS = Span(8, 12)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a small study."""
    study = small_study(tmp_path / "study")
    yield CodingSession(study, "jo")
    study.close()


def test_a_part_replaces_the_theme_that_was_split(session: CodingSession) -> None:
    """One choice takes the old theme and its mark off; a second part joins the first."""
    session.toggle(LOST, "staff")
    split(session.study)
    assert session.standing(LOST).recode == {"staff": PARTS}
    session.toggle(LOST, "staff-pay")
    assert (session.standing(LOST).theme_ids, session.standing(LOST).recode) == (("staff-pay",), {})
    session.toggle(LOST, "staff-posts")
    assert session.standing(LOST).theme_ids == ("staff-pay", "staff-posts")
    assert recode_queues.waiting_of(session.study.database, "jo") == 0


def test_a_part_takes_over_words_and_memo(session: CodingSession) -> None:
    """What was marked and noted for the theme that was split goes on with the part; undo takes it back."""
    session.mark_spans(LOST, "staff", [WORDS])
    session.write_memo(LOST, "agency again", "staff")
    split(session.study)
    session.toggle(LOST, "staff-pay")
    standing = session.standing(LOST)
    assert (standing.spans, standing.theme_memos) == ({"staff-pay": (WORDS,)}, {"staff-pay": "agency again"})
    session.undo()
    standing = session.standing(LOST)
    assert (standing.spans, standing.theme_memos) == ({"staff": (WORDS,)}, {"staff": "agency again"})
    assert standing.recode == {"staff": PARTS}


@pytest.mark.parametrize("words", [(WORDS,), ()])
def test_a_part_takes_over_words_rather_than_fresh_ones(
    session: CodingSession, words: tuple[Span, ...]
) -> None:
    """The words that a suggestion brings give way to those of the old coding, the whole response too."""
    session.mark_spans(LOST, "staff", words)
    split(session.study)
    session.toggle(LOST, "staff-pay", origin="suggestion", words=PickedWords((Span(0, 2),), "engine"))
    session.toggle(LOST, "money", origin="suggestion", words=PickedWords((Span(0, 2),), "engine"))
    assert session.standing(LOST).spans == {"staff-pay": words, "money": (Span(0, 2),)}


def test_memos_are_joined(session: CodingSession) -> None:
    """A memo that the part has already stays before the one it takes over."""
    session.toggle(LOST, "staff")
    session.write_memo(LOST, "old", "staff")
    split(session.study)
    session.write_memo(LOST, "new", "staff-pay")
    session.toggle(LOST, "staff-pay")
    assert session.standing(LOST).theme_memos == {"staff-pay": "new\nold"}


def test_words_marked_for_a_part_choose_it(session: CodingSession) -> None:
    """To say which words carry a part replaces the theme that was split, too."""
    session.toggle(LOST, "staff")
    split(session.study)
    session.mark_spans(LOST, "staff-pay", [WORDS])
    assert session.standing(LOST).spans == {"staff-pay": (WORDS,)}
    assert session.standing(LOST).recode == {}


def test_one_of_two_whole_codings_is_of_the_whole(session: CodingSession) -> None:
    """A part of two themes that were split is of the whole response if one of them was."""
    session.mark_spans(LOST, "staff", [WORDS])
    session.toggle(LOST, "pay")
    split(session.study)
    split(session.study, "pay")
    session.toggle(LOST, "staff-pay")
    assert session.standing(LOST).spans == {"staff-pay": ()}


def test_none_of_them(session: CodingSession) -> None:
    """The old theme taken off waits no longer; with no theme left the answer is open again."""
    session.toggle(LOST, "staff")
    session.confirm(LOST)
    split(session.study)
    session.toggle(LOST, "staff")
    standing = session.standing(LOST)
    assert (standing.theme_ids, standing.recode, standing.done) == ((), {}, False)


def test_nothing_here_settles_it(session: CodingSession) -> None:
    """An answer that has nothing to code waits no longer."""
    session.toggle(LOST, "staff")
    split(session.study)
    session.nothing_here(LOST)
    assert (session.standing(LOST).theme_ids, session.standing(LOST).recode) == ((), {})


def test_a_split_wants_a_decision(session: CodingSession) -> None:
    """Done is refused until a part is chosen, and the answer stays as it was."""
    session.toggle(LOST, "staff")
    split(session.study)
    before = session.standing(LOST)
    with pytest.raises(CoderError) as raised:
        session.confirm(LOST)
    assert raised.value.message == "'Staff' was split: which of its parts is it in R1.Q1.1?"
    assert raised.value.hint == "Choose among Staff pay, Staff posts; or take 'Staff' off."
    assert session.standing(LOST) == before


def test_done_keeps_a_redefined_theme(session: CodingSession) -> None:
    """The coding stays as it is and waits no longer; undo lets it wait again."""
    session.toggle(LOST, "money")
    session.confirm(LOST)
    redefined(session.study)
    assert session.standing(LOST).recode == {"money": ("money",)}
    session.confirm(LOST)
    assert (session.standing(LOST).theme_ids, session.standing(LOST).recode) == (("money",), {})
    session.undo()
    assert session.standing(LOST).recode == {"money": ("money",)}


def test_many_at_once_are_recoded(session: CodingSession) -> None:
    """A part chosen for several answers replaces the old theme on each that has it."""
    for number in (LOST, PAY):
        session.toggle(number, "staff")
    split(session.study)
    session.code_many([LOST, PAY, BEDS], "staff-posts")
    assert [session.standing(n).theme_ids for n in (LOST, PAY, BEDS)] == [("staff-posts",)] * 3
    assert recode_queues.waiting_of(session.study.database, "jo") == 0


def test_a_retired_theme_is_not_chosen(session: CodingSession) -> None:
    """One that stands can be taken off, and comes back by undo alone."""
    session.toggle(LOST, "staff")
    split(session.study)
    session.toggle(LOST, "staff")
    choices: tuple[Callable[[], StepOutcome], ...] = (
        lambda: session.toggle(LOST, "staff"),
        lambda: session.mark_spans(LOST, "staff", [WORDS]),
        lambda: session.code_many([LOST], "staff"),
    )
    for choose in choices:
        with pytest.raises(CoderError) as raised:
            choose()
        assert raised.value.message == "'Staff' is retired, and no longer chosen."
    session.undo()
    assert session.standing(LOST).theme_ids == ("staff",)


def test_who_asked_and_what_it_meant(session: CodingSession) -> None:
    """A coding that waits leads to the revision that put it there, and the theme before it."""
    session.toggle(LOST, "money")
    redefined(session.study)
    asked = recode_reason(session.study, "jo", LOST, "money")
    assert asked is not None
    assert (asked.made_by, asked.reason, asked.old_theme.definition) == (
        "sam",
        "too wide",
        "Anything of money",
    )
    session.confirm(LOST)
    session.undo()
    assert recode_reason(session.study, "jo", LOST, "money") == asked
    assert recode_reason(session.study, "jo", LOST, "beds") is None


def test_progress_is_of_what_was_asked(session: CodingSession) -> None:
    """Answers that wait and answers that were put there; others' codings do not count, nor old revisions."""
    sam = CodingSession(session.study, "sam")
    for number in (LOST, PAY):
        session.toggle(number, "staff")
    sam.toggle(BEDS, "staff")
    split(session.study)
    database = session.study.database
    assert recode_queues.answers_waiting(database, "jo") == {"Q1": 2}
    session.toggle(LOST, "staff-pay")
    assert recode_queues.answers_waiting(database, "jo") == {"Q1": 1}
    assert recode_queues.answers_asked(database, "jo", "Q1") == 2
    session.toggle(PAY, "staff-pay")
    assert (
        recode_queues.answers_waiting(database, "jo"),
        recode_queues.answers_asked(database, "jo", "Q1"),
    ) == ({}, 0)
    assert recode_queues.answers_waiting(database, "sam") == {"Q1": 1}


def test_undo_stops_at_a_revision(session: CodingSession) -> None:
    """What was coded before the split is not undone under it."""
    session.toggle(LOST, "staff")
    split(session.study)
    with pytest.raises(CoderError, match="from before the codebook was revised"):
        session.undo()
    assert log.step_to_undo(session.study.database, "jo") is not None


def test_undo_has_nothing_wait_that_a_merge_took_away(session: CodingSession) -> None:
    """What was kept after a change of meaning is of another theme since: the question cannot return."""
    session.toggle(LOST, "staff")
    redefined(session.study, "staff")
    session.confirm(LOST)
    revision = revising.begin(session.study).merge(["staff"], "pay")
    revising.apply(session.study, revising.plan(session.study, revision), "lead")
    with pytest.raises(CoderError, match="from before the codebook was revised"):
        session.undo()
    standing = session.standing(LOST)
    assert (standing.theme_ids, standing.recode, standing.done) == (("pay",), {}, True)


def test_the_themes_to_choose_from_are_those_of_the_coders_own_queue(session: CodingSession) -> None:
    """One who has decided all, or coded nothing with the theme, has none."""
    session.toggle(LOST, "staff")
    CodingSession(session.study, "sam").toggle(LOST, "staff")
    split(session.study)
    database = session.study.database
    assert recode_queues.choices_of(database, "jo") == {"staff": PARTS}
    session.toggle(LOST, "staff-pay")
    assert recode_queues.choices_of(database, "jo") == {}
    assert recode_queues.choices_of(database, "sam") == {"staff": PARTS}
