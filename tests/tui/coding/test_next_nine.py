"""The next nine places on the number keys, and Space: take the first suggestion too, done, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import QuietEngine, changes_of, coding, marks_on, press, themes_on
from making import small_study
from plain_view import PlainView
from recode_study import split

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span
from coder.domain.engine_messages import SecondLookReady
from coder.domain.ranking import RankedResponse, Suggestion
from coder.domain.second_look import Doubted
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.store import kept_suggestions
from coder.tui.coding import choosing, moving, recode_queue, second_look
from coder.tui.coding.codebook_steps import undoing
from coder.tui.coding.texts.themes import theme_rows, themes_title
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from turned_clock import Clock

    from coder.workflows.study.study import Study

LOST, PAY, BEDS = 1, 2, 3
"""The numbers of the small study's first answers."""
MANY = tuple(f"t{number:02}" for number in range(1, 24))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study with 23 themes."""
    codebook = Codebook(tuple(Theme(name, f"Theme {name}") for name in MANY))
    study = small_study(tmp_path / "study", codebook=codebook)
    yield study
    study.close()


def ranked(study: Study) -> PlainView:
    """Return a view whose engine has ranked every answer: t01 first, then t02 ..."""
    view = PlainView(study)
    view.desk.advice.engine = QuietEngine()
    for number in (1, 2, 3, 5, 8):
        suggestions = tuple(Suggestion(name, 0.9 - place / 50) for place, name in enumerate(MANY))
        view.desk.advice.receive(RankedResponse(number, "learned", suggestions))
    view.show(view.desk.here.number)
    return view


def on_keys(view: PlainView) -> list[str]:
    """Return the themes on the number keys."""
    return [row.theme_id for row in theme_rows(view.desk)[0] if row.key]


def test_full_stop_puts_the_next_nine_on_the_keys(study: Study) -> None:
    """10 to 18, then 19 on; comma goes back; after a choice the first nine stand again."""
    view = ranked(study)
    assert on_keys(view) == list(MANY[:9])
    moving.turn(view, 1)
    assert on_keys(view) == list(MANY[9:18])
    assert themes_title(view.desk) == "Themes 10-18 · by past codings"
    moving.turn(view, 1)
    assert on_keys(view) == list(MANY[18:])
    assert themes_title(view.desk) == "Themes 19-23 · by past codings"
    moving.turn(view, 1)
    assert view.told == ["These are the last themes."]
    moving.turn(view, -1)
    choosing.choose(view, 3)
    assert list(themes_on(study, LOST)) == ["t12"]
    assert on_keys(view) == list(MANY[:9])
    (chosen,) = [row for row in theme_rows(view.desk)[0] if row.chosen]
    assert (chosen.theme_id, chosen.key, chosen.place) == ("t12", None, 12)
    moving.turn(view, -1)
    assert view.told[-1] == "These are the first nine."


def test_the_next_answer_begins_with_the_first_nine(study: Study) -> None:
    """A page belongs to the answer on which it was turned."""
    view = ranked(study)
    moving.turn(view, 1)
    moving.move(view, 1)
    assert on_keys(view) == list(MANY[:9])


def test_a_key_without_a_place_does_nothing(study: Study) -> None:
    """The last page is not full."""
    view = ranked(study)
    moving.turn(view, 1)
    moving.turn(view, 1)
    choosing.choose(view, 9)
    assert themes_on(study, LOST) == {}


def test_what_was_seen_beyond_nine_is_kept(study: Study) -> None:
    """A theme on place 12 was suggested; all 18 places that were on screen are kept with the decision."""
    view = ranked(study)
    moving.turn(view, 1)
    choosing.choose(view, 3)
    (change,) = changes_of(study, LOST)
    assert change.suggestion is not None
    assert (change.origin, change.suggestion.rank) == ("suggestion", 12)
    assert [kept.rank for kept in kept_suggestions.all_kept(study.database)] == list(range(1, 19))


async def test_places_are_shown_on_screen(study: Study) -> None:
    """The title says which places 1-9 are; a theme chosen from 10 on stands below the nine with its place."""
    async with coding(study) as (pilot, screen):
        place_12 = screen.desk.here.ranking.suggestions[11].theme_id
        await press(pilot, "full_stop")
        assert "10-18" in str(screen.panes.themes.border_title)
        assert screen.desk.here.cursor_theme == screen.desk.here.ranking.suggestions[9].theme_id
        await press(pilot, "3")
        assert list(themes_on(study, LOST)) == [place_12]
        line = "".join(segment.text for segment in screen.panes.themes.draw_line(9))
        assert line.startswith(f"12 ✓ Theme {place_12}")


def test_space_takes_the_first_done_and_goes_on(study: Study, clock: Clock) -> None:
    """One step, which u takes back whole, on the answer it was made; the log says that it came by Space."""
    view = ranked(study)
    clock.now += 1
    choosing.take_first_and_go(view)
    assert themes_on(study, LOST) == {"t01": ()}
    assert marks_on(study, LOST) == {"done": "1"}
    assert view.desk.here.number == PAY
    assert study.database.value("SELECT COUNT(*) FROM step") == 1
    theme_change = changes_of(study, LOST)[0]
    assert theme_change.suggestion is not None
    assert (theme_change.origin, theme_change.suggestion.rank) == ("space", 1)
    undoing.undo(view)
    assert view.desk.here.number == LOST
    assert (themes_on(study, LOST), marks_on(study, LOST)) == ({}, {})
    undoing.redo(view)
    assert (list(themes_on(study, LOST)), marks_on(study, LOST)) == (["t01"], {"done": "1"})


def test_themes_chosen_before_space_stay(study: Study, clock: Clock) -> None:
    """`2 Space` gives both; where the first is chosen already Space is Enter."""
    view = ranked(study)
    clock.now += 1
    choosing.choose(view, 2)
    choosing.take_first_and_go(view)
    assert set(themes_on(study, LOST)) == {"t01", "t02"}
    clock.now += 1
    choosing.choose(view, 1)
    choosing.take_first_and_go(view)
    assert (list(themes_on(study, PAY)), marks_on(study, PAY)) == (["t01"], {"done": "1"})
    assert changes_of(study, PAY)[0].origin == "suggestion"


def test_a_held_space_codes_nothing(study: Study, clock: Clock) -> None:
    """The answers that it runs over are left open: none has been on screen for 300 ms."""
    view = ranked(study)
    clock.now += 1
    for _ in range(4):
        choosing.take_first_and_go(view)
        clock.now += 0.03
    assert study.database.value("SELECT COUNT(*) FROM step") == 1
    assert "has not been on its key, so nothing was taken: left open" in view.told[-1]


def test_an_order_that_has_just_come_is_not_taken_unseen(study: Study, clock: Clock) -> None:
    """The answer may have been there for longer: it is the suggestion that has to stand."""
    view = ranked(study)
    clock.now += 0.25
    reverse = tuple(Suggestion(name, 0.5) for name in reversed(MANY))
    view.desk.advice.receive(RankedResponse(LOST, "learned", reverse))
    view.desk.rerank()
    clock.now += 0.1
    choosing.take_first_and_go(view)
    assert themes_on(study, LOST) == {}


def test_space_is_enter_before_the_engine_has_ranked(study: Study, clock: Clock) -> None:
    """While one runs, words alone are no ranking to agree to; it is said why nothing was taken."""
    view = PlainView(study)
    view.desk.advice.engine = QuietEngine()
    clock.now += 1
    choosing.take_first_and_go(view)
    assert (themes_on(study, LOST), view.desk.here.number) == ({}, PAY)
    left_open = "left open. Press n where there is nothing to code."
    assert view.told[-1] == f"Not ranked yet, so nothing was taken: {left_open}"


def test_without_an_engine_words_that_meet_are_a_ranking(tmp_path: Path, clock: Clock) -> None:
    """And where no theme has a word of the answer, there is none."""
    study = small_study(tmp_path / "plain")
    view = PlainView(study)
    clock.now += 1
    first = view.desk.here.ranking.suggestions[0]
    assert first.strength
    choosing.take_first_and_go(view)
    assert list(themes_on(study, LOST)) == [first.theme_id]
    view.show(8)
    clock.now += 1
    assert not view.desk.here.ranking.suggestions[0].strength
    choosing.take_first_and_go(view)
    assert themes_on(study, 8) == {}
    study.close()


def test_space_is_enter_where_suggestions_are_hidden(tmp_path: Path, clock: Clock) -> None:
    """Nobody agrees to what nobody sees."""
    settings = Settings("Small", hide_until_first_choice=True)
    study = small_study(tmp_path / "hidden", settings=settings)
    view = PlainView(study)
    clock.now += 1
    choosing.take_first_and_go(view)
    assert (themes_on(study, LOST), view.desk.here.number) == ({}, PAY)
    study.close()


def test_space_is_enter_in_the_second_look(study: Study, clock: Clock) -> None:
    """There a question is asked; Space keeps the coding as Enter does, and adds nothing."""
    session = CodingSession(study, "jo")
    session.toggle(BEDS, "t05")
    session.confirm(BEDS)
    view = ranked(study)
    doubt = Doubted(BEDS, "t05", "wrong", 0.9, 0.1)
    second_look.receive_second_look(view, SecondLookReady("Q1", (doubt,)))
    assert view.desk.here.number == BEDS
    clock.now += 1
    choosing.take_first_and_go(view)
    assert list(themes_on(study, BEDS)) == ["t05"]
    assert view.desk.session.standing(BEDS).settled_doubts == {"t05": "wrong"}


def test_space_is_enter_in_the_queue_to_be_recoded(tmp_path: Path, clock: Clock) -> None:
    """There a theme is asked about: Space takes none of its parts, and says what Enter says."""
    study = small_study(tmp_path / "split")
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    session.confirm(LOST)
    split(study)
    view = PlainView(study)
    recode_queue.open_or_leave(view)
    assert view.desk.here.number == LOST
    clock.now += 1
    with pytest.raises(CoderError, match="split"):
        choosing.take_first_and_go(view)
    assert list(themes_on(study, LOST)) == ["staff"]
    study.close()


def test_space_leaves_done_answers_as_they_are(study: Study, clock: Clock) -> None:
    """Also where nothing was in one: what was decided is not decided anew in passing."""
    view = ranked(study)
    choosing.nothing(view)
    moving.move(view, -1)
    clock.now += 1
    choosing.take_first_and_go(view)
    assert (themes_on(study, LOST), marks_on(study, LOST)) == ({}, {"done": "1"})


def test_space_is_enter_on_a_turned_page(study: Study, clock: Clock) -> None:
    """The first suggestion is not on screen there."""
    view = ranked(study)
    clock.now += 1
    moving.turn(view, 1)
    choosing.take_first_and_go(view)
    assert themes_on(study, LOST) == {}


def test_selected_words_carry_the_suggestion_that_space_takes(study: Study, clock: Clock) -> None:
    """As they do where a number key takes it."""
    view = ranked(study)
    clock.now += 1
    moving.select(view, Span(3, 17))
    choosing.take_first_and_go(view)
    assert themes_on(study, LOST) == {"t01": (Span(3, 17),)}


def test_a_theme_chosen_elsewhere_meanwhile_is_no_reason_to_fail(study: Study, clock: Clock) -> None:
    """Another program of the same coder may have been here: the answer is done with what stands."""
    view = ranked(study)
    clock.now += 1
    CodingSession(study, "jo").toggle(LOST, "t01")
    choosing.take_first_and_go(view)
    assert (list(themes_on(study, LOST)), marks_on(study, LOST)) == (["t01"], {"done": "1"})
