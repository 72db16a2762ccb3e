"""Keys never move under the fingers: what stands on 1-9 stays, once it could be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_study import themes_on
from making import small_study
from plain_view import PlainView

from coder.domain.codebook import Codebook, Theme
from coder.domain.filters import Filter
from coder.domain.ranking import RankedResponse, Suggestion
from coder.domain.study_settings import Settings
from coder.tui.coding import choosing, moving
from coder.tui.coding.codebook_steps import undoing
from coder.tui.coding.key_order import FREE, in_front, places_kept
from coder.tui.coding.suggestions import Ranking, Suggested
from coder.tui.coding.texts.themes import theme_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from turned_clock import Clock

    from coder.workflows.study.study import Study

LOST, PAY = 1, 2
"""The numbers of the small study's first answers."""
THEMES = tuple(Theme(name, name.title()) for name in ("ward", "food", "pay", "beds", "time", "staff"))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Open a small study with six themes."""
    study = small_study(tmp_path / "study", codebook=Codebook(THEMES))
    yield study
    study.close()


def keys(view: PlainView) -> list[str]:
    """Return the themes on the number keys."""
    return [row.theme_id for row in theme_rows(view.desk)[0]]


def rank(view: PlainView, response: int, *theme_ids: str) -> None:
    """Let the engine rank an answer, as when its message comes."""
    suggestions = tuple(Suggestion(theme_id, 0.9 - place / 10) for place, theme_id in enumerate(theme_ids))
    view.desk.advice.receive(RankedResponse(response, "learned", suggestions))
    if response == view.desk.here.number:
        view.desk.rerank()


def test_a_better_order_comes_with_the_next_answer(study: Study, clock: Clock) -> None:
    """Seen once: key 5 changed in the first second. What has stood for 300 ms stays."""
    view = PlainView(study)
    on_screen = keys(view)
    newer = on_screen[::-1]
    clock.now += 0.31
    rank(view, LOST, *newer)
    assert keys(view) == on_screen
    choosing.choose(view, 5)
    assert list(themes_on(study, LOST)) == [on_screen[4]]
    rank(view, PAY, *newer)
    choosing.done_and_next(view)
    assert keys(view) == newer


def test_an_order_that_nobody_can_have_seen_may_change(study: Study, clock: Clock) -> None:
    """In the first 300 ms the better order is shown, and a key still means the one before for 300 ms."""
    view = PlainView(study)
    on_screen = keys(view)
    clock.now += 0.2
    newer = on_screen[::-1]
    rank(view, LOST, *newer)
    assert keys(view) == newer
    clock.now += 0.2
    choosing.choose(view, 1)
    assert list(themes_on(study, LOST)) == [on_screen[0]]
    clock.now += 0.2
    choosing.choose(view, 1)
    assert set(themes_on(study, LOST)) == {on_screen[0], newer[0]}


def test_a_new_theme_leaves_the_others_where_they_are(study: Study, clock: Clock) -> None:
    """Seen once: making one put all themes back to the order by words, there and on the next answers."""
    view = PlainView(study)
    newer = [theme.id for theme in reversed(THEMES)]
    for number in (LOST, PAY):
        rank(view, number, *newer)
    clock.now += 0.4
    view.desk.advice.revise(Codebook((*THEMES[:3], Theme("new", "New"), *THEMES[3:])))
    study.codebook = view.desk.advice.codebook
    view.desk.rerank()
    assert keys(view) == [*newer, "new"]
    assert view.desk.here.ranking.stage == "learned"
    moving.move(view, 1)
    assert keys(view) == [*newer, "new"]
    assert view.desk.here.ranking.stage == "learned"


def test_a_theme_that_goes_leaves_its_key_free(study: Study, clock: Clock) -> None:
    """Its key does nothing; the next theme that comes takes it."""
    view = PlainView(study)
    on_screen = keys(view)
    clock.now += 0.4
    second = on_screen[1]
    study.codebook = Codebook(tuple(theme for theme in THEMES if theme.id != second))
    view.desk.advice.revise(study.codebook)
    view.desk.rerank()
    assert keys(view) == [on_screen[0], "", *on_screen[2:]]
    choosing.choose(view, 2)
    assert themes_on(study, LOST) == {}
    study.codebook = Codebook((*study.codebook, Theme("new", "New")))
    view.desk.advice.revise(study.codebook)
    view.desk.rerank()
    assert keys(view) == [on_screen[0], "new", *on_screen[2:]]


def test_opening_an_answer_again_moves_nothing(study: Study, clock: Clock) -> None:
    """Also when the engine has learned its themes meanwhile: `o`, then the same key takes off."""
    view = PlainView(study)
    clock.now += 1
    on_screen = keys(view)
    choosing.choose(view, 3)
    view.stepped(view.desk.session.confirm(LOST))
    rank(view, LOST, on_screen[2], *(theme_id for theme_id in on_screen if theme_id != on_screen[2]))
    choosing.reopen(view)
    assert keys(view) == on_screen
    choosing.choose(view, 3)
    assert themes_on(study, LOST) == {}


def test_undo_brings_back_the_order_in_which_an_answer_was_left(study: Study, clock: Clock) -> None:
    """Who takes a choice back presses the key beside it next, from memory; coming by itself orders anew."""
    view = PlainView(study)
    clock.now += 1
    on_screen = keys(view)
    choosing.choose(view, 1)
    choosing.done_and_next(view)
    assert view.desk.here.number != LOST
    rank(view, LOST, *on_screen[::-1])
    clock.now += 1
    undoing.undo(view)
    assert (view.desk.here.number, keys(view)) == (LOST, on_screen)
    assert not view.desk.here.has_stood
    rank(view, LOST, *on_screen[1:], on_screen[0])
    assert keys(view) == on_screen
    undoing.undo(view)
    choosing.choose(view, 2)
    assert view.desk.here.standing.theme_ids == (on_screen[1],)
    undoing.undo(view)
    view.show(PAY)
    view.show(LOST)
    assert keys(view) == [*on_screen[1:], on_screen[0]]


def test_where_there_is_nowhere_to_go_nothing_moves(study: Study, clock: Clock) -> None:
    """The answer on screen is put there again: by a move beyond the list, by a filter that passes it."""
    view = PlainView(study)
    clock.now += 1
    on_screen = keys(view)
    rank(view, LOST, *on_screen[::-1])
    moving.move(view, -1)
    assert keys(view) == on_screen
    moving.apply_filter(view, Filter("Q1", text="staff"))
    assert (view.desk.here.number, keys(view)) == (LOST, on_screen)
    moving.escape(view)
    view.show(PAY)
    view.show(LOST)
    assert keys(view) == on_screen[::-1]


def test_the_themes_of_a_done_answer_stand_first_when_one_comes_back(study: Study, clock: Clock) -> None:
    """Seen once: a third theme was added where one of two should have been taken off."""
    view = PlainView(study)
    clock.now += 1
    on_screen = keys(view)
    for key in (2, 5):
        choosing.choose(view, key)
    choosing.done_and_next(view)
    rank(view, LOST, *on_screen[::-1])
    moving.move(view, -1)
    assert view.desk.here.number == LOST
    # In the order of the newest ranking, which puts the fifth before the second.
    assert keys(view)[:2] == [on_screen[4], on_screen[1]]
    clock.now += 1
    choosing.reopen(view)
    choosing.choose(view, 2)
    assert list(themes_on(study, LOST)) == [on_screen[4]]


def test_hidden_suggestions_are_free_to_get_better(tmp_path: Path, clock: Clock) -> None:
    """They are on no key: the order that appears after the first choice is the best there is by then."""
    settings = Settings("Small", hide_until_first_choice=True)
    study = small_study(tmp_path / "hidden", codebook=Codebook(THEMES), settings=settings)
    view = PlainView(study)
    clock.now += 1
    newer = [theme.id for theme in reversed(THEMES)]
    rank(view, LOST, *newer)
    assert keys(view) == []
    choosing.toggle(view, "food")
    assert keys(view) == newer
    rank(view, LOST, *newer[::-1])
    assert keys(view) == newer
    study.close()


def test_a_net_is_on_no_key_unless_the_codebook_says_so(tmp_path: Path) -> None:
    """A net groups its themes; `codable` says that it is chosen itself."""
    codebook = Codebook(
        (
            Theme("places", "Places", codable=False),
            Theme("ward", "Ward", parent="places"),
            Theme("money", "Money", codable=True),
            Theme("pay", "Pay", parent="money"),
        )
    )
    study = small_study(tmp_path / "nets", codebook=codebook)
    assert sorted(keys(PlainView(study))) == ["money", "pay", "ward"]
    study.close()


def test_places_are_kept() -> None:
    """Themes that went leave free places, new ones take them in order; free places at the end go."""
    on_screen = Ranking("learned", tuple(Suggested(name, 0.5) for name in "abcd"))
    newer = Ranking("learned", (Suggested("e", 0.9), Suggested("c", 0.1)))
    kept = places_kept(on_screen, newer)
    assert [suggested.theme_id for suggested in kept.suggestions] == ["e", "", "c"]
    assert kept.suggestions[2].strength == 0.5
    assert places_kept(kept, newer) == kept
    assert kept.suggestions[1] == FREE


def test_what_is_asked_about_stands_before_what_is_chosen() -> None:
    """Choices of a question, then the theme in question, then themes that stand, then the others."""
    ranking = Ranking("learned", tuple(Suggested(name, 0.5) for name in "abcd"))
    ordered = in_front(ranking, {"x": ("d", "c")}, ("z", "b"))
    assert [suggested.theme_id for suggested in ordered.suggestions] == ["c", "d", "x", "b", "z", "a"]
