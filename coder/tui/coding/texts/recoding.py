"""What the coding screen says of codings that need a fresh look since the codebook was revised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.log_moments import local_moment
from coder.text.inert import inert
from coder.tui.coding.texts.themes import number_keys
from coder.workflows.coding.recoding import recode_reason

if TYPE_CHECKING:
    from coder.tui.coding.desk import Desk
    from coder.tui.kit.windows.window_values import StyledText


def recode_lines(desk: Desk, theme_id: str, words: str) -> list[str]:
    """Return what is asked of a coding that waits, and the keys that answer it."""
    choices, label = desk.here.standing.recode[theme_id], desk.study.codebook.label(theme_id)
    parts_of_theme = [choice for choice in choices if choice != theme_id]
    if theme_id not in choices:
        question = "was split; which part is it?"
        keys = [number_keys(desk, parts_of_theme, "a part"), "none of them"]
    elif parts_of_theme:
        question = "was split; still this, or another part?"
        keys = [number_keys(desk, parts_of_theme, "a part"), "not this"]
    else:
        question, keys = f"its definition changed{_when(desk, theme_id)}; still right?", ["no longer"]
    keys[-1] = number_keys(desk, [theme_id], keys[-1])
    if theme_id in choices:
        keys.insert(0, "⏎ keep it")
    lines = [f"↻ {label}: {question}", f"    {' · '.join(filter(None, keys))}"]
    return [*lines, f"    {words}"] if words else lines


def revised(desk: Desk, theme_id: str) -> list[StyledText]:
    """Return who revised a theme whose coding waits, why, and how its texts became others, word by word."""
    choices = desk.here.standing.recode.get(theme_id)
    if choices is None:
        return []
    revision = recode_reason(desk.study, desk.session.coder_id, desk.here.standing.response, theme_id)
    if revision is None:
        return []
    change = "Split" if choices != (theme_id,) else "Changed"
    because = f": {revision.reason}" if revision.reason else ""
    lines: list[StyledText] = [(inert(f"{change} on {_day(revision.at)} by {revision.made_by}{because}"),)]
    theme = desk.study.codebook.by_id.get(theme_id)
    if theme is None:
        return lines
    # Not at the top: the first paint can do without revisions.
    from coder.tui.coding.texts.revised_themes import changed_texts

    return [*lines, *changed_texts(revision.old_theme, theme)]


def _when(desk: Desk, theme_id: str) -> str:
    revision = recode_reason(desk.study, desk.session.coder_id, desk.here.standing.response, theme_id)
    return f" on {_day(revision.at)}" if revision else ""


def _day(moment: str) -> str:
    day = local_moment(moment)
    return f"{day.day} {day:%b %Y}"
