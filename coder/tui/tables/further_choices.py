"""Choices of a table that are seldom made: one window has them all, and which of them stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from coder.domain.near_names import fold_case
from coder.domain.team.counting_rule import Agreed
from coder.store.team.workers import coders_of
from coder.tui.kit.windows.window_values import Option, Pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.requests import TableOptions
    from coder.tui.tables.contract import TablesView
    from coder.tui.tables.desk import FigureChoices, TablesDesk

_FEWEST = (2, 3, 5, 10)
"""Respondents under whom themes are joined, or counts kept back."""
_SHARES = (2, 5, 10)
_SEVERAL = 2
_RULES: dict[Agreed, str] = {
    "settled": "what the team settled, else what all chose who finished the answer",
    "any": "themes that anybody chose on an answer",
    "all": "themes that every coder of the question chose",
    "consensus": "themes that most coders of an answer chose",
}


class _Further(NamedTuple):
    """How a table counts, as one choice leaves it."""

    options: TableOptions
    figures: FigureChoices


def choose_further(view: TablesView) -> None:
    """Choose how rare themes, small counts and several coders are dealt with."""
    desk = view.desk
    options = list(_options(desk))

    def fitting(typed: str) -> Sequence[Option[_Further]]:
        pieces = fold_case(typed).split()
        return [option for option in options if all(piece in fold_case(option.label) for piece in pieces)]

    def use(further: _Further | None) -> None:
        if further is not None:
            desk.count_with(further.options, further.figures)
            view.count_anew()

    nothing = "Nothing is called so. Esc closes."
    view.ask(Pick("How it counts", fitting, placeholder="rare, small, coders", nothing=nothing), use)


def _options(desk: TablesDesk) -> Iterator[Option[_Further]]:
    """Yield every choice, those that stand ticked."""
    options, figures = desk.choices.options, desk.choices.figures
    choices = list(_small_counts(figures))
    further = [(label, _Further(options, changed)) for label, changed in choices]
    if desk.of_themes:
        further = [(label, _Further(changed, figures)) for label, changed in _rare_themes(options)] + further
        if len(coders_of(desk.study.database, desk.setting.subject)) >= _SEVERAL:
            rules = ((f"coders: {_RULES[rule]}", replace(options, agreed=rule)) for rule in get_args(Agreed))
            further += [(label, _Further(changed, figures)) for label, changed in rules]
    for label, changed in further:
        yield Option(label, changed, note="\u2713 now" if changed == (options, figures) else "")


def _rare_themes(options: TableOptions) -> Iterator[tuple[str, TableOptions]]:
    yield "rare themes: each has its row", replace(options, other=0, other_percent=0)
    for fewest in _FEWEST:
        label = f"rare themes: join those that fewer than {fewest} mention"
        yield label, replace(options, other=fewest, other_percent=0)
    for share in _SHARES:
        label = f"rare themes: join those that fewer than {share}% of all who answered mention"
        yield label, replace(options, other=0, other_percent=share)


def _small_counts(figures: FigureChoices) -> Iterator[tuple[str, FigureChoices]]:
    yield "small counts: as the study has it", replace(figures, suppress=None)
    yield "small counts: show all", replace(figures, suppress=0)
    for fewest in _FEWEST[1:]:
        label = f"small counts: keep those under {fewest} back, and what would give them away"
        yield label, replace(figures, suppress=fewest)
