"""Answers of the same words that are coded in different ways come up in the second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.engine_messages import SecondLookReady, TakeSecondLook
from coder.domain.second_look import Doubted, ground
from coder.domain.study_settings import Settings
from coder.workflows.coding.differing import differing_codings, joined
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.second_look import waiting_doubts
from coder.workflows.coding.session import CodingSession
from coder.workflows.suggesting.doubted_codings import doubted_codings, doubted_lines
from coder.workflows.suggesting.process import EngineProcess
from coder.workflows.suggesting.study_service import make_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.engine_messages import EngineEvent

TEXTS = [("Beds!",), ("beds",), ("Beds",), ("BEDS",), ("Staff",), ("staff",), ("Money",)]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder who coded three of four equal answers with beds, and one with money as well."""
    study = small_study(tmp_path / "study", texts=TEXTS, settings=Settings("Small", model="none"))
    session = CodingSession(study, "jo")
    session.code_many([1, 2, 3, 4], "beds")
    session.toggle(3, "money")
    session.toggle(4, "beds")
    session.toggle(4, "pay")
    for number in (1, 2, 3, 4, 5):
        session.confirm(number)
    yield session
    study.close()


def differing(session: CodingSession) -> list[tuple[int, str, str]]:
    """Return the differences that wait: answer, theme, what is doubted."""
    doubts = differing_codings(session.study.database, "jo", "Q1")
    return [(d.response, d.theme_id, d.kind) for d in waiting_doubts(session.standing, doubts)]


def test_the_fewer_are_asked_about(session: CodingSession) -> None:
    """A theme that fewer have may be wrong there; one that more have may be missing on the others."""
    assert sorted(differing(session)) == [(3, "money", "wrong"), (4, "beds", "missing"), (4, "pay", "wrong")]
    beds = next(d for d in differing_codings(session.study.database, "jo", "Q1") if d.theme_id == "beds")
    assert ground(beds) == "3 of 4 of the same words have it"


def test_what_is_settled_comes_no_more(session: CodingSession) -> None:
    """By a change, or by keeping it as it is; what is open again is none of it."""
    session.toggle(3, "money")
    session.keep(4, {"pay": "wrong"})
    assert differing(session) == [(4, "beds", "missing")]
    session.confirm(4, done=False)
    assert differing(session) == []


def test_of_those_coded_alike_one_stands_for_all(session: CodingSession) -> None:
    """What is decided about it goes to the others."""
    session.toggle(2, "money")
    session.toggle(1, "money")
    assert sorted(differing(session))[0] == (4, "beds", "missing")
    assert [answer for answer, theme, _ in differing(session) if theme == "money"] == [4]
    session.toggle(4, "money", listed=ALL)
    assert "money" not in [theme for _, theme, _ in differing(session)]


def test_alike_ones_and_other_coders_are_no_difference(session: CodingSession) -> None:
    """Each coder is compared with themselves."""
    sam = CodingSession(session.study, "sam")
    sam.nothing_here(1, listed=ALL)
    assert differing_codings(session.study.database, "sam", "Q1") == []


def test_the_command_line_lists_them(session: CodingSession) -> None:
    """Also where too few answers are confirmed for any other doubt."""
    doubts = doubted_codings(session.study, "jo", most=10, tell=print)
    assert len(doubts) == 3
    lines = list(doubted_lines(session.study, doubts))
    assert "R4.Q1.1  Beds: may be missing (3 of 4 of the same words have it)" in lines


def test_the_second_look_has_them_too(session: CodingSession) -> None:
    """The engine's process puts them before what it doubts itself."""
    study = session.study
    heard: list[EngineEvent] = []
    service = make_service(study, "jo", print)
    process = EngineProcess(service, {}, heard.append, lambda of: differing_codings(study.database, "jo", of))
    process._serve(TakeSecondLook("Q1"))
    while not heard:
        process._advance()
    (event,) = heard
    assert isinstance(event, SecondLookReady)
    assert len(event.doubted) == 3


def test_nothing_is_asked_twice() -> None:
    """A difference takes the place of the engine's doubt about the same."""
    difference, doubt, other = (
        Doubted(1, "pay", "wrong", 0.9, 0.1, 10),
        Doubted(1, "pay", "wrong", 0.8, 0.1),
        Doubted(2, "pay", "missing", 0.7, 0.7),
    )
    assert joined([difference], [doubt, other]) == [difference, other]
