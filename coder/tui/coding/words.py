"""The words kept with codings: those of a suggestion that is accepted, and the keys that move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.tui.coding.actions import put_cursor
from coder.tui.coding.exposing import seen, shown
from coder.workflows.coding.word_places import turns, words_of_suggestion

if TYPE_CHECKING:
    from coder.domain.codings import Span
    from coder.tui.coding.screen import CodingScreen

Words = tuple["Span", ...]


@dataclass
class WordsHere:
    """What was done with words on the answer on screen, by theme."""

    moving: str | None = None
    """The theme chosen last, or come to with the cursor since: its words are moved."""
    offered: dict[str, set[Words]] = field(default_factory=dict)
    """Words that the program put there; those that a coder selects take their place."""
    turns: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    """Where words can be moved; it stays as it is while they are moved, whatever the engine learns."""


def words_to_keep(screen: CodingScreen, theme_id: str) -> Words:
    """Return the words that a theme keeps if its suggestion is accepted now; none if they are not at hand."""
    if screen.response is None or not screen.study.settings.keep_suggested_words:
        return ()
    places = screen.advice.places(screen.response.number, theme_id)
    words = words_of_suggestion(screen.response.text, places)
    screen.words.offered.setdefault(theme_id, set()).add(words)
    return words


def with_selected(screen: CodingScreen, theme_id: str, selection: Span) -> list[Span]:
    """Return the words of a theme once selected ones are added to those that its coder marked."""
    words = screen.standing.spans.get(theme_id, ())
    marked = () if words in screen.words.offered.get(theme_id, ()) else words
    return sorted({*marked, selection})


def move_words(screen: CodingScreen, step: int) -> None:
    """Move the words kept with a theme to the next place in the answer, or to the one before."""
    theme_id = _theme_to_move(screen)
    if screen.response is None or theme_id is None:
        screen.app.notify("Choose a theme first: e moves the words that carry it.", timeout=3)
        return
    here, kept = screen.words, screen.standing.spans[theme_id]
    places = here.turns.get(theme_id, ())
    if kept not in places:
        engines = screen.advice.places(screen.response.number, theme_id)
        places = here.turns[theme_id] = turns(screen.response.text, kept, engines)
    words = places[(places.index(kept) + step) % len(places)]
    if words == kept:
        screen.app.notify("This answer has no parts to choose among. The mouse selects words.", timeout=4)
        return
    outcome = screen.session.mark_spans(
        screen.response.number, theme_id, words, shown(screen, theme_id), seen(screen)
    )
    here.moving = theme_id
    here.offered.setdefault(theme_id, set()).add(words)
    screen.after(outcome)
    point_at(screen, theme_id)
    screen.answer.reveal(words)


def point_at(screen: CodingScreen, theme_id: str) -> None:
    """Put the cursor on a theme, so that its words, and no others, are underlined."""
    if theme_id != screen.current_theme():
        screen.themes.follow(theme_id)
        put_cursor(screen, screen.themes.cursor)


def _theme_to_move(screen: CodingScreen) -> str | None:
    """Return the theme whose words are meant: the last touched, else at the cursor, else one with words."""
    standing = screen.standing.spans
    with_words = [theme_id for theme_id, words in standing.items() if words]
    wanted = (screen.words.moving, screen.current_theme(), *with_words, *standing)
    return next((theme_id for theme_id in wanted if theme_id in standing), None)
