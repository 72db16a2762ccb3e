"""What the plain mode prints of an answer: whole lines in reading order, states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.ranking import NUMBER_KEYS
from coder.store import surveys
from coder.tui.coding.desk import open_doubts
from coder.tui.coding.texts.doubts import doubt_lines
from coder.tui.coding.texts.equal_answers import group_line
from coder.tui.coding.texts.recoding import recode_lines
from coder.tui.coding.texts.themes import STAGE_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.responses import Response
    from coder.tui.coding.desk import Desk

_NOTHING_LISTED = "No answer passes this filter. Type v to choose another, or esc to list all."
_NO_ANSWER = "Taken for no answer (N takes it off that list); coding it makes it one."
_HIDDEN = "Suggestions are hidden until you choose a first theme: / and a part of its name."


def question_lines(desk: Desk) -> Iterator[str]:
    """Yield the question whose answers are listed, and how far its coder has come."""
    question, progress = desk.listing.question(), desk.progress
    yield f"Question {question.id}: {question.label}"
    name = desk.study.name_of(desk.session.coder_id)
    yield f"{name}: {progress.done:,} of {progress.answers:,} answers done."


def answer_lines(desk: Desk, *, with_attributes: bool) -> Iterator[str]:
    """Yield the answer on the desk: what it is, its text, what stands on it, what is suggested."""
    response = desk.here.response
    if response is None:
        yield _NOTHING_LISTED
        return
    yield _heading(desk, response)
    if line := group_line(desk):
        yield f"{line}."
    if with_attributes:
        yield from _attributes(desk, response)
    if not response.answered:
        yield _NO_ANSWER
    yield from (response.text or "(blank)").splitlines()
    yield from standing_lines(desk)
    yield from suggestion_lines(desk)


def _heading(desk: Desk, response: Response) -> str:
    listing = desk.listing
    place = f"{listing.cursor + 1:,} of {len(listing.numbers):,} listed"
    return f"Answer {response.id}, {place}, {state(desk)}."


def _attributes(desk: Desk, response: Response) -> Iterator[str]:
    known = surveys.attributes_of(desk.study.database, [response.number]).get(response.number, [])
    titles = desk.study.attribute_titles
    if facts := "; ".join(f"{titles[name]}: {text}" for name, text in known if text):
        yield f"{facts}."


def state(desk: Desk) -> str:
    """Return how far the answer has come, in words."""
    standing = desk.here.standing
    if standing.done:
        return "done" if standing.spans else "done, nothing here"
    return "open, with a theme" if standing.spans else "open"


def standing_lines(desk: Desk) -> Iterator[str]:
    """Yield what its coder has decided of the answer, and what they are asked."""
    standing, codebook, response = desk.here.standing, desk.study.codebook, desk.here.response
    if response is None:
        return
    for doubt in open_doubts(desk):
        yield from map(_as_typed, doubt_lines(desk, doubt))
    for theme_id, spans in standing.spans.items():
        words = "; ".join(f"“{response.text[start:end]}”" for start, end in spans)
        if theme_id in standing.recode:
            yield from map(_as_typed, recode_lines(desk, theme_id, words))
        else:
            yield f"Chosen: {codebook.label(theme_id)}{f', words {words}' if words else ''}."
        if theme_id in standing.theme_memos:
            yield f"Memo on {codebook.label(theme_id)}: {standing.theme_memos[theme_id]}"
    if standing.flag:
        yield "Flagged."
    if standing.memo:
        yield f"Memo: {standing.memo}"


def suggestion_lines(desk: Desk, first: int = 1) -> Iterator[str]:
    """Yield nine suggestions, each with the number that chooses it.

    Args:
        desk: The desk.
        first: The place of the first of them, from 1.
    """
    if desk.hides:
        yield _HIDDEN
        return
    ranking, codebook = desk.here.ranking, desk.study.codebook
    places = ranking.suggestions[first - 1 : first - 1 + NUMBER_KEYS]
    if not places:
        yield "No more suggestions." if first > 1 else "No themes yet: / and a name makes the first."
        return
    yield f"Suggestions {STAGE_TEXTS[ranking.stage]}:"
    for place, suggested in enumerate(places, start=first):
        if not suggested.theme_id:
            continue
        percent = (
            ""
            if ranking.stage == "words" or suggested.strength is None
            else f", {suggested.strength * 100:.0f}%"
        )
        chosen = ", chosen" if suggested.theme_id in desk.here.standing.spans else ""
        yield f"{place} {codebook.label(suggested.theme_id)}{percent}{chosen}"


def _as_typed(line: str) -> str:
    """Return a line with the key that ends a line of typing by its name."""
    return line.strip().replace("⏎", "Enter")
