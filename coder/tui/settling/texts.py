"""What the settling screen says, worked out from its desk: no widgets touched."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.tables.quotes import marked_words, shortened
from coder.domain.team.disagreement_sheets import TO_SETTLE
from coder.text.inert import inert
from coder.tui.kit.fitting import fit, spread
from coder.tui.kit.wrapping import wrap
from coder.workflows.team.settling.sheet_parts import definition_text
from coder.workflows.team.settling.sheets import rival_themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.kit.windows.window_values import StyledText
    from coder.tui.settling.desk import SettlingDesk
    from coder.workflows.team.settling.disagreements import Disagreement, ReaderChoice

HEADINGS = ("one", "other")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NARROWEST = 24
"""Cells of a column; where they are not there, what people chose stands one below the other."""
_KEYS = 9
_SIGNS = re.compile(r" *(?:\d )?(?:[≠✓·] )?")
_WORDS_SHOWN = 120
"""Characters of marked words in a column: the answer stands above."""
_STATES = {
    "again": "settled, then a theme was revised",
    "differs": "settled differently",
    "open": "",
}
NOTHING_LEFT = {
    "to settle": "Nothing is left to settle here. f lists what is parked, and all; Esc goes back.",
    "parked": "No answer is parked. f lists all; Esc goes back.",
    "all": (
        "Nobody differs here: no answer was marked as done by two people who coded it otherwise. "
        "Esc goes back."
    ),
}


def status(desk: SettlingDesk, width: int) -> str:
    """Return the top line: the study and the question, and how far it is settled."""
    theme = f" · {desk.study.codebook.label(desk.theme_id)}" if desk.theme_id else ""
    left = f"{desk.study.settings.title} · {desk.question.id}{theme} · Disagreements"
    states = desk.states
    parts = [f"{sum(states[state] for state in TO_SETTLE)} to settle"]
    parts += [f"{states[state]} {state}" for state in ("settled", "parked") if states[state]]
    return spread(left, " · ".join(parts), width)


def heading(desk: SettlingDesk) -> str:
    """Return which answer is at hand, as its frame is titled."""
    current = desk.current
    if current is None:
        return ""
    answer = current.answer
    state = _STATES.get(current.state, current.state)
    place = (
        f"{desk.position + 1} of {len(desk.numbers)} {'' if desk.show == 'to settle' else desk.show}".strip()
    )
    return " · ".join(filter(None, (answer.id, place, state)))


def column_names(desk: SettlingDesk) -> list[str]:
    """Return what the columns are headed: who chose what is not said before somebody asks."""
    columns = desk.columns
    if desk.names_shown:
        return [column.name for column in columns]
    if len(columns) == len(HEADINGS):
        return list(HEADINGS)
    return [_NUMBERS[place] if place < len(_NUMBERS) else f"{place + 1}" for place in range(len(columns))]


def body(desk: SettlingDesk, width: int) -> StyledText:
    """Return what each reader chose, and what is ticked, side by side where there is room."""
    current = desk.current
    if current is None:
        return ()
    blocks = [
        (name, _choice_lines(desk, current, column), desk.ticks.side == place)
        for place, (name, column) in enumerate(zip(column_names(desk), desk.columns, strict=True))
    ]
    ticks = _tick_lines(desk, current)
    room = width // (len(blocks) + 1) - 2
    if room >= NARROWEST:
        return _side_by_side([*blocks, ("settle on", ticks, False)], room)
    return _below_each_other(blocks, ticks, width)


def _choice_lines(desk: SettlingDesk, current: Disagreement, column: ReaderChoice) -> list[tuple[str, str]]:
    """Return what one person chose: texts with their styles."""
    lines: list[tuple[str, str]] = []
    for theme_id in (*current.agreed, *current.disputed):
        if theme_id not in column.words:
            continue
        spans = column.words[theme_id]
        in_dispute = theme_id in current.disputed
        sign = "≠ " if in_dispute else "  "
        lines.append((f"{sign}{desk.study.codebook.label(theme_id)}", "bold" if in_dispute else ""))
        if spans:
            words = shortened(marked_words(current.answer.text, spans), _WORDS_SHOWN)
            lines.append((f"    “{words}”", "dim"))
    label = desk.study.codebook.label
    lines += [(f"  (read before {label(theme_id)} existed)", "dim") for theme_id in sorted(column.unoffered)]
    return lines or [("  nothing here", "")]


def _tick_lines(desk: SettlingDesk, current: Disagreement) -> list[tuple[str, str]]:
    label = desk.study.codebook.label
    lines = [
        (f"{'✓' if theme_id in desk.ticks.ticked else '·'} {label(theme_id)} (agreed)", "")
        for theme_id in current.agreed
    ]
    for place, theme_id in enumerate(desk.ticks.offered, start=1):
        key = f"{place}" if place <= _KEYS else " "
        is_ticked = theme_id in desk.ticks.ticked
        flag = " (definition to change)" if theme_id in current.marks.definitions else ""
        lines.append(
            (f"{key} {'✓' if is_ticked else '·'} {label(theme_id)}{flag}", "bold" if is_ticked else "")
        )
    if desk.ticks.is_nothing:
        lines.append(("✓ nothing here", "bold"))
    if not desk.ticks.is_sure:
        lines.append(("  not sure", ""))
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines so wide; what follows the first is indented as its sign and number are."""
    plain = inert(text)
    head = _SIGNS.match(plain)
    begin = head[0] if head else ""
    rest = plain[len(begin) :]
    lines = [rest[line.start : line.end].rstrip() for line in wrap(rest, width - len(begin))]
    return [f"{begin if not number else ' ' * len(begin)}{line}" for number, line in enumerate(lines)]


