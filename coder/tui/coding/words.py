"""The words kept with codings: those of a suggestion that is accepted, and where else they can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.codings import NO_WORDS, PickedWords, Span
from coder.tui.coding.exposing import exposure_of, suggestion_seen
from coder.tui.coding.listed.listing import reach
from coder.workflows.coding.word_places import word_alternatives, words_of_suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk, Words


def words_to_keep(desk: Desk, theme_id: str) -> PickedWords:
    """Return the words that a theme keeps if its suggestion is accepted now; none if they are not at hand."""
    response = desk.here.response
    if response is None or not desk.study.settings.keep_suggested_words:
        return NO_WORDS
    words = words_of_suggestion(response.text, desk.advice.carrying_spans(response.number, theme_id))
    desk.keep_words(desk.here.words.offer(theme_id, words))
    return PickedWords(words, "engine") if words else NO_WORDS


def with_selected(desk: Desk, theme_id: str, selected: Span) -> list[Span]:
    """Return the words of a theme once selected ones are added to those that its coder marked."""
    words = desk.here.standing.spans.get(theme_id, ())
    by_program = words in desk.here.words.offered.get(theme_id, ())
    return sorted({*(() if by_program else words), selected})


def move_words(view: CodingView, step: int) -> None:
    """Move the words kept with a theme to the next place in the answer, or to the one before."""
    desk = view.desk
    theme_id, response = _theme_to_move(desk), desk.here.response
    if response is None or theme_id is None:
        view.tell("Choose a theme first: e moves the words that carry it.", 3)
        return
    words_now = desk.here.standing.spans[theme_id]
    words = _next_turn(desk, theme_id, response.number, response.text, step)
    if words == words_now:
        view.tell("This answer has no parts to choose among. The mouse selects words.", 4)
        return
    outcome = desk.session.mark_spans(
        response.number,
        theme_id,
        words,
        suggestion_seen(desk, theme_id),
        exposure_of(desk),
        reach(desk.listing),
    )
    desk.keep_words(replace(desk.here.words.offer(theme_id, words), moving=theme_id))
    view.stepped(outcome)
    view.panes.point_at(theme_id)
    view.panes.reveal(words)


def _next_turn(desk: Desk, theme_id: str, number: int, text: str, step: int) -> Words:
    """Return the words that a theme would keep after a move; the ways to move are worked out once."""
    words_now = desk.here.standing.spans[theme_id]
    ways = desk.here.words.turns.get(theme_id, ())
    if words_now not in ways:
        ways = word_alternatives(text, words_now, desk.advice.carrying_spans(number, theme_id))
        desk.keep_words(replace(desk.here.words, turns={**desk.here.words.turns, theme_id: ways}))
    return ways[(ways.index(words_now) + step) % len(ways)]


def _theme_to_move(desk: Desk) -> str | None:
    """Return the theme whose words are meant: the last touched, else at the cursor, else one with words."""
    spans = desk.here.standing.spans
    with_words = [theme_id for theme_id, words in spans.items() if words]
    candidates = (desk.here.words.moving, desk.here.cursor_theme, *with_words, *spans)
    return next((theme_id for theme_id in candidates if theme_id in spans), None)


def next_clauses(pieces: Sequence[Span], selected: Span | None, step: int, *, extend: bool) -> Span:
    """Return the words selected after a move by clauses.

    Args:
        pieces: The clauses of the answer, one at least.
        selected: The words selected so far.
        step: 1 forwards, -1 backwards.
        extend: Whether to select one clause more or less, rather than another one.
    """
    if selected is None:
        return pieces[0] if step > 0 else pieces[-1]
    begin = max((i for i, piece in enumerate(pieces) if piece.start <= selected.start), default=0)
    end = max((i for i, piece in enumerate(pieces) if piece.start < selected.end), default=begin)
    if extend and step > 0:
        return Span(selected.start, pieces[min(end + 1, len(pieces) - 1)].end)
    if extend:
        return Span(pieces[begin].start, pieces[max(end - 1, begin)].end)
    return pieces[max(0, min((end if step > 0 else begin) + step, len(pieces) - 1))]
