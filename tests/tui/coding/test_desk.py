"""The desk and the actions on it, without a screen: what one coder has before them, and the ways through."""

from __future__ import annotations

import ast
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from coding_study import marks_on, themes_on
from making import small_study
from plain_view import PlainView
from recode_study import split

import coder.tui.coding
from coder.domain.codings import Span
from coder.domain.engine_messages import SecondLookReady
from coder.domain.filters import Filter
from coder.domain.ranking import RankedResponse, Suggestion
from coder.domain.second_look import Doubted
from coder.tui.coding import choosing, moving, recode_queue, second_look, words
from coder.tui.coding.codebook_steps import undoing
from coder.tui.coding.desk import REACTION, AtAnswer
from coder.tui.coding.modes import Browsing, RecodeQueue, SecondLook
from coder.tui.coding.suggestions import Ranking
from coder.tui.coding.texts.answer import answer_content
from coder.tui.coding.texts.status import list_title
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, NOBODY = 1, 2, 3, 5, 8
"""The numbers of the small study's answers."""
FOLDER = Path(coder.tui.coding.__file__).parent


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def on_key(view: CodingView, key: int) -> str:
    """Return the theme on a number key."""
    return view.desk.here.ranking.suggestions[key - 1].theme_id


def test_a_study_is_coded_without_a_screen(study: Study) -> None:
    """Keys 1 and Enter through all answers, nothing at the last: stored as from the screen, and told done."""
    view = PlainView(study)
    expected = {}
    for number in (LOST, PAY, BEDS, BUDGETS):
        assert view.desk.here.number == number
        expected[number] = on_key(view, 1)
        choosing.choose(view, 1)
        choosing.done_and_next(view)
    assert view.desk.here.number == NOBODY
    choosing.nothing(view)
    assert {number: list(themes_on(study, number)) for number in expected} == {
        number: [theme_id] for number, theme_id in expected.items()
    }
    assert themes_on(study, NOBODY) == {}
    assert all(marks_on(study, number) == {"done": "1"} for number in (*expected, NOBODY))
    assert view.told[-1] == "Every answer to Q1 is done. ] goes to the next question, t shows the tables."
    assert (view.desk.progress.done, view.desk.sitting.confirmed) == (5, 5)


def test_undo_goes_to_the_answer_it_touches(study: Study) -> None:
    """The step taken back is shown where it was made, and the way back leads to where one was."""
    view = PlainView(study)
    choosing.choose(view, 1)
    choosing.done_and_next(view)
    undoing.undo(view)
    assert (view.desk.here.number, view.desk.here.standing.done) == (LOST, False)
    moving.back(view)
    assert view.desk.here.number == PAY


def test_selected_words_carry_the_theme_chosen_next(study: Study) -> None:
    """Once it is chosen nothing is selected any more."""
    view = PlainView(study)
    moving.select(view, Span(3, 17))
    assert answer_content(view.desk).selected == Span(3, 17)
    choosing.toggle(view, "staff")
    assert themes_on(study, LOST) == {"staff": (Span(3, 17),)}
    assert view.desk.here.selected is None


def test_another_answer_begins_with_nothing_of_the_one_before(study: Study) -> None:
    """Selection, cursor and touch belong to one answer, also where the next says the same words."""
    view = PlainView(study)
    choosing.toggle(view, "beds")
    moving.select(view, Span(0, 2))
    moving.move_cursor(view, 2)
    view.show(PAY)
    here = view.desk.here
    assert (here.selected, here.touched, here.words.moving) == (None, False, None)
    assert here.cursor_theme == on_key(view, 1)


