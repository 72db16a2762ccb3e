"""What the coding screen says of codings that need a fresh look since the codebook was revised."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.revising.version_differences import word_changes
from coder.domain.theme_fields import THEME_FIELDS
from coder.text.inert import inert
from coder.tui.coding.suggestions import Ranking, Suggested
from coder.workflows.coding.recoding import recode_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.tui.coding.screen import CodingScreen

_STYLES = {"same": "", "out": "strike $text-muted", "in": "bold $text-success"}
_MARKS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
"""What is struck out or bold is marked as well: some terminals show neither."""


def asked_first(ranking: Ranking, recode: Mapping[str, tuple[str, ...]]) -> Ranking:
    """Return a ranking with the themes to choose from first, each time followed by the one in question."""
    if not recode:
        return ranking
    by_id = {suggested.theme_id: suggested for suggested in ranking.suggestions}
    first: dict[str, Suggested] = {}
    for old, choices in recode.items():
        first |= {theme_id: each for theme_id, each in by_id.items() if theme_id in choices}
        first.setdefault(old, by_id.get(old, Suggested(old, None)))
    rest = {theme_id: each for theme_id, each in by_id.items() if theme_id not in first}
    return Ranking(ranking.stage, (*first.values(), *rest.values()))


def question_of(recode: Mapping[str, tuple[str, ...]]) -> str:
    """Return what the coder is asked, in two words: for the title of the themes."""
    if not recode:
        return ""
    return "which part?" if any(old not in choices for old, choices in recode.items()) else "still right?"


def recode_lines(screen: CodingScreen, theme_id: str, words: str) -> list[str]:
    """Return what is asked of a coding that waits, and the keys that answer it."""
    choices, label = screen.standing.recode[theme_id], screen.study.codebook.label(theme_id)
    parts = [choice for choice in choices if choice != theme_id]
    if theme_id not in choices:
        asked, keys = "was split; which part is it?", [number_key(screen, parts, "a part"), "none of them"]
    elif parts:
        asked, keys = (
            "was split; still this, or another part?",
            [number_key(screen, parts, "a part"), "not this"],
        )
    else:
        asked, keys = f"its definition changed{_when(screen, theme_id)}; still right?", ["no longer"]
    keys[-1] = number_key(screen, [theme_id], keys[-1])
    if theme_id in choices:
        keys.insert(0, "⏎ keep it")
    lines = [f"↻ {label}: {asked}", f"    {' · '.join(filter(None, keys))}"]
    return [*lines, f"    {words}"] if words else lines


def number_key(screen: CodingScreen, theme_ids: Sequence[str], does: str) -> str:
    """Return the number keys of themes and what they do; nothing where none has one."""
    keys = [str(row.key) for row in screen.themes.rows if row and row.key and row.theme_id in theme_ids]
    return f"{' '.join(keys)} {does}" if keys else ""


def _when(screen: CodingScreen, theme_id: str) -> str:
    asked = recode_reason(screen.study, screen.session.coder_id, screen.standing.response, theme_id)
    return f" on {_day(asked.at)}" if asked else ""


def _day(moment: str) -> str:
    day = datetime.fromisoformat(moment).astimezone()
    return f"{day.day} {day:%b %Y}"


def revised(screen: CodingScreen, theme_id: str) -> list[Content]:
    """Return who revised a theme whose coding waits, why, and how its texts became others, word by word."""
    choices = screen.standing.recode.get(theme_id)
    if choices is None:
        return []
    asked = recode_reason(screen.study, screen.session.coder_id, screen.standing.response, theme_id)
    if asked is None:
        return []
    what = "Split" if choices != (theme_id,) else "Changed"
    because = f": {asked.reason}" if asked.reason else ""
    told = [Content(inert(f"{what} on {_day(asked.at)} by {asked.coder_id}{because}"))]
    now = screen.study.codebook.by_id.get(theme_id)
    return told + (list(_changes(asked.old_theme, now)) if now is not None else [])


def _changes(before: Theme, after: Theme) -> Iterator[Content]:
    for field in THEME_FIELDS:
        old, new = field.of(before), field.of(after)
        if field.redefines != "never" and old != new:
            words = [
                (_MARKS[kind].format(inert(text)), _STYLES[kind]) for kind, text in word_changes(old, new)
            ]
            spaced = [piece for word in words for piece in (" ", word)]
            yield Content.assemble((f"{field.heading}:", "bold"), *spaced)
