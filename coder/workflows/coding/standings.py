"""What stands on answers for one coder, many at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from coder.domain.codings import read_choices, read_spans
from coder.domain.standing import Standing
from coder.store import codings

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.codings import Span, WordsBy
    from coder.store.database import Database
    from coder.store.equal_answers.standing_alike import AlikeAnswers


def standings_of(database: Database, coder_id: str, responses: Collection[int]) -> dict[int, Standing]:
    """Return what stands on each of some responses, in their order."""
    spans: dict[int, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    pickers: dict[int, dict[str, WordsBy]] = defaultdict(dict)
    for response, theme_id, words, words_by in codings.words_on(database, coder_id, responses):
        spans[response][theme_id] = read_spans(words)
        if words_by:
            pickers[response][theme_id] = words_by
    marks: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for mark in codings.marks_on(database, coder_id, responses):
        marks[mark.response][mark.aspect, mark.theme_id] = mark.content
    standings = {
        number: Standing(number, spans.get(number, {}), pickers.get(number, {})) for number in responses
    }
    return {
        number: _with_marks(standing, marks[number]) if number in marks else standing
        for number, standing in standings.items()
    }


def standing_on(answers: AlikeAnswers) -> Standing:
    """Return what stands on each of some answers, as it does on the first."""
    spans = {theme_id: read_spans(words) for theme_id, words, _ in answers.codings}
    pickers = {theme_id: cast("WordsBy", words_by) for theme_id, _, words_by in answers.codings if words_by}
    marks = {(aspect, theme_id): content for aspect, theme_id, content in answers.marks}
    standing = Standing(answers.numbers[0], spans, pickers)
    return _with_marks(standing, marks) if marks else standing


def _with_marks(standing: Standing, marks: dict[tuple[str, str], str]) -> Standing:
    on_themes: dict[str, dict[str, str]] = defaultdict(dict)
    for (aspect, theme_id), content in marks.items():
        if theme_id:
            on_themes[aspect][theme_id] = content
    return replace(
        standing,
        done=("done", "") in marks,
        flag=("flag", "") in marks,
        memo=marks.get(("memo", ""), ""),
        theme_memos=on_themes["memo"],
        recode={theme_id: read_choices(choices) for theme_id, choices in on_themes["recode"].items()},
        settled_doubts=on_themes["kept"],
    )
