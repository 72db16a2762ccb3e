"""How far coders agree: over all themes, and theme by theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.agreement.coefficients import alpha_of_sums, brennan_prediger, gwet_ac1, pooled_kappa
from coder.agreement.resampling import Coefficient, Sampling, estimate
from coder.agreement.set_values import SetValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.agreement.coefficients import Figures
    from coder.agreement.side_by_side import SharedAnswers

_PAIR = 2


@dataclass(frozen=True, slots=True)
class OverallAgreement:
    """How far coders agree about all themes of a question, or of several."""

    answers: int
    """Read by two of them or more."""
    respondents: int
    """Who gave these answers."""
    alpha: Coefficient
    """Krippendorff's, over the sets of themes on each answer, with the distances of MASI."""
    kappa: float | None
    """Cohen's, pooled over the themes, and over all pairs of several coders."""


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """How far coders agree about one theme, or one net."""

    theme_id: str
    answers: int
    """Of those that two coders or more read, on how many the theme was offered to two of them."""
    by_all: int
    """On how many of these everybody it was offered to chose it."""
    by_some: int
    """On how many some chose it, but not all."""
    only: tuple[int, ...]
    """Of two coders, on how many each of them alone chose it; empty where there are more."""
    respondents: tuple[int, ...]
    """For each coder, how many respondents mention it by that coder's codings of these answers."""
    positive: float | None
    """Where a coder chose it, the share of others who did, too: of two coders 2a / (2a + b + c)."""
    alpha: Coefficient
    """Krippendorff's, of chosen or not; without an interval where nobody agreed on choosing it."""
    alike: float | None
    """The share of decisions that are alike, chosen or not."""
    kappa: float | None
    """Cohen's; pooled over all pairs of several coders."""
    ac1: float | None
    pabak: float | None

    @property
    def mentioned(self) -> int:
        """On how many answers anybody chose it."""
        return self.by_all + self.by_some


def over_all(
    comparisons: Sequence[SharedAnswers], seed: int, *, with_interval: bool = True
) -> OverallAgreement:
    """Measure the agreement about the themes of a question, or of several together.

    Args:
        comparisons: One for each question. What chance leads one to expect is worked out for each by itself.
        seed: For the interval; the same seed gives the same.
        with_interval: Whether to work one out, which takes a tenth of a second or more.
    """
    import numpy as np

    sampling = Sampling.of([comparison.respondents for comparison in comparisons], seed)
    tables = [table for comparison in comparisons for table in _pair_tables(comparison)]
    values = [SetValues.of(comparison) for comparison in comparisons]
    alpha = _alpha_of_sets(values)
    return OverallAgreement(
        sum(len(comparison.respondents) for comparison in comparisons),
        len(sampling.respondents),
        estimate(alpha, _drawn_alphas(values, sampling), sampling) if with_interval else _without(alpha),
        _number(pooled_kappa(np.concatenate([*tables, np.zeros((0, 2, 2))]))),
    )


def _alpha_of_sets(values: Sequence[SetValues]) -> float:
    """Return alpha over the sets of themes on the answers to each question, each with its own chance."""
    import numpy as np

    sums = np.array([[of_question.observed, *of_question.expected] for of_question in values])
    return float(_pooled_alpha(sums[:, None])[0])


def _drawn_alphas(values: Sequence[SetValues], sampling: Sampling) -> Figures:
    """Return (draws,) what that is in each sample."""
    import numpy as np

    return _pooled_alpha(np.stack([of_question.drawn_sums(sampling) for of_question in values]))


def _without(alpha: float) -> Coefficient:
    """Return alpha without an interval."""
    return Coefficient(_number(alpha))


def _pooled_alpha(sums: Figures) -> Figures:
    """Return alpha from (questions, samples, 3) sums: distances within answers, of all values, and values."""
    import numpy as np

    observed, expected, values = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_chance = np.where(values > 1, expected / (values - 1), 0.0)
    alpha: Figures = alpha_of_sums(observed.sum(axis=0), by_chance.sum(axis=0), np.full(sums.shape[1], 2.0))
    return alpha


def by_theme(comparison: SharedAnswers, seed: int) -> list[ThemeAgreement]:
    """Measure the agreement about each theme of a comparison, in its order.

    Args:
        comparison: The answers to one question.
        seed: For the intervals; the same seed gives the same.
    """
    readers = comparison.readers
    choosers = comparison.choosers * (readers > 0)
    alphas = _binary_alphas(comparison, choosers, readers, seed)
    tables = _pair_tables(comparison)
    respondents = _respondents(comparison, readers > 0)
    return [
        _theme_agreement(
            theme_id,
            (choosers[:, theme], readers[:, theme]),
            [table[theme] for table in tables],
            respondents[theme],
            alphas[theme],
        )
        for theme, theme_id in enumerate(comparison.theme_ids)
    ]


