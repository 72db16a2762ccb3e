"""Choosing what stands over the columns of a table, by typing a part of its name.

A comma puts another beside what stands before it, a colon crosses the two: `reg,type` and `reg:type`. With
nothing before it, either goes on from the columns that the table has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case, listed_names
from coder.domain.study_settings import RESPONSE_RATES
from coder.tui.kit.fitting import shortened
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.tables.column_choices import ColumnChoice, column_choices
from coder.workflows.tables.typed_columns import CROSSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.tables.contract import TablesView

_BESIDE = ","
_LONGEST = 60
"""Cells of what an option is called; the wording of a question may be longer."""
_HINT = "part of a name or value · a,b side by side · a:b crossed"


def choose_columns(view: TablesView) -> None:
    """Choose what stands over the columns: anything that `--by` takes."""
    desk = view.desk
    choices = [
        choice
        for choice in column_choices(desk.study, of_themes=desk.of_themes)
        if desk.setting.subject != RESPONSE_RATES or choice.kind == "attribute"
    ]
    finder = ColumnFinder(choices, desk.request.by)
    usual = finder.called(desk.setting.by)
    without = Option(f"{usual}, as the study has it" if usual else "none", "")

    def options(typed: str) -> Sequence[Option[str]]:
        first = [without] if fold_case(typed) in fold_case(without.label) else []
        return [*first, *map(_option, finder.fitting(typed))]

    def use(by: str | None) -> None:
        if by is not None:
            desk.choose_by(by)
            view.count_anew()

    view.ask(Pick("A column for each value of", options, placeholder=_HINT), use)


def _option(choice: ColumnChoice) -> Option[str]:
    return Option(shortened(choice.title, _LONGEST), choice.by, choice.detail, choice.note)


class ColumnFinder:
    """Finds what may stand over columns by what is typed.

    Args:
        choices: Everything there is.
        present: What stands over them now, as `--by` takes it; empty if nothing does.
    """

    def __init__(self, choices: Sequence[ColumnChoice], present: str) -> None:
        self._choices = choices
        self._present = present
        self._texts = [
            (fold_case(choice.title), fold_case(f"{choice.by} {choice.title} {choice.detail}"))
            for choice in choices
        ]

    def called(self, by: str) -> str:
        """Return what columns are called that `--by` takes so; what is not known is called as it is typed."""
        choice = self._known(by)
        return choice.title if choice else by

    def _known(self, by: str) -> ColumnChoice | None:
        """Return the choice, or several together, that `--by` takes so; None if a part is not known."""
        known = self._known_crossed(by)
        if known is not None:
            return known
        first, *others = listed_names(by) or [by]
        known = self._known_crossed(first)
        for name in others:
            other = self._known_crossed(name)
            known = known.beside(other) if known and other else None
        return known

    def _known_crossed(self, element: str) -> ColumnChoice | None:
        """Return what one element is: a choice, or one crossed with what stands before it."""
        alone = next((choice for choice in self._choices if choice.by == element), None)
        if alone is not None:
            return alone
        for place in (place for place, sign in enumerate(element) if sign == CROSSED):
            last = next((choice for choice in self._choices if choice.by == element[place + 1 :]), None)
            first = self._known_crossed(element[:place]) if last else None
            if first and last:
                return first.crossed_with(last)
        return None

    def fitting(self, typed: str) -> list[ColumnChoice]:
        """Return what fits: those called so first, then those with such a value; then several together."""
        pieces = fold_case(typed).split()
        fitting = [
            (any(piece not in title for piece in pieces), place)
            for place, (title, text) in enumerate(self._texts)
            if all(piece in text for piece in pieces)
        ]
        return [self._choices[place] for _, place in sorted(fitting)] or self._together(typed)

    def _together(self, typed: str) -> list[ColumnChoice]:
        """Return what is typed behind the last sign, beside what stands before it or crossed with that."""
        place = max(typed.rfind(_BESIDE), typed.rfind(CROSSED))
        if place < 0:
            return []
        before, sign, behind = typed[:place].strip(), typed[place], typed[place + 1 :]
        first = self._before(before)
        if first is None:
            return []
        if sign == _BESIDE:
            return [first.beside(choice) for choice in self.fitting(behind) if choice.by != first.by]
        # All themes of a question are many attributes: they are not crossed with another.
        crossable = [choice for choice in self.fitting(behind) if "themes" not in (first.kind, choice.kind)]
        return [first.crossed_with(choice) for choice in crossable if choice.by != first.elements[-1]]

    def _before(self, typed: str) -> ColumnChoice | None:
        """Return what is meant before a sign; with nothing typed there, what the table has."""
        if typed:
            return next(iter(self.fitting(typed)), None)
        if not self._present:
            return None
        return self._known(self._present)
