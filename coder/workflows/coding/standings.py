"""What stands on answers for one coder, many at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.codings import read_choices, read_spans
from coder.domain.standing import Standing
from coder.store import codings

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.codings import Span
    from coder.store.database import Database
    from coder.store.equal_answers.standing_alike import AlikeAnswers


def standings_of(database: Database, coder_id: str, responses: Collection[int]) -> dict[int, Standing]:
    """Return what stands on each of some responses, in their order."""
    spans: dict[int, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for response, theme_id, words in codings.words_on(database, coder_id, responses):
        spans[response][theme_id] = read_spans(words)
    marks: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for mark in codings.marks_on(database, coder_id, responses):
        marks[mark.response][mark.aspect, mark.theme_id] = mark.content
    return {number: _standing(number, spans.get(number, {}), marks.get(number, {})) for number in responses}


def standing_on(answers: AlikeAnswers) -> Standing:
    """Return what stands on each of some answers, as it does on the first."""
    spans = {theme_id: read_spans(words) for theme_id, words in answers.codings}
    marks = {(aspect, theme_id): content for aspect, theme_id, content in answers.marks}
    return _standing(answers.numbers[0], spans, marks)


def _standing(
    response: int, spans: dict[str, tuple[Span, ...]], marks: dict[tuple[str, str], str]
) -> Standing:
    if not marks:
        return Standing(response, spans)
    on_themes: dict[str, dict[str, str]] = defaultdict(dict)
    for (aspect, theme_id), content in marks.items():
        if theme_id:
            on_themes[aspect][theme_id] = content
    return Standing(
        response,
        spans,
        done=("done", "") in marks,
        flag=("flag", "") in marks,
        memo=marks.get(("memo", ""), ""),
        theme_memos=on_themes["memo"],
        recode={theme_id: read_choices(choices) for theme_id, choices in on_themes["recode"].items()},
        settled_doubts=on_themes["kept"],
    )
