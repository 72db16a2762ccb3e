"""Who picked the words of a coding: a person, the engine, or both; through undo, copies and revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codings import PickedWords, Span
from coder.store import checks, codings
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE, TWO = Span(0, 2), Span(3, 5)
BY_ENGINE = PickedWords((ONE,), "engine")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Return jo at work on a small study, which is whole afterwards."""
    study = small_study(tmp_path / "study", texts=(("low pay", "few beds"), ("low pay", "Low pay!")))
    yield CodingSession(study, "jo")
    assert checks.faults(study.database) == []
    study.close()


def pickers(session: CodingSession, response: int) -> dict[str, str]:
    """Return who picked the words of each theme on a response."""
    found = codings.codings_of(session.study.database, response)
    return {coding.theme_id: coding.words_by for coding in found}


def test_words_of_a_suggestion_are_the_engines_until_a_person_points_at_words(session: CodingSession) -> None:
    """Other words are the person's; so are the same ones, once pointed at; undo goes back to each."""
    session.toggle(1, "pay", origin="suggestion", words=BY_ENGINE)
    assert pickers(session, 1) == {"pay": "engine"}
    session.mark_spans(1, "pay", [ONE])
    assert pickers(session, 1) == {"pay": "person"}
    session.mark_spans(1, "pay", [TWO])
    assert pickers(session, 1) == {"pay": "person"}
    for expected in ("person", "engine"):
        session.undo()
        assert pickers(session, 1) == {"pay": expected}
    session.redo()
    assert pickers(session, 1) == {"pay": "person"}


def test_words_added_to_those_of_the_engine_are_of_both(session: CodingSession) -> None:
    """A person who adds some leaves the engine's there; the whole answer is nobody's words."""
    session.toggle(1, "pay", origin="suggestion", words=BY_ENGINE)
    session.mark_spans(1, "pay", [ONE, TWO])
    assert pickers(session, 1) == {"pay": "both"}
    session.mark_spans(1, "pay", [])
    assert pickers(session, 1) == {"pay": ""}


def test_pointing_at_the_same_words_again_is_no_step(session: CodingSession) -> None:
    """Nothing is logged where the words are a person's already."""
    session.mark_spans(1, "pay", [ONE])
    steps = session.study.database.value("SELECT COUNT(*) FROM step")
    session.mark_spans(1, "pay", [ONE])
    assert session.study.database.value("SELECT COUNT(*) FROM step") == steps


def test_answers_of_the_same_words_have_them_of_the_same_one(session: CodingSession) -> None:
    """A copy's words are found in it, and whose they are goes with them."""
    session.toggle(1, "pay", origin="suggestion", words=BY_ENGINE, listed=ALL)
    same = [number for (number,) in session.study.database.rows("SELECT response FROM coding")]
    assert len(same) == 3
    assert [pickers(session, number) for number in same] == [{"pay": "engine"}] * 3


def test_a_merge_says_both_where_both_picked(session: CodingSession) -> None:
    """The words of one coding are those of several; where all are the engine's they stay so."""
    session.toggle(1, "pay", origin="suggestion", words=BY_ENGINE)
    session.mark_spans(1, "money", [TWO])
    session.toggle(2, "pay", origin="suggestion", words=BY_ENGINE)
    session.toggle(2, "money", origin="suggestion", words=PickedWords((TWO,), "engine"))
    study = session.study
    revising.apply(study, revising.plan(study, revising.begin(study).merge(["pay"], "money")), "jo")
    assert [pickers(session, number) for number in (1, 2)] == [{"money": "both"}, {"money": "engine"}]
