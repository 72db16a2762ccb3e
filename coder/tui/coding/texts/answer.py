"""The answer as the coding screen shows it: its text, what marks it, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import surveys
from coder.tui.coding.desk import open_doubts
from coder.tui.coding.listed.row_names import is_hash
from coder.tui.coding.panes.pane_values import AnswerContent
from coder.tui.coding.texts.doubts import doubt_lines
from coder.tui.coding.texts.listed_answers import other_rows
from coder.tui.coding.texts.precedents import earlier_rows
from coder.tui.coding.texts.reasons import moved_to_whole
from coder.tui.coding.texts.recoding import recode_lines
from coder.tui.kit.fitting import fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span
    from coder.domain.responses import Response
    from coder.tui.coding.desk import Desk

SHORT = 8
"""Words from which kept ones are quoted by the first and the last of them."""
_FACTS = 2
"""Attributes of the respondent that stand above an answer; r shows all."""
_NOTHING_LISTED = "Nothing passes this filter. Press v to choose another, or Esc to clear it."
_NO_ANSWER = "taken for no answer (N takes it off that list); coding it makes it one"


def answer_content(desk: Desk) -> AnswerContent:
    """Return what stands in the answer pane."""
    here = desk.here
    if here.response is None:
        return AnswerContent(_NOTHING_LISTED)
    theme_id, spans = here.cursor_theme, here.standing.spans
    kept_words = spans.get(theme_id or "", ())
    evidence: Sequence[Span] = ()
    if theme_id and not (kept_words or desk.hides or moved_to_whole(desk, theme_id)):
        evidence = desk.advice.evidence(here.response, theme_id)
    return AnswerContent(
        here.response.text,
        _heading(desk, here.response),
        _decided(desk, here.response),
        evidence,
        [span for words in spans.values() for span in words],
        kept_words,
        here.selected,
        other_rows(desk) if desk.mode.key == "p" else earlier_rows(desk),
    )


def _heading(desk: Desk, response: Response) -> list[str]:
    """Return what stands above an answer: whose it is, with the first that is known of it and of them."""
    known = surveys.attributes_of(desk.study.database, [response.number]).get(response.number, [])
    titles = desk.study.attribute_titles
    facts = [fact(titles[name], text) for name, text in known if text]
    name = response.id
    if is_hash(response.respondent_id):
        place = surveys.respondent_number(desk.study.database, response.respondent_id)
        name = f"{name} (#{place}.{response.item})"
    lines = [" · ".join([name, *facts[:_FACTS]])]
    if not response.answered:
        lines.append(_NO_ANSWER)
    return lines


def _decided(desk: Desk, response: Response) -> list[str]:
    """Return the lines below the answer: first what its coder is asked, then what stands."""
    standing, codebook = desk.here.standing, desk.study.codebook
    lines = [line for doubt in open_doubts(desk) for line in doubt_lines(desk, doubt)]
    for theme_id, spans in sorted(standing.spans.items(), key=lambda pair: pair[0] not in standing.recode):
        words = "; ".join(f"“{_ends(response.text[start:end])}”" for start, end in spans)
        if theme_id in standing.recode:
            lines += recode_lines(desk, theme_id, words)
        else:
            lines.append(f"✓ {codebook.label(theme_id)}{f'  {words}' if words else ''}")
        if theme_id in standing.theme_memos:
            lines.append(f"    memo: {standing.theme_memos[theme_id]}")
    if standing.done:
        lines.append("● done" if standing.spans else "∅ nothing here")
    if standing.flag:
        lines.append("⚑ flagged")
    if standing.memo:
        lines.append(f"memo: {standing.memo}")
    return lines


def _ends(text: str) -> str:
    """Return a long stretch of words by its beginning and end: all of it is marked in the answer."""
    words = text.split()
    if len(words) <= SHORT:
        return text
    return f"{' '.join(words[: SHORT // 2])} … {' '.join(words[-(SHORT // 2) :])}"
