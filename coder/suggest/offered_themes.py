"""The questions that share an engine, and which of its themes each of them offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

_THEMES_A_RESPONSE = 1.5
_HIGHEST_BASE_RATE = 0.3


class OfferedThemes:
    """Which themes each question offers; questions are numbered as they come, and unknown ones offer all.

    Args:
        theme_ids: The L themes of the engine.
        offered: Question to the ids of the themes that it offers, where questions differ.
        columns: (L,), the column in which each theme learns, of K; None: each has its own.
    """

    def __init__(
        self,
        theme_ids: Sequence[str],
        offered: Mapping[str, Collection[str]] | None,
        columns: NDArray[Any] | None = None,
    ) -> None:
        import numpy as np

        self._offered = offered or {}
        self._theme_ids = theme_ids
        self._columns = np.arange(len(theme_ids)) if columns is None else columns
        self._numbers: dict[str, int] = {}
        self._listed = np.zeros((0, len(theme_ids)), dtype=np.float32)
        self._masks = np.zeros((0, int(self._columns.max()) + 1), dtype=np.float32)

    def numbers(self, questions: Sequence[str] | None, n: int) -> NDArray[Any]:
        """Return the (n,) numbers of questions; None stands for one question without an id.

        Raises:
            ValueError: There are not n of them.
        """
        import numpy as np

        names = questions if questions is not None else [""] * n
        if len(names) != n:
            msg = f"There are {n} texts and {len(names)} questions; each text answers one."
            raise ValueError(msg)
        for name in dict.fromkeys(names):
            if name not in self._numbers:
                self._numbers[name] = len(self._masks)
                listed = np.array(self._mask(name), dtype=np.float32)
                mask = np.zeros(self._masks.shape[1], dtype=np.float32)
                np.maximum.at(mask, self._columns, listed)
                self._listed, self._masks = np.vstack([self._listed, listed]), np.vstack([self._masks, mask])
        return np.array([self._numbers[name] for name in names], dtype=np.int64)

    def masks(self, numbers: NDArray[Any]) -> Floats:
        """Return an (n, K) array: 1 where the question of that number offers a theme of the column."""
        masks: Floats = self._masks[numbers]
        return masks

    def listed(self, numbers: NDArray[Any]) -> Floats:
        """Return an (n, L) array: 1 where the question of that number offers the theme."""
        listed: Floats = self._listed[numbers]
        return listed

    def _mask(self, name: str) -> list[float]:
        offered = self._offered.get(name, self._theme_ids)
        return [float(theme_id in offered) for theme_id in self._theme_ids]


def base_log_odds(offered: Floats) -> Floats:
    """Return the log-odds of a theme before anything is known of a response, for numbers of offered themes.

    An answer has about one and a half of them.
    """
    import numpy as np

    rate = np.minimum(_HIGHEST_BASE_RATE, _THEMES_A_RESPONSE / np.maximum(1, offered))
    log_odds: Floats = np.log(rate / (1 - rate)).astype(np.float32)
    return log_odds
