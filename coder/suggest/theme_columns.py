"""The themes of an engine and the columns in which they learn; nets are as likely as what they hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from coder.domain.codebook import Codebook, meant_alike

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from coder.domain.codebook import Theme
    from coder.domain.codings import Span
    from coder.suggest.arrays import Floats


class ThemeColumns:
    """Themes that mean the same in several questions share a column: what is coded with one teaches all.

    Args:
        themes: The themes, L of them, each with an id of its own.
        offered: Question to the ids of the themes that it offers; None parts all themes.
    """

    def __init__(self, themes: Sequence[Theme], offered: Mapping[str, Collection[str]] | None) -> None:
        import numpy as np

        codebook = Codebook(tuple(themes))
        by_question = {
            name: [codebook.by_id[theme_id] for theme_id in theme_ids if theme_id in codebook]
            for name, theme_ids in (offered or {}).items()
        }
        same = {theme.id: theme.id for theme in themes} | meant_alike(by_question)
        column_of = {theme_id: column for column, theme_id in enumerate(dict.fromkeys(same.values()))}
        self.theme_ids = tuple(theme.id for theme in themes)
        self.columns: NDArray[Any] = np.array([column_of[same[theme.id]] for theme in themes], dtype=np.int64)
        """(L,), the column of each theme."""
        self.themes = tuple(
            _spokesman([theme for theme in themes if column_of[same[theme.id]] == column])
            for column in column_of.values()
        )
        """A theme for each of the K columns, with the keywords of all that share it."""
        self._position = {theme_id: position for position, theme_id in enumerate(self.theme_ids)}
        nets_over = {
            theme.id: [net for net in codebook.ancestors(theme.id) if net in codebook] for theme in themes
        }
        self.depths = tuple(len(nets_over[theme_id]) for theme_id in self.theme_ids)
        """(L,), how many nets are over each theme."""
        self._nets_over = nets_over
        self._pairs = sorted(
            (
                (self._position[nets[0]], self._position[theme_id])
                for theme_id, nets in nets_over.items()
                if nets
            ),
            key=lambda pair: -self.depths[pair[1]],
        )
        """Positions of net and theme, the deepest themes first."""

    def __contains__(self, theme_id: str) -> bool:
        return theme_id in self._position

    def column(self, theme_id: str) -> int:
        """Return the column of a theme."""
        return int(self.columns[self._position[theme_id]])

    def nets_over(self, theme_ids: Iterable[str]) -> list[int]:
        """Return the columns of the nets over themes: who chooses a theme says that its net is there too."""
        nets = chain.from_iterable(self._nets_over[theme_id] for theme_id in theme_ids)
        return [self.column(net) for net in dict.fromkeys(nets)]

    def by_theme(self, probabilities: Floats, listed: Floats) -> Floats:
        """Return (n, L) probabilities for (n, K) ones: 0 where a theme is not listed.

        A net is at least as likely as the likeliest listed theme under it.

        Args:
            probabilities: (n, K).
            listed: (n, L), 1 where the question offers the theme.
        """
        import numpy as np

        of_themes: Floats = probabilities[:, self.columns] * listed
        for net, theme in self._pairs:
            of_themes[:, net] = np.maximum(of_themes[:, net], of_themes[:, theme]) * listed[:, net]
        return of_themes

    def best_first(self, theme_ids: Sequence[str], probabilities: Sequence[float]) -> list[tuple[str, float]]:
        """Return themes with their probabilities, best first; of equal ones a theme comes before its net."""
        pairs = zip(theme_ids, probabilities, strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], -self.depths[self._position[pair[0]]]))

    def word_spans(self, hits: Mapping[str, list[Span]]) -> dict[str, list[Span]]:
        """Return the spans that each theme has in a text, given those of the columns' themes by their ids."""
        spokesmen = (self.themes[column].id for column in self.columns.tolist())
        by_theme = zip(self.theme_ids, spokesmen, strict=True)
        return {theme_id: hits[spokesman] for theme_id, spokesman in by_theme if spokesman in hits}


def _spokesman(themes: Sequence[Theme]) -> Theme:
    """Return the theme that says most of those that mean the same, with the keywords of all."""
    fullest = max(themes, key=lambda theme: (bool(theme.definition), len(theme.examples)))
    keywords = dict.fromkeys(chain.from_iterable(theme.keywords for theme in themes))
    return replace(fullest, id=themes[0].id, keywords=tuple(keywords))
