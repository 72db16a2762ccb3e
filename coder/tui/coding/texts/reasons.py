"""Why the theme at the cursor is suggested, as the coding screen says it."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from coder.domain.languages.language_text import reading_title
from coder.text.inert import inert
from coder.text.negation import negations
from coder.tui.coding.texts.recoding import revised
from coder.tui.kit.windows.window_values import joined
from coder.workflows.coding.word_places import is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span
    from coder.domain.engine_messages import EvidenceReady
    from coder.domain.responses import Response
    from coder.tui.coding.desk import Desk
    from coder.tui.kit.windows.window_values import StyledText

QUOTED = 4
"""Stretches of words that are quoted as reasons."""
LIKE = 90
"""Characters shown of an answer like this one."""
ENOUGH = 3
"""Lines of reasons that leave no room for the definition."""
_NO_THEMES = (
    "No themes yet. Begin with",
    "/ a name for the first theme",
    "p 30 answers at random, drafts",
    "coder codebook import: yours",
)
_SELECTED = (
    "Words selected. 1-9 or / chooses the theme they carry, W makes one of them; ⇧→ takes more words,"
    " Esc drops them."
)
_HIDDEN = "Suggestions are hidden until you choose a first theme."


def why(desk: Desk) -> StyledText:
    """Return why the theme at the cursor is suggested, or what to do with selected words."""
    response, theme_id = desk.here.response, desk.here.cursor_theme
    if response is None:
        return ()
    if theme_id is None:
        return joined([(line,) for line in _NO_THEMES])
    if desk.here.selected:
        return (_SELECTED,)
    if desk.hides:
        return (_HIDDEN,)
    theme = desk.study.codebook.by_id.get(theme_id)
    revision = revised(desk, theme_id)
    lines, denied = _carried_by(desk, response, theme_id), _denied(desk, response, theme_id)
    notes_at = len(lines)
    evidence = desk.here.reasons
    if evidence and evidence.theme_id == theme_id:
        lines += _reasons(evidence)
    if theme and not revision and len(lines) < ENOUGH:
        lines.append(theme.definition)
    if (reading := desk.advice.reading(response.question_id)) and reading.what_helps:
        lines.append(reading.what_helps)
    lines[notes_at:notes_at] = denied
    label: StyledText = (inert(desk.study.codebook.label(theme_id)),)
    return joined([label, *revision, *((inert(line),) for line in lines)])


def read_by(desk: Desk) -> str:
    """Return in which languages the answers are and what ranks them; empty until the engine has said it."""
    reading = desk.advice.reading(desk.here.response.question_id) if desk.here.response else None
    return reading_title(reading.languages, reading.encoders) if reading else ""


def moved_to_whole(desk: Desk, theme_id: str) -> bool:
    """Tell whether the words of a theme were moved to the whole answer just now."""
    return theme_id in desk.here.words.turns and desk.here.standing.spans.get(theme_id) == ()


def _carried_by(desk: Desk, response: Response, theme_id: str) -> list[str]:
    """Return the words kept with a theme, else those that speak for it: the ones marked in the answer."""
    if kept_words := desk.here.standing.spans.get(theme_id):
        return [*_quoted(response.text, kept_words), "e moves these words"]
    if moved_to_whole(desk, theme_id):
        return ["the whole answer; e moves to a part of it"]
    if not (desk.here.standing.spans or desk.here.ranking.suggestions):
        return []
    if desk.advice.is_off:
        return []
    spans = desk.advice.evidence(response, theme_id)
    if desk.advice.carrying_spans(response.number, theme_id) and is_whole(response.text, spans):
        return ["the whole answer"]
    return _quoted(response.text, spans) or ["none of its words is in the answer"]


def _denied(desk: Desk, response: Response, theme_id: str) -> list[str]:
    """Return what negates the words marked for a theme, in English: no likeness of meaning can see it."""
    reading = desk.advice.reading(response.question_id)
    if reading and reading.languages.codes and reading.languages.codes[0] != "en":
        return []
    spans = desk.here.standing.spans.get(theme_id) or desk.advice.evidence(response, theme_id)
    cues = negations(response.text, spans[:1]) if spans else []
    if not cues:
        return []
    return [f"the words say {' and '.join(f'“{cue}”' for cue in cues)}"]


def _reasons(evidence: EvidenceReady) -> list[str]:
    keywords, nearest = evidence.keywords[:4], evidence.nearest[:2]
    lines = [f"keywords: {', '.join(keywords)}"] if keywords else []
    return lines + [f"like {name} “{shorten(text, LIKE, placeholder='…')}”" for name, text in nearest]


def _quoted(text: str, spans: Sequence[Span]) -> list[str]:
    return [f"“{text[start:end]}”" for start, end in spans[:QUOTED]]
