"""What the coding screen shows, worked out from its state: texts and rows, no widgets touched."""

from __future__ import annotations

import time
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.reading_orders import ORDERS
from coder.store import surveys
from coder.text.inert import inert
from coder.tui.coding.panes.answer_view import AnswerContent
from coder.tui.coding.panes.theme_panel import ThemeRow
from coder.tui.coding.recode.texts import asked_first, question_of, recode_lines, revised
from coder.tui.coding.second_look.texts import asked_of, doubt_lines, doubts_here
from coder.tui.kit.fitting import plain_title, spread
from coder.workflows.coding.word_places import is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span
    from coder.domain.engine_messages import EvidenceReady
    from coder.domain.responses import Response
    from coder.store.codings import QuestionProgress
    from coder.tui.coding.screen import CodingScreen
    from coder.tui.coding.suggestions import Ranking

KEYS = 9
BAR_CELLS = 12
WIDE = 100
"""Columns from which the list stands beside the answer, and the status line says more."""
QUOTED = 4
"""Stretches of words that are quoted as reasons."""
LIKE = 90
"""Characters shown of an answer like this one."""
SHORT = 8
"""Words from which kept ones are told by the first and the last of them."""
REACTION = 0.3
"""Seconds in which a key still means the order of suggestions that was on screen before."""
ENOUGH = 3
"""Lines of reasons that leave no room for the definition."""
SHOW_WORDS = {
    "all": "all",
    "open": "not done",
    "coded": "with a theme",
    "done": "done",
    "nothing": "nothing here",
    "flag": "flagged",
    "memo": "with a memo",
    "recode": "to be recoded",
    "non-response": "non-responses",
}
_STAGES = {"words": "by words", "embeddings": "by meaning", "learned": "learned"}


@dataclass
class Sitting:
    """How this sitting goes: when it began, and how many answers were confirmed in it."""

    began: float
    confirmed: int = 0

    def pace(self) -> str:
        """Return `12 done, 4 a minute`; an empty string before the first."""
        minutes = (time.monotonic() - self.began) / 60
        if not self.confirmed:
            return ""
        a_minute = self.confirmed / minutes if minutes >= 1 else 0
        speed = f", {a_minute:.0f} a minute" if a_minute >= 1 else ""
        return f"{self.confirmed} this sitting{speed}"


def status(screen: CodingScreen, progress: QuestionProgress) -> Content:
    """Return the line at the top: study and question, coder, progress, and that all is saved."""
    done, answers = progress.done, progress.answers
    wide = screen.size.width >= WIDE
    saved = "NOT SAVED" if screen.unsaved else "saved"
    question = screen.navigator.question()
    left = f"{screen.study.settings.title} · {question.id}"
    right = f"{screen.session.coder_id} · {done:,} of {answers:,} done {_bar(done, answers)} · {saved}"
    if screen.waiting:
        key = " · w goes back" if screen.navigator.filter.show == "recode" else ": w"
        right = f"↻ {screen.waiting}{' to be recoded' if wide else ''}{key} · {right}"
    pace = screen.sitting.pace()
    room = screen.size.width - len(f"{left} {question.label} {right}")
    if wide and pace and len(pace) + len(" · ") < room:
        right = f"{pace} · {right}"
    return Content(spread(f"{left} {question.label}", right, screen.size.width))


def list_title(screen: CodingScreen) -> str:
    """Return the title of the list: how many, what narrows it, and its order."""
    chosen, codebook = screen.navigator.filter, screen.study.codebook
    parts = [] if chosen.show == "all" and chosen.narrowed() else [SHOW_WORDS[chosen.show]]
    named = chosen.theme_ids[:1] if chosen.together == "any" else chosen.theme_ids
    parts += filter(None, [" + ".join(map(codebook.label, named))])
    parts += map(str, chosen.attributes)
    if chosen.text:
        parts.append(f"“{chosen.text}”")
    parts += order_title(screen)
    return plain_title(f"{len(screen.list.numbers):,} {' · '.join(parts)}")


def order_title(screen: CodingScreen) -> list[str]:
    """Return the order in words; nothing where answers are as they came, dots while it is worked out."""
    order, arranged = screen.navigator.order, screen.navigator.arranged
    if order.kind == "file" or not (arranged or screen.advice.engine):
        return []
    theme = f": {screen.study.codebook.label(order.theme_id)}" if order.theme_id else ""
    name = f"{ORDERS[order.kind].name}{theme}"
    return [name if arranged else f"{name} …"]


def themes_title(screen: CodingScreen) -> str:
    """Return the title of the themes: what is asked; what the order rests on, or the engine is busy with."""
    asked = question_of(screen.standing.recode)
    rests_on = screen.engine_state or _STAGES[screen.ranking.stage]
    return plain_title(f"{f'↻ {asked}' if asked else 'Themes'} · {rests_on}")


def answer_content(screen: CodingScreen) -> AnswerContent:
    """Return what stands in the answer pane."""
    response = screen.response
    if response is None:
        return AnswerContent("Nothing passes this filter. Press v to choose another, or Esc to clear it.")
    theme_id = screen.current_theme()
    evidence: Sequence[Span] = ()
    kept = screen.standing.spans.get(theme_id or "", ())
    if theme_id and not (kept or screen.hiding() or _moved_to_whole(screen, theme_id)):
        evidence = screen.advice.evidence(response, theme_id)
    words = [span for spans in screen.standing.spans.values() for span in spans]
    return AnswerContent(
        response.text, _heading(screen, response), _chosen(screen, response), evidence, words, kept
    )