def _column(
    title: str, lines: Sequence[tuple[str, str]], width: int, *, taken: bool
) -> list[tuple[str, str]]:
    drawn = [(fit(f"{'▸ ' if taken else ''}{title}", width), "underline")]
    for text, style in lines:
        drawn += [(fit(part, width), style) for part in _wrapped(text, width)]
    return drawn


def _side_by_side(blocks: Sequence[tuple[str, list[tuple[str, str]], bool]], room: int) -> StyledText:
    columns = [_column(title, lines, room, taken=taken) for title, lines, taken in blocks]
    pieces: list[str | tuple[str, str]] = []
    blank = (" " * room, "")
    for number, row in enumerate(zip_longest(*columns, fillvalue=blank)):
        pieces.append("\n " if number else " ")
        for text, style in row:
            pieces += [(text, style) if style else text, "  "]
    return tuple(pieces)


def _below_each_other(
    blocks: Sequence[tuple[str, list[tuple[str, str]], bool]], ticks: list[tuple[str, str]], width: int
) -> StyledText:
    pieces: list[str | tuple[str, str]] = []
    for title, lines, taken in [*blocks, ("settle on", ticks, False)]:
        for text, style in _column(title, lines, width - 2, taken=taken):
            pieces += ["\n " if pieces else " ", (text.rstrip(), style) if style else text.rstrip()]
    return tuple(pieces)


def definition(desk: SettlingDesk, width: int) -> str:
    """Return what the codebook says of a theme in dispute, and what the team has said of the answer."""
    current, theme = desk.current, desk.explained_theme
    if current is None:
        return ""
    lines = []
    if theme is not None:
        definition_said = definition_text(theme) or "the codebook has no definition of it (e writes one)"
        lines.append(f"{theme.label}: {definition_said}")
    if desk.like_this() > 1:
        lines.append(f"The same themes are in dispute on {counted(desk.like_this(), 'answer')}.")
    settled_on = current.settled_on
    if settled_on is not None:
        label = desk.study.codebook.label
        who = current.settled_by or ", ".join(current.adjudicated)
        lines.append(f"Settled on {', '.join(map(label, settled_on)) or 'nothing here'}, by {who}.")
    if current.rivals:
        codebook = desk.study.codebook
        said = (f"by {rival.name}: {rival_themes(codebook, rival)}" for rival in current.rivals)
        lines.append(f"Settled differently {', '.join(said)}.")
    if current.marks.memo:
        lines.append(f"Why: {current.marks.memo}")
    return "\n".join(part for line in lines for part in _wrapped(line, max(20, width)))


def answer_text(desk: SettlingDesk) -> StyledText:
    """Return the answer, with the words underlined that anybody marked for a theme in dispute."""
    current = desk.current
    if current is None:
        return (NOTHING_LEFT[desk.show],)
    text = current.answer.text
    marked: set[int] = set()
    for reader in current.readers:
        for theme_id in current.disputed:
            for span in reader.words.get(theme_id, ()):
                marked.update(range(span.start, min(span.end, len(text))))
    pieces: list[str | tuple[str, str]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (place in marked) != (start in marked):
            part = inert(text[start:place])
            pieces.append((part, "underline") if start in marked else part)
            start = place
    return tuple(pieces) or (inert(text),)
