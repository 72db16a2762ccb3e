"""Measures of scored responses, each with an interval from resampling respondents.

Every measure is a ratio of sums over responses. So the sums are taken once for each respondent, and a
resampled survey is a weighting of those rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.ranking import keys_to_choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.evaluation.scored_responses import ScoredResponse

    Measures = Callable[[Floats], dict[str, Floats]]

BINS = 10
"""Bins of equal width, for the calibration error."""
DRAWS = 1000
OPEN_KEYS = 1
"""Keys that open a group of answers of the same words, to code one of them apart (`=`)."""

_SEED = 0
_RANKED = ("themed", "recall@1", "recall@3", "recall@5", "lrap")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95% interval."""

    value: float
    low: float
    high: float


def quality(tested: Sequence[ScoredResponse], theme_ids: Sequence[str]) -> dict[str, Estimate]:
    """Return recall@1/3/5, LRAP, micro-F1, macro-F1 and the expected calibration error.

    Recall@k is the mean share of an answer's themes among the first k; it and LRAP (label ranking
    average precision) are over answers with a theme, the others over all.

    Args:
        tested: The responses tested, by any number of seeds.
        theme_ids: The themes that macro-F1 is the mean over.
    """
    column_of = {theme_id: column for column, theme_id in enumerate(theme_ids)}
    rows = [_quality_row(response, column_of) for response in tested]
    return _estimates(tested, rows, lambda sums: _quality_of(sums, len(theme_ids)))


def keys(tested: Sequence[ScoredResponse]) -> dict[str, Estimate]:
    """Return what coding takes in keys.

    Args:
        tested: The answers in the order in which they were coded.

    Returns:
        Keys per coding, moving on left out; with it, per answer; and per answer of words of its own, those of
        the same words counted once.
    """
    return _estimates(tested, [_keys_row(response) for response in tested], _keys_of)


def keys_of_answer(response: ScoredResponse) -> int:
    """Return the fewest keys that code an answer with its themes and move on from it.

    Space takes the first suggestion, and is done; Enter is done; `n` says that nothing is there. What was
    decided of the same words before is decided of this answer too; where its themes differ it is coded apart.
    """
    if response.same_words == "alike":
        return 0
    chosen = sum(map(keys_to_choose, response.ranks))
    with_space = 1 in response.ranks
    return chosen + (0 if with_space else 1) + (OPEN_KEYS if response.same_words == "apart" else 0)


def _estimates(
    tested: Sequence[ScoredResponse], rows: Sequence[Sequence[float]], measures: Measures
) -> dict[str, Estimate]:
    """Sum the responses' rows by respondent; measure the survey as it is and resampled 1,000 times."""
    import numpy as np

    respondent_ids = dict.fromkeys(response.respondent_id for response in tested)
    row_of = {respondent_id: row for row, respondent_id in enumerate(respondent_ids)}
    sums = np.zeros((len(row_of), len(rows[0])))
    np.add.at(sums, [row_of[response.respondent_id] for response in tested], np.array(rows))
    draws = np.random.default_rng(_SEED).multinomial(len(sums), [1 / len(sums)] * len(sums), size=DRAWS)
    measured = measures(sums.sum(axis=0, keepdims=True))
    resampled = measures(draws @ sums)
    return {
        name: Estimate(float(ratio[0]), *(float(q) for q in np.nanquantile(resampled[name], (0.025, 0.975))))
        for name, ratio in measured.items()
    }


def _keys_row(response: ScoredResponse) -> list[float]:
    """Return keys that choose and the codings they make, all keys, distinct answers, and answers."""
    keys_pressed = keys_of_answer(response)
    if response.same_words == "alike":
        return [0.0, 0.0, 0.0, 0.0, 1.0]
    is_distinct = float(not response.same_words)
    choosing = float(sum(map(keys_to_choose, response.ranks)))
    return [choosing, float(len(response.ranks)), float(keys_pressed), is_distinct, 1.0]


def _keys_of(sums: Floats) -> dict[str, Floats]:
    choosing, codings, keys_pressed, distinct, answers = sums.T
    return {
        "keys per coding": _ratio(choosing, codings),
        "keys per answer": _ratio(keys_pressed, answers),
        "keys per distinct answer": _ratio(keys_pressed, distinct),
    }


def _quality_row(response: ScoredResponse, column_of: dict[str, int]) -> list[float]:
    """Return the ranking measures, true and false positives and misses by theme, and calibration bins."""
    themed = float(bool(response.right))
    ranked = [themed, *(_recall(response.ranks, k) for k in (1, 3, 5)), _lrap(response.ranks)]
    cells = [0.0] * (3 * len(column_of))
    right, assigned = set(response.right), set(response.assigned)
    for kind, themes in enumerate((right & assigned, assigned - right, right - assigned)):
        for theme_id in themes:
            # A theme that is never right is no part of macro-F1; assigning it is false all the same.
            if theme_id in column_of:
                cells[kind * len(column_of) + column_of[theme_id]] = 1.0
    strange = float(sum(theme_id not in column_of for theme_id in assigned))
    bins = [0.0] * (3 * BINS)
    for probability, hit in zip(response.best, response.hits, strict=True):
        at = min(int(probability * BINS), BINS - 1)
        bins[at] += 1
        bins[BINS + at] += probability
        bins[2 * BINS + at] += hit
    return [*ranked, strange, *cells, *bins]


def _quality_of(sums: Floats, n_themes: int) -> dict[str, Floats]:
    start = len(_RANKED) + 1
    themed, strange = sums[:, :1], sums[:, len(_RANKED)]
    means = _ratio(sums[:, 1 : len(_RANKED)], themed)
    measures = {name: means[:, column] for column, name in enumerate(_RANKED[1:])}
    hits, false, missed = (
        sums[:, start + kind * n_themes : start + (kind + 1) * n_themes] for kind in range(3)
    )
    measures["micro-F1"] = _f1(hits.sum(axis=1), false.sum(axis=1) + strange, missed.sum(axis=1))
    measures["macro-F1"] = _f1(hits, false, missed).mean(axis=1)
    count, probability, right = (
        sums[:, sums.shape[1] - (3 - kind) * BINS : sums.shape[1] - (2 - kind) * BINS] for kind in range(3)
    )
    measures["ECE"] = _ratio(abs(probability - right).sum(axis=1), count.sum(axis=1))
    return measures


def _recall(ranks: Sequence[int], k: int) -> float:
    return sum(rank <= k for rank in ranks) / len(ranks) if ranks else 0.0


def _lrap(ranks: Sequence[int]) -> float:
    """Return the mean over the right themes of the share of right ones among those ranked as high."""
    return sum(count / rank for count, rank in enumerate(ranks, start=1)) / len(ranks) if ranks else 0.0


def _f1(hits: Floats, false: Floats, missed: Floats) -> Floats:
    return _ratio(2 * hits, 2 * hits + false + missed)


def _ratio(above: Floats, below: Floats) -> Floats:
    import numpy as np

    return above / np.maximum(below, 1e-9)
