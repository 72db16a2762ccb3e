"""What the tables screen counts: of whom, by which attribute, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from coder.domain.filters import Having
from coder.domain.near_names import fold_case
from coder.domain.tables.bases import BASES
from coder.store import surveys
from coder.tui.kit.fitting import fact
from coder.tui.kit.windows.window_values import Option, OptionSource, Pick
from coder.workflows.study.attributes import public_attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Attribute
    from coder.tui.tables.contract import TablesView

T = TypeVar("T")

_NAMED = 20
"""Values that are named below an attribute."""


def by_attribute(view: TablesView) -> None:
    """Choose the attribute whose values are the columns."""
    desk = view.desk
    attributes = public_attributes(desk.study)
    usual = {one.name: one.title for one in attributes}.get(desk.setting.by, desk.setting.by)
    options = [("", Option(f"{usual}, as the study has it" if usual else "none", ""))]
    for attribute in attributes:
        names = [name for name, _ in surveys.attribute_values(desk.study.database, attribute.name)]
        detail = "\n".join((*_in_full(attribute), ", ".join(names[:_NAMED])))
        option = Option(attribute.title, attribute.name, detail, f"{len(names):,} values")
        options.append((attribute.name, option))

    def use(attribute: str | None) -> None:
        if attribute is not None:
            desk.choose_by(attribute)
            view.count_anew()

    pick = Pick("A column for each value of", _fitting(options), placeholder="part of an attribute's name")
    view.ask(pick, use)


def respondents_with(view: TablesView) -> None:
    """Choose who is counted: all, or those with one value of an attribute."""
    desk = view.desk
    respondents = desk.study.settings.respondents
    everybody: tuple[Having, ...] = ()
    options = [("", Option(f"all {respondents}", everybody))]
    options += [
        (
            attribute.name,
            Option(
                fact(attribute.title, name),
                (Having(attribute.name, (name,), title=attribute.label),),
                "\n".join(_in_full(attribute)),
                f"{count:,}",
            ),
        )
        for attribute in public_attributes(desk.study)
        for name, count in surveys.attribute_values(desk.study.database, attribute.name)
    ]

    def use(where: tuple[Having, ...] | None) -> None:
        if where is not None:
            desk.choose_where(where)
            view.count_anew()

    title = f"Count only {respondents} with"
    view.ask(Pick(title, _fitting(options), placeholder="part of an attribute or a value"), use)


def _in_full(attribute: Attribute) -> list[str]:
    """Return what an attribute is called, where that is too long for a line; else nothing."""
    return [attribute.title] if fact(attribute.title, "") != f"{attribute.title}: " else []


def _fitting(options: Sequence[tuple[str, Option[T]]]) -> OptionSource[T]:
    """Return what narrows options to those whose names, labels or details hold every word that is typed.

    Args:
        options: Each with the name that it has in the survey.
    """
    texts = [fold_case(f"{name} {option.label} {option.detail}") for name, option in options]

    def source(typed: str) -> Sequence[Option[T]]:
        pieces = fold_case(typed).split()
        fitting = [
            option
            for text, (_, option) in zip(texts, options, strict=True)
            if all(piece in text for piece in pieces)
        ]
        return sorted(
            fitting, key=lambda option: any(piece not in fold_case(option.label) for piece in pieces)
        )

    return source


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
