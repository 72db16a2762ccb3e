"""What each key press does, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codebook import Codebook
from coder.domain.codings import Coding, PickedWords, Span, SuggestionSeen
from coder.domain.standing import Standing
from coder.errors import CoderError
from coder.store import codings, log
from coder.workflows.coding.session import CodingSession, StepOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a small study."""
    study = small_study(tmp_path / "study")
    yield CodingSession(study, "jo")
    study.close()


def test_a_theme_is_chosen_and_taken_away(session: CodingSession) -> None:
    """One key does both, and says which in words."""
    assert session.toggle(1, "pay") == StepOutcome("+ Pay on R1.Q1.1", (1,))
    assert session.standing(1).theme_ids == ("pay",)
    assert session.toggle(1, "pay") == StepOutcome("- Pay on R1.Q1.1", (1,))
    assert session.standing(1) == Standing(1)


def test_what_was_on_screen_is_kept(session: CodingSession) -> None:
    """The log knows whether suggestions were shown, and where the theme stood among them."""
    session.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(2, 0.25))
    session.toggle(1, "beds", suggestion=SuggestionSeen())
    session.toggle(1, "money")
    assert [(c.origin, c.suggestion) for _, c in log.history(session.study.database, 1)] == [
        ("suggestion", SuggestionSeen(2, 0.25)),
        ("hand", SuggestionSeen()),
        ("hand", None),
    ]


def test_words_are_marked_and_marked_anew(session: CodingSession) -> None:
    """Marking words chooses the theme; marking others replaces them; none means the whole response."""
    session.mark_spans(1, "pay", [Span(8, 12), Span(0, 2)])
    assert session.standing(1).spans == {"pay": (Span(0, 2), Span(8, 12))}
    assert session.mark_spans(1, "pay", []).label == "words of Pay in R1.Q1.1"
    assert session.standing(1).spans == {"pay": ()}


def test_a_step_that_chooses_a_theme_by_its_words_says_so(session: CodingSession) -> None:
    """What undo takes back is the theme itself, not its words alone."""
    assert session.mark_spans(1, "pay", [Span(0, 2)]).label == "+ Pay on R1.Q1.1"
    undone = session.undo()
    assert undone is not None
    assert undone.label == "+ Pay on R1.Q1.1"
    assert session.standing(1).spans == {}


def test_words_leave_an_accepted_suggestion_one(session: CodingSession) -> None:
    """Marking the words of an accepted suggestion does not make it the coder's own idea."""
    session.toggle(1, "pay", origin="suggestion", suggestion=SuggestionSeen(1, 0.9))
    session.mark_spans(1, "pay", [Span(0, 2)])
    expected = Coding(1, "pay", "jo", (Span(0, 2),), "suggestion", "person")
    assert codings.codings_of(session.study.database, 1) == [expected]


def test_undo_brings_back_how_a_coding_came_about(session: CodingSession) -> None:
    """A coding that is restored has its origin and its words."""
    session.toggle(1, "pay", origin="suggestion", words=PickedWords((Span(0, 2),), "engine"))
    session.nothing_here(1)
    session.undo()
    expected = Coding(1, "pay", "jo", (Span(0, 2),), "suggestion", "engine")
    assert codings.codings_of(session.study.database, 1) == [expected]


def test_several_are_coded_in_one_step(session: CodingSession) -> None:
    """Those that have the theme stay as they are, repeats count once, and one undo takes all back."""
    session.toggle(3, "beds")
    outcome = session.code_many([1, 3, 2, 1], "beds")
    assert outcome == StepOutcome("+ Beds on 2 answers", (1, 2))
    assert session.undo() == StepOutcome("+ Beds on 2 answers", (2, 1))
    assert [number for number in range(1, 11) if session.standing(number).spans] == [3]


def test_a_step_on_one_of_several_names_it(session: CodingSession) -> None:
    """As the history lists it: which answer it was says more than that it was one."""
    session.toggle(3, "beds")
    assert session.code_many([3, 1], "beds").label == "+ Beds on R1.Q1.1"
    assert session.uncode_many([3], None).label == "nothing here on R2.Q1.1"


def test_nothing_here_clears_and_confirms(session: CodingSession) -> None:
    """Themes go, other marks stay, and the response is done."""
    session.toggle(1, "pay")
    session.toggle_flag(1)
    session.nothing_here(1)
    assert session.standing(1) == Standing(1, done=True, flag=True)


def test_done_and_open_again(session: CodingSession) -> None:
    """A response is confirmed and opened again; saying so twice is no step."""
    session.confirm(1)
    assert session.confirm(1) == StepOutcome("done: R1.Q1.1", ())
    session.confirm(1, done=False)
    assert session.standing(1) == Standing(1)
    assert session.study.database.value("SELECT COUNT(*) FROM step") == 2


def test_memos_on_responses_and_codings(session: CodingSession) -> None:
    """A memo is written, changed and removed, on the response or on a theme of it."""
    session.write_memo(1, " agency again \n")
    session.write_memo(1, "which grade?", "pay")
    standing = session.standing(1)
    assert (standing.memo, standing.theme_memos) == ("agency again", {"pay": "which grade?"})
    session.write_memo(1, "  ")
    assert session.standing(1).memo == ""


def test_each_coder_has_their_own(session: CodingSession) -> None:
    """What another coder does is theirs alone, and undo leaves it."""
    sam = CodingSession(session.study, "sam")
    session.toggle(1, "pay")
    sam.toggle(1, "beds")
    assert session.standing(1).theme_ids == ("pay",)
    assert sam.standing(1).theme_ids == ("beds",)
    session.undo()
    assert session.undo() is None
    assert sam.standing(1).theme_ids == ("beds",)


def test_nothing_to_undo_or_redo(session: CodingSession) -> None:
    """At the beginning, and after something new, there is nothing to go to."""
    assert session.undo() is None
    assert session.redo() is None
    session.toggle(1, "pay")
    session.undo()
    session.toggle(1, "beds")
    assert session.redo() is None


def test_where_somebody_was_last(session: CodingSession) -> None:
    """The response changed last is found, undo included."""
    database = session.study.database
    assert log.last_touched(database, "jo") is None
    session.toggle(1, "pay")
    session.toggle(4, "pay")
    assert log.last_touched(database, "jo") == 4
    session.undo()
    session.undo()
    assert log.last_touched(database, "jo") == 1


def test_undo_and_redo_bring_back_no_theme_that_the_codebook_lost(session: CodingSession) -> None:
    """A theme nobody used may be taken out of the codebook; steps that need it are refused, not half done."""
    study = session.study
    session.toggle(1, "pay")
    session.undo()
    study.codebook = Codebook(tuple(theme for theme in study.codebook if theme.id != "pay"))
    with pytest.raises(CoderError, match="'pay', which the codebook lacks"):
        session.redo()
    assert session.standing(1) == Standing(1)
    session.toggle(1, "beds")
    assert session.undo() is not None
    assert session.standing(1) == Standing(1)