def test_a_key_just_after_a_new_order_means_the_one_before(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a moment; then the order on screen holds."""
    now = [100.0]
    monkeypatch.setattr("coder.tui.coding.desk.time.monotonic", lambda: now[0])
    view = PlainView(study)
    former = view.desk.here.ranking
    newer = Ranking("learned", tuple(reversed(former.suggestions)))
    monkeypatch.setattr(view.desk.advice, "ranking", lambda _: newer)
    view.desk.rerank()
    assert view.desk.here.ranking == newer
    assert view.desk.here.seen_ranking() == former
    now[0] += 2 * REACTION
    assert view.desk.here.seen_ranking() == newer


def test_what_is_at_an_answer_is_a_value() -> None:
    """Nobody can change it in passing."""
    with pytest.raises(FrozenInstanceError):
        AtAnswer().touched = True  # type: ignore[misc]


def test_the_desk_alone_changes_the_desk() -> None:
    """No other file of the coding screen assigns to the desk, or to anything that it holds."""
    assigned = {
        f"{path.name}: {ast.unparse(node)}"
        for path in FOLDER.rglob("*.py")
        if path.name != "desk.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and {"desk", "here", "listing"} & set(ast.unparse(node.value).split("."))
    }
    assert assigned == set()


def test_an_answer_confirmed_elsewhere_meanwhile_is_done(study: Study) -> None:
    """Enter on it goes on, and says nothing of an answer left open."""
    view = PlainView(study)
    another_program = CodingSession(study, "jo")
    another_program.toggle(LOST, "beds")
    another_program.confirm(LOST)
    choosing.toggle(view, "staff")
    another_program.confirm(LOST)
    view.unsay()
    choosing.done_and_next(view)
    assert view.told == []
    assert view.desk.here.number == PAY


def test_the_same_answer_shown_again_keeps_its_selection(study: Study) -> None:
    """As at the end of a list, where there is nowhere to go."""
    view = PlainView(study)
    moving.select(view, Span(0, 2))
    moving.move(view, -1)
    assert (view.desk.here.number, view.desk.here.selected) == (LOST, Span(0, 2))


def test_what_a_revision_settles_is_not_left_in_a_second_look(study: Study) -> None:
    """Once the standing is read anew, an answer without a doubt that waits is not come to again."""
    session = CodingSession(study, "jo")
    session.toggle(BEDS, "beds")
    session.confirm(BEDS)
    view = PlainView(study)
    doubt = Doubted(BEDS, "beds", "wrong", 0.9, 0.1)
    second_look.receive_second_look(view, SecondLookReady("Q1", (doubt,)))
    session.toggle(BEDS, "beds")
    view.desk.look_again()
    assert list_title(view.desk) == "Second look: 0 of 1 left"


def test_the_queue_is_a_mode_with_a_way_back(study: Study) -> None:
    """It knows how much is left and where one was; narrowing it further keeps both."""
    session = CodingSession(study, "jo")
    for number in (LOST, PAY):
        session.toggle(number, "staff")
        session.confirm(number)
    split(study)
    view = PlainView(study)
    assert isinstance(view.desk.mode, Browsing)
    recode_queue.open_or_leave(view)
    assert isinstance(view.desk.mode, RecodeQueue)
    assert (view.desk.here.number, view.desk.here.came_by) == (LOST, "recode")
    assert list_title(view.desk) == "2 of 2 to be recoded"
    moving.apply_filter(view, Filter("Q1", show="recode", text="pay"))
    assert (view.desk.here.number, list_title(view.desk)) == (PAY, "1 to be recoded · “pay”")
    moving.escape(view)
    assert isinstance(view.desk.mode, Browsing)
    assert (view.desk.listing.filter, view.desk.here.number) == (Filter("Q1"), BEDS)


def test_a_second_look_from_the_queue_leads_back_into_it(study: Study) -> None:
    """Modes nest: the queue is there again, with its own way back to where one was before."""
    session = CodingSession(study, "jo")
    for number in (LOST, PAY):
        session.toggle(number, "staff")
        session.confirm(number)
    session.toggle(BEDS, "beds")
    session.confirm(BEDS)
    split(study)
    view = PlainView(study)
    recode_queue.open_or_leave(view)
    doubt = Doubted(BEDS, "beds", "wrong", 0.9, 0.1)
    second_look.receive_second_look(view, SecondLookReady("Q1", (doubt,)))
    assert isinstance(view.desk.mode, SecondLook)
    assert (view.desk.here.number, view.desk.here.came_by) == (BEDS, "check")
    assert list_title(view.desk) == "Second look: 1 of 1 left"
    choosing.done_and_next(view)
    assert view.told[-1] == "That was all. c looks again; u takes back the last answer."
    assert isinstance(view.desk.mode, RecodeQueue)
    assert view.desk.here.number == LOST
    moving.escape(view)
    assert (view.desk.listing.filter, view.desk.here.number) == (Filter("Q1"), BUDGETS)


def test_words_that_the_program_put_there_make_room_for_selected_ones(study: Study) -> None:
    """What was offered is replaced; what a coder marked stays beside it."""
    view = PlainView(study)
    view.desk.advice.receive_spans(LOST, {"staff": (Span(0, 17), Span(18, 28))})
    view.desk.advice.receive(RankedResponse(LOST, "learned", (Suggestion("staff", 0.9),)))
    view.show(LOST)
    choosing.choose(view, 1)
    assert themes_on(study, LOST) == {"staff": (Span(0, 17),)}
    words.move_words(view, 1)
    assert themes_on(study, LOST) == {"staff": (Span(18, 28),)}
    assert view.panes.revealed[-1] == (Span(18, 28),)
    moving.select(view, Span(29, 38))
    choosing.toggle(view, "staff")
    assert themes_on(study, LOST) == {"staff": (Span(29, 38),)}
    moving.select(view, Span(0, 2))
    choosing.toggle(view, "staff")
    assert themes_on(study, LOST) == {"staff": (Span(0, 2), Span(29, 38))}
