"""What is kept of the suggestions when an answer is first decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codings import SuggestionSeen
from coder.domain.exposures import Exposure
from coder.domain.standing import Standing
from coder.store import checks, kept_suggestions
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEN = Exposure(1, "random", (("pay", 0.75), ("beds", 0.25)))
HIDDEN = Exposure(1, "file", SEEN.suggestions, on_screen=False)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a small study."""
    study = small_study(tmp_path / "study")
    yield CodingSession(study, "jo")
    study.close()


def kept(session: CodingSession) -> list[tuple[int, bool, int, str, float | None]]:
    """Return what is kept: step, whether it was on screen, rank, theme, probability."""
    found = kept_suggestions.all_kept(session.study.database)
    return [(e.step, e.on_screen, e.rank, e.theme_id, e.probability) for e in found]


def test_the_first_decision_keeps_what_was_suggested(session: CodingSession) -> None:
    """Every suggestion on screen is kept once for an answer, with its place and probability."""
    session.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(1, 0.75), exposure=SEEN)
    session.toggle(1, "money", exposure=SEEN)
    session.confirm(1, exposure=SEEN)
    assert kept(session) == [(1, True, 1, "pay", 0.75), (1, True, 2, "beds", 0.25)]


@pytest.mark.parametrize("decide", ["nothing_here", "confirm"])
def test_any_decision_is_a_first_one(session: CodingSession, decide: str) -> None:
    """Nothing here, and done, keep what was suggested as a theme chosen does."""
    getattr(session, decide)(1, exposure=SEEN)
    assert [row[3] for row in kept(session)] == ["pay", "beds"]


def test_how_an_answer_came_up_is_kept(session: CodingSession) -> None:
    """Each step knows by which order its answer came before the coder; others know nothing of it."""
    session.toggle(1, "pay", exposure=SEEN)
    session.confirm(1, exposure=Exposure(1, "picked"))
    session.toggle_flag(1)
    session.undo()
    rows = session.study.database.rows("SELECT came_by FROM step ORDER BY number")
    assert [came_by for (came_by,) in rows] == ["random", "picked", "", ""]


def test_an_answer_coded_before_keeps_nothing(session: CodingSession) -> None:
    """Where a theme stood already the engine had learned it: what it then suggests says nothing."""
    session.code_many([1], "beds")
    session.toggle(1, "pay", exposure=SEEN)
    assert kept(session) == []


def test_a_decision_taken_back_is_none(session: CodingSession) -> None:
    """What was kept with a step that was undone does not count, and the next decision keeps it anew."""
    session.toggle(1, "pay", exposure=SEEN)
    session.undo()
    assert kept(session) == []
    session.toggle(1, "beds", exposure=SEEN)
    assert {row[0] for row in kept(session)} == {3}


def test_hidden_suggestions_are_kept_as_hidden(session: CodingSession) -> None:
    """Suggestions hidden until the first choice are kept as such, and once more when they appear."""
    session.toggle(1, "money", exposure=HIDDEN)
    session.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(1, 0.75), exposure=SEEN)
    session.confirm(1, exposure=SEEN)
    assert [row[:2] for row in kept(session)] == [(1, False)] * 2 + [(2, True)] * 2


def test_each_coder_has_decisions_of_their_own(session: CodingSession) -> None:
    """What one coder saw keeps nothing of another from being kept."""
    session.toggle(1, "pay", exposure=SEEN)
    CodingSession(session.study, "sam").toggle(1, "beds", exposure=SEEN)
    found = kept_suggestions.all_kept(session.study.database, "sam", "Q1")
    assert [(e.coder_id, e.step) for e in found] == [("sam", 2), ("sam", 2)]
    assert kept_suggestions.all_kept(session.study.database, "sam", "Q9") == []


def test_what_is_kept_in_the_second_look_is_forgotten_with_its_coding(session: CodingSession) -> None:
    """Keep is a step like any other; once the coding changes, the doubt may come again."""
    session.toggle(1, "pay")
    assert session.keep(1, {"pay": "wrong"}).label == "kept: + Pay on R1.Q1.1"
    session.keep(1, {"beds": "missing"})
    assert session.standing(1).settled_doubts == {"pay": "wrong", "beds": "missing"}
    session.toggle(1, "pay")
    session.code_many([1], "beds")
    assert session.standing(1).settled_doubts == {}
    session.undo()
    session.undo()
    assert session.standing(1) == Standing(1, {"pay": ()}, settled_doubts={"pay": "wrong", "beds": "missing"})
    session.nothing_here(1)
    assert session.standing(1).settled_doubts == {"beds": "missing"}
    session.mark_spans(1, "beds", [])
    assert session.standing(1).settled_doubts == {}
    assert checks.faults(session.study.database) == []