def _heading(screen: CodingScreen, response: Response) -> list[str]:
    known = surveys.respondent_attributes(screen.study.database, response.respondent_id)
    values = [value for value in known.values() if value][:2]
    lines = [" · ".join([response.id, *values])]
    if not response.answered:
        lines.append("taken for no answer (see non_responses in study.toml); coding it makes it one")
    return lines


def _chosen(screen: CodingScreen, response: Response) -> list[str]:
    standing, codebook = screen.standing, screen.study.codebook
    lines = [line for doubted in doubts_here(screen) for line in doubt_lines(screen, doubted)]
    in_order = sorted(standing.spans.items(), key=lambda chosen: chosen[0] not in standing.recode)
    for theme_id, spans in in_order:
        words = "; ".join(f"“{_ends(response.text[start:end])}”" for start, end in spans)
        if theme_id in standing.recode:
            lines += recode_lines(screen, theme_id, words)
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


def theme_rows(screen: CodingScreen) -> tuple[list[ThemeRow], list[ThemeRow]]:
    """Return the suggestions on keys 1-9, and every theme from A to Z."""
    if screen.response is None:
        return [], []
    chosen, waiting, codebook = screen.standing.spans, screen.standing.recode, screen.study.codebook
    offered = codebook.offered(screen.response.question_id)
    everything = [
        ThemeRow(theme.id, theme.label, chosen=theme.id in chosen, waiting=theme.id in waiting)
        for theme in sorted(offered, key=lambda theme: theme.label.casefold())
    ]
    if screen.hiding():
        return [], everything
    percent = screen.ranking.stage != "words"
    suggestions = [
        ThemeRow(
            s.theme_id,
            codebook.label(s.theme_id),
            key,
            s.strength,
            percent,
            s.theme_id in chosen,
            s.theme_id in waiting,
        )
        for key, s in enumerate(screen.ranking.suggestions[:KEYS], start=1)
    ]
    return suggestions, everything


def why(screen: CodingScreen) -> Content:
    """Return why the theme at the cursor is suggested, or what to do with selected words."""
    theme_id = screen.current_theme()
    if screen.response is None:
        return Content("")
    if theme_id is None:
        return Content("No themes yet. Press / and type a name to make the first.")
    if screen.answer.selection:
        return Content(
            "Words selected. 1-9 or / chooses the theme they carry; ⇧→ takes more words, Esc drops them."
        )
    theme = screen.study.codebook.by_id.get(theme_id)
    if screen.hiding():
        return Content("Suggestions are hidden until you choose a first theme.")
    told = revised(screen, theme_id)
    lines = _carried_by(screen, screen.response, theme_id)
    if screen.reasons and screen.reasons.theme_id == theme_id:
        lines += _reasons(screen.reasons)
    if theme and not told and len(lines) < ENOUGH:
        lines.append(theme.definition)
    label = Content(inert(screen.study.codebook.label(theme_id)))
    return Content("\n").join([label, *told, *(Content(inert(line)) for line in lines)])


def _carried_by(screen: CodingScreen, response: Response, theme_id: str) -> list[str]:
    """Return the words kept with a theme, else those that speak for it: the ones marked in the answer."""
    if kept := screen.standing.spans.get(theme_id):
        return [*_quoted(response.text, kept), "e moves these words"]
    if _moved_to_whole(screen, theme_id):
        return ["the whole answer; e moves to a part of it"]
    if not (screen.standing.spans or screen.ranking.suggestions):
        return []
    spans = screen.advice.evidence(response, theme_id)
    if screen.advice.places(response.number, theme_id) and is_whole(response.text, spans):
        return ["the whole answer"]
    return _quoted(response.text, spans) or ["none of its words is in the answer"]


def _moved_to_whole(screen: CodingScreen, theme_id: str) -> bool:
    """Tell whether the words of a theme were moved to the whole answer just now."""
    return theme_id in screen.words.turns and screen.standing.spans.get(theme_id) == ()


def _reasons(evidence: EvidenceReady) -> list[str]:
    keywords, nearest = evidence.keywords[:4], evidence.nearest[:2]
    met = [f"keywords: {', '.join(keywords)}"] if keywords else []
    return met + [f"like {name} “{shorten(other, LIKE, placeholder='…')}”" for name, other in nearest]


def _quoted(text: str, spans: Sequence[Span]) -> list[str]:
    return [f"“{text[start:end]}”" for start, end in spans[:QUOTED]]


def rerank(screen: CodingScreen) -> None:
    """Take up a better order of the suggestions; for a moment the keys still mean the one before."""
    screen.order_before = (time.monotonic(), screen.response, screen.ranking)
    if screen.response is not None:
        screen.ranking = asked_first(screen.advice.ranking(screen.response), asked_of(screen))


def seen_ranking(screen: CodingScreen) -> Ranking:
    """Return the order that a coder who presses a key now has seen."""
    changed, response, before = screen.order_before
    just_now = time.monotonic() - changed < REACTION
    return before if just_now and response is screen.response else screen.ranking


def ask_why(screen: CodingScreen) -> None:
    """Ask the engine why the theme at the cursor is suggested."""
    theme_id = screen.current_theme()
    theme = screen.study.codebook.by_id.get(theme_id or "")
    offered = theme is not None and theme.status == "active"
    if screen.advice.engine and screen.response and theme and offered and screen.ranking.stage != "words":
        screen.advice.engine.explain(screen.response.number, theme.id)


def _bar(done: int, total: int) -> str:
    filled = round(BAR_CELLS * done / total) if total else 0
    return "█" * filled + "░" * (BAR_CELLS - filled)