def _theme_agreement(
    theme_id: str,
    decisions: tuple[NDArray[np.int64], NDArray[np.int64]],
    tables: Sequence[Figures],
    respondents: tuple[int, ...],
    alpha: Coefficient,
) -> ThemeAgreement:
    """Put together what is measured of a theme.

    Args:
        theme_id: The theme.
        decisions: How many chose it on each answer, of how many it was offered to.
        tables: For each pair of coders, how often each chose it or not.
        respondents: For each coder, who mention it.
        alpha: Its alpha.
    """
    import numpy as np

    choosers, readers = (numbers[decisions[1] > 0] for numbers in decisions)
    by_all = int((choosers == readers).sum())
    counts = np.stack([choosers, readers - choosers], axis=1).astype(float)
    pairs = sum(tables, np.zeros((2, 2)))
    both, differing, decided = pairs[1, 1], pairs[0, 1] + pairs[1, 0], pairs.sum()
    return ThemeAgreement(
        theme_id,
        len(choosers),
        by_all,
        int(((choosers > 0) & (choosers < readers)).sum()),
        (int(pairs[1, 0]), int(pairs[0, 1])) if len(respondents) == _PAIR else (),
        respondents,
        _share(2 * both, 2 * both + differing),
        alpha if by_all else Coefficient(alpha.figure),
        _share(decided - differing, decided),
        _number(pooled_kappa(np.stack([*tables, np.zeros((2, 2))]))),
        _number(gwet_ac1(counts)),
        _number(brennan_prediger(counts)),
    )


def _binary_alphas(
    comparison: SharedAnswers, choosers: NDArray[np.int64], readers: NDArray[np.int64], seed: int
) -> list[Coefficient]:
    """Return alpha of chosen or not for each theme."""
    import numpy as np

    sampling = Sampling.of([comparison.respondents], seed)
    apart = 2 * choosers * (readers - choosers) / np.maximum(readers - 1, 1)
    figures = np.concatenate([apart, choosers, readers], axis=1)
    by_respondent = np.zeros((len(sampling.respondents), figures.shape[1]))
    np.add.at(by_respondent, sampling.places(comparison.respondents), figures)
    alphas, drawn = (_binary_alpha(sums) for sums in (figures.sum(axis=0), sampling.totals(by_respondent)))
    return [estimate(alpha, drawn[:, theme], sampling) for theme, alpha in enumerate(alphas)]


def _binary_alpha(sums: Figures) -> Figures:
    """Return (..., T) alphas from (..., 3 T) sums: distances within answers, choices, and decisions."""
    import numpy as np

    apart, choices, decisions = np.split(sums, 3, axis=-1)
    alphas: Figures = alpha_of_sums(apart, 2 * choices * (decisions - choices), decisions)
    return alphas


def _pair_tables(comparison: SharedAnswers) -> list[Figures]:
    """Return, for each pair of coders, (T, 2, 2) how often the one chose a theme or not, and the other."""
    import numpy as np

    tables = []
    for first in range(len(comparison.coder_ids)):
        for second in range(first + 1, len(comparison.coder_ids)):
            offered = comparison.offered[first] & comparison.offered[second]
            one, other = (comparison.chosen[coder] & offered for coder in (first, second))
            both, only_one, only_other = (
                which.sum(axis=0) for which in (one & other, one & ~other, other & ~one)
            )
            neither = offered.sum(axis=0) - both - only_one - only_other
            cells = np.stack([neither, only_other, only_one, both], axis=1)
            tables.append(cells.reshape(-1, 2, 2).astype(float))
    return tables


def _respondents(comparison: SharedAnswers, compared: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    """Return for each theme how many respondents mention it by each coder's codings."""
    import numpy as np

    _, places = np.unique(comparison.respondents, return_inverse=True)
    counts = []
    for chosen in comparison.chosen & compared:
        mentioned = np.zeros((places.max(initial=-1) + 1, chosen.shape[1]), bool)
        np.logical_or.at(mentioned, places, chosen)
        counts.append(mentioned.sum(axis=0))
    return [tuple(map(int, of_theme)) for of_theme in zip(*counts, strict=True)]


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _number(figure: float) -> float | None:
    return None if figure != figure else float(figure)  # noqa: PLR0124  # not a number
