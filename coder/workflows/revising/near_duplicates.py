"""Themes that may be one: often on the same answers, alike in their labels, or in their answers' words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from coder.store import cooccurrence, surveys
from coder.store.scope import Scope
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.store.database import Database
    from coder.workflows.study.study import Study

FEWEST = 3
"""Answers that two themes share, or that a theme has alone, before anything is said of them."""
OFTEN = 0.3
"""Share of the answers with either of two themes that have both."""
LIKE = 0.9
"""How alike the words of two labels are without their endings, of 1."""
CLOSE = 0.35
"""Cosine of the words of two themes' answers."""
ANSWERS = 40
"""Of each theme, as many are compared."""
_TELLING = 30
"""Words of a theme that are compared: those that tell it best from the others."""
_NAMED = 3


class Near(NamedTuple):
    """Two themes that may be one."""

    theme_ids: tuple[str, str]
    why: str
    strength: float
    """Up to 1."""


def near_duplicates(study: Study, question_id: str | None) -> list[Near]:
    """Return the pairs of themes that may be one, the strongest first.

    Retired themes, nets that only group others, and a theme with a net above it are no pairs.

    Args:
        study: The study.
        question_id: The question whose themes and answers are compared; None means all.
    """
    all_questions = [question.id for question in surveys.questions(study.database)]
    question_ids = [question_id] if question_id else all_questions
    offered = {theme.id: theme for id_ in question_ids for theme in study.codebook.offered(id_)}
    reasons_of: dict[tuple[str, str], list[Near]] = defaultdict(list)
    for near in (
        *_together(study.database, question_ids),
        *_labels(list(offered.values())),
        *_answers(study.database, question_ids),
    ):
        first_id, second_id = near.theme_ids
        if (
            first_id in offered
            and second_id in offered
            and _apart(study.codebook, offered[first_id], offered[second_id])
        ):
            reasons_of[min(first_id, second_id), max(first_id, second_id)].append(near)
    pairs = (_joined(pair, reasons) for pair, reasons in reasons_of.items())
    return sorted(pairs, key=lambda near: (-near.strength, near.theme_ids))


def _apart(codebook: Codebook, first: Theme, second: Theme) -> bool:
    above = first.id in codebook.ancestors(second.id) or second.id in codebook.ancestors(first.id)
    return not above and first.shares_question(second)


def _joined(pair: tuple[str, str], reasons: Sequence[Near]) -> Near:
    strength = max(near.strength for near in reasons)
    return Near(pair, "; ".join(near.why for near in reasons), strength)


def _together(database: Database, question_ids: Sequence[str]) -> Iterator[Near]:
    for pair in cooccurrence.together(database, Scope(question_ids), FEWEST):
        share = pair.both / pair.either
        if share >= OFTEN:
            why = f"often together: {pair.both:,} of {pair.either:,} answers have both"
            yield Near(pair.theme_ids, why, share)


def _labels(themes: Sequence[Theme]) -> Iterator[Near]:
    from rapidfuzz import fuzz, process

    labels = [" ".join(sorted(stem for stem, _ in stems(theme.label))) for theme in themes]
    for number, theme in enumerate(themes):
        following = labels[number + 1 :] if labels[number] else []
        for _, score, step in process.extract(
            labels[number], following, scorer=fuzz.ratio, score_cutoff=LIKE * 100, limit=None
        ):
            candidate = themes[number + 1 + step]
            yield Near((theme.id, candidate.id), "the labels are alike", score / 100)


def _answers(database: Database, question_ids: Sequence[str]) -> Iterator[Near]:
    """Compare the words of answers that have a theme alone: what two have in common counts for neither."""
    vectors, word_of = _vectors(database, question_ids)
    holders: dict[str, list[str]] = defaultdict(list)
    for theme_id in sorted(vectors):
        for stem in vectors[theme_id]:
            holders[stem].append(theme_id)
    shared: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for stem, theme_ids in holders.items():
        for first_id, second_id in combinations(theme_ids, 2):
            shared[first_id, second_id][stem] = vectors[first_id][stem] * vectors[second_id][stem]
    for pair, products in shared.items():
        cosine = sum(products.values())
        if cosine >= CLOSE:
            best = sorted(products, key=lambda stem: -products[stem])[:_NAMED]
            named = ", ".join(word_of[stem] for stem in best)
            yield Near(pair, f"their answers use the same words: {named}", min(cosine, 1.0))


def _vectors(
    database: Database, question_ids: Sequence[str]
) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    """Return for each theme the stems that tell it best, with weights of length 1, and a word for each."""
    answers: Counter[str] = Counter()
    documents: dict[str, Counter[str]] = defaultdict(Counter)
    word_of: dict[str, str] = {}
    for theme_id, text in cooccurrence.with_one_theme(database, question_ids, ANSWERS):
        stem_places = dict(stems(text))
        answers[theme_id] += 1
        documents[theme_id].update(stem_places.keys())
        for stem, (start, end) in stem_places.items():
            word_of.setdefault(stem, text[start:end].lower())
    telling = {theme_id: document for theme_id, document in documents.items() if answers[theme_id] >= FEWEST}
    used = Counter(stem for document in telling.values() for stem in document)
    return {
        theme_id: _vector(document, used, len(telling)) for theme_id, document in telling.items()
    }, word_of


def _vector(document: Counter[str], used: Counter[str], themes: int) -> dict[str, float]:
    weights = {stem: times * math.log(1 + themes / used[stem]) for stem, times in document.items()}
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_TELLING]
    length = math.sqrt(sum(weights[stem] ** 2 for stem in best)) or 1.0
    return {stem: weights[stem] / length for stem in best}
