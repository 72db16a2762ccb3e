"""Where labels stand among the themes of a codebook, by the questions they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.domain.texts.invisible import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY = None
_ALL = ""
"""The question of a theme that is for all questions."""


class LabelPositions:
    """Finds the theme that has a label already, also among thousands of equal ones."""

    def __init__(self) -> None:
        self._earliest: dict[tuple[str, str | None], int] = {}

    def add(self, label: str, questions: Sequence[str], position: int) -> None:
        """Note that a theme for these questions (for all, if there are none) stands at a position."""
        for question in (_ANY, *(questions or (_ALL,))):
            self._earliest.setdefault((fold_name(label), question and tidy(question)), position)

    def beside(self, label: str, questions: Sequence[str]) -> int | None:
        """Return the first position at which a label stands that is offered for some of these questions."""
        sharing = (_ALL, *map(tidy, questions)) if questions else (_ANY,)
        folded = fold_name(label)
        positions = (self._earliest.get((folded, question)) for question in sharing)
        return min((position for position in positions if position is not None), default=None)
