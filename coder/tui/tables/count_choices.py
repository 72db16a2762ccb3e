"""How the tables screen counts, one key a choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coder.domain.tables.bases import BASES

if TYPE_CHECKING:
    from coder.tui.tables.contract import TablesView


def switch_percents(view: TablesView) -> None:
    """Show percentages in the columns instead of counts, or the other way round."""
    if view.desk.has_groups:
        view.desk.switch_percents()
        view.show_table()
    else:
        view.tell("Counts and percentages are both here. b makes columns of an attribute.", 4)


def switch_unit(view: TablesView) -> None:
    """Count mentions instead of respondents, or the other way round."""
    _change(view, unit="respondents" if view.desk.choices.options.unit == "mentions" else "mentions")


def next_base(view: TablesView) -> None:
    """Go on to the next kind of base, from the narrowest to the widest; after that comes the narrowest."""
    if is_of_themes(view):
        kinds = list(BASES)[::-1]
        view.desk.choose_base(kinds[(kinds.index(view.desk.base) + 1) % len(kinds)])
        view.count_anew()


def switch_nets(view: TablesView) -> None:
    """Show themes under their nets, or alone."""
    _change(view, nets=not view.desk.choices.options.nets)


def switch_order(view: TablesView) -> None:
    """Order themes by their counts, or as in the codebook."""
    _change(view, order="codebook" if view.desk.choices.options.order == "count" else "count")


def switch_zeros(view: TablesView) -> None:
    """Show or hide the themes that nobody mentions."""
    _change(view, zeros=not view.desk.choices.options.zeros)


def switch_weights(view: TablesView) -> None:
    """Weight percentages by what study.toml names, or not."""
    if not view.desk.study.settings.weight:
        view.tell("The study has no survey weights: study.toml names none.", 4)
    elif _has_percents(view):
        figures = view.desk.choices.figures
        view.desk.count_with(figures=replace(figures, unweighted=not figures.unweighted))
        view.count_anew()


def switch_intervals(view: TablesView) -> None:
    """Show the intervals of percentages, or hide them."""
    if _has_percents(view):
        figures = view.desk.choices.figures
        view.desk.count_with(figures=replace(figures, intervals=not figures.intervals))
        view.count_anew()


def switch_letters(view: TablesView) -> None:
    """Show which columns differ, by letters, or hide them."""
    if not view.desk.has_groups:
        view.tell("Letters say which columns differ. b makes columns of an attribute.", 4)
    elif _has_percents(view):
        figures = view.desk.choices.figures
        view.desk.count_with(figures=replace(figures, letters=not figures.letters))
        if not figures.letters and not view.desk.choices.percents:
            view.desk.switch_percents()
        view.count_anew()


def _has_percents(view: TablesView) -> bool:
    """Tell whether the table has percentages of respondents, and the person if it has none."""
    if not view.desk.has_percents:
        view.tell("This is for percentages of respondents, and this table has none.", 4)
    return view.desk.has_percents


def _change(view: TablesView, **option: Any) -> None:
    """Count with an option changed, where the table is of themes."""
    if is_of_themes(view):
        view.desk.count_with(replace(view.desk.choices.options, **option))
        view.count_anew()


def is_of_themes(view: TablesView) -> bool:
    """Tell whether the table is of themes, and the person if it is not."""
    if not view.desk.of_themes:
        view.tell("This is for tables of themes. study.toml says how the others are counted.", 4)
    return view.desk.of_themes
