"""How the theme at the cursor was coded before, as it stands below the answer on screen.

In a blind round what the team settled before it, and the codebook's examples, stand with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.text.inert import inert
from coder.tui.coding.listed.row_names import short_id
from coder.tui.coding.panes.pane_values import EarlierRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.store.precedents import EarlierAnswer
    from coder.tui.coding.desk import Desk

_LEAD = 40
"""Characters quoted before the words that carry a theme, where an answer is long."""
_LONG = 150
"""Characters of an answer within which its words are read without leaving its beginning out."""
_LATER = 10
"""Added to the priority of an answer for each one before it of the same kind."""


def earlier_rows(desk: Desk) -> list[EarlierRow]:
    """Return how the theme at the cursor was coded before, the heading first; nothing where it was not.

    Nothing either while suggestions are hidden, as the cursor is then on no theme of the coder's own choice.
    """
    here = desk.here
    precedents = None if desk.hides else desk.compared.of(here.number, here.cursor_theme)
    if here.response is None or precedents is None:
        return []
    answers_by_kind = {
        "settled": precedents.settled, "like": precedents.alike, "latest": precedents.latest,
        "passed over": precedents.passed_over,
    }  # fmt: skip
    question_id = here.response.question_id
    rows = [
        EarlierRow(*_quoted(earlier, question_id, kind), earlier.number, place * _LATER + priority)
        for priority, (kind, answers) in enumerate(answers_by_kind.items())
        for place, earlier in enumerate(answers)
    ]
    rows += [
        EarlierRow(f"example  {inert(' '.join(text.split()))}", priority=place * _LATER)
        for place, text in enumerate(precedents.examples)
    ]
    if not rows:
        return []
    label = desk.study.codebook.label(precedents.theme_id)
    times, is_all = precedents.others
    count = (f"{times:,}" if times else "never") if is_all else f"at least {times:,}"
    heading = EarlierRow(f"before: {label} ({count})", more=" · l looks", is_heading=True)
    if not any(answers_by_kind.values()):
        heading = EarlierRow(f"from the codebook: {label}", is_heading=True)
    return [heading, *rows]


def _quoted(earlier: EarlierAnswer, question_id: str, kind: str) -> tuple[str, tuple[Span, ...]]:
    """Return `like C023.2 ×3  Four of our practitioners ...` on one line, and where its words are in that."""
    begin = 0
    if earlier.words and earlier.words[0].end > _LONG:
        begin = max(0, earlier.words[0].start - _LEAD)
        begin = earlier.text.find(" ", begin, earlier.words[0].start) + 1 or begin
    times = f" ×{earlier.times:,}" if earlier.times > 1 else ""
    head = f"{kind} {short_id(earlier.id, question_id)}{times}  {'…' if begin else ''}"
    text = inert(earlier.text[begin:].replace("\n", " ").replace("\r", " "))
    return head + text, tuple(_moved(earlier.words, len(head) - begin, len(head)))


def _moved(words: tuple[Span, ...], by: int, least: int) -> Iterator[Span]:
    for start, end in words:
        if end + by > least:
            yield Span(max(start + by, least), end + by)
