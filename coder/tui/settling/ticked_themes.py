"""What is ticked on a disagreement, before it is settled: nothing of it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.team.settled_decisions import UNSURE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.workflows.team.settling.disagreements import Disagreement, ReaderChoice


@dataclass(slots=True)
class TickedThemes:
    """The themes that an answer is to be settled on."""

    agreed: Sequence[str] = ()
    """Themes that all its readers chose."""
    offered: list[str] = field(default_factory=list)
    """The themes with a number each: those in dispute, then others that were found."""
    ticked: list[str] = field(default_factory=list)
    is_nothing: bool = False
    """Whether it is said that nothing of the codebook is in it."""
    is_sure: bool = True
    side: int | None = None
    """Whose side was taken, by the place of their column."""
    explained: int = 0
    """Which of the offered themes has its definition on screen."""

    @classmethod
    def of(cls, disagreement: Disagreement) -> TickedThemes:
        """Tick what an answer is settled on already, else what all agree on."""
        settled_on = disagreement.settled_on
        in_columns = {*disagreement.agreed, *disagreement.disputed}
        by_rivals = [theme_id for rival in disagreement.rivals for theme_id in rival.theme_ids or ()]
        elsewhere = dict.fromkeys((*(settled_on or ()), *by_rivals))
        others = [theme_id for theme_id in elsewhere if theme_id not in in_columns]
        return cls(
            disagreement.agreed,
            [*disagreement.disputed, *others],
            list(disagreement.agreed if settled_on is None else settled_on),
            settled_on == (),
            disagreement.marks.done != UNSURE,
        )

    @property
    def explained_id(self) -> str | None:
        """The theme whose definition is shown."""
        shown = self.offered or list(self.agreed)
        return shown[self.explained % len(shown)] if shown else None

    def is_decided(self) -> bool:
        """Tell whether something is ticked, or nothing is said to be there."""
        return bool(self.ticked) or self.is_nothing

    def switch_place(self, place: int) -> bool:
        """Tick the theme with a number, or take its tick away; tell whether there is one."""
        if place >= len(self.offered):
            return False
        self.switch(self.offered[place])
        return True

    def switch(self, theme_id: str) -> None:
        """Tick any theme, or take its tick away."""
        if theme_id not in self.agreed and theme_id not in self.offered:
            self.offered.append(theme_id)
        if theme_id in self.offered:
            self.explained = self.offered.index(theme_id)
        self._set({*self.ticked} ^ {theme_id})

    def take_side(self, columns: Sequence[ReaderChoice], step: int) -> None:
        """Tick what one of the readers chose: the one before (-1) or after (1) the side taken last."""
        if not columns:
            return
        begin = 0 if step < 0 else 1
        side = min(max(begin if self.side is None else self.side + step, 0), len(columns) - 1)
        self._set(columns[side].words)
        self.side = side
        self.is_nothing = not columns[side].words

    def take_all(self, columns: Sequence[ReaderChoice]) -> None:
        """Tick what any of the readers chose."""
        self._set({theme_id for column in columns for theme_id in column.words})

    def take_nothing(self) -> None:
        """Say that nothing of the codebook is in the answer."""
        self._set(())
        self.is_nothing = True

    def explain_next(self) -> None:
        """Show the definition of the theme after the one that is shown."""
        self.explained += 1

    def _set(self, theme_ids: Collection[str]) -> None:
        self.ticked = [theme_id for theme_id in (*self.agreed, *self.offered) if theme_id in theme_ids]
        self.is_nothing, self.side = False, None
