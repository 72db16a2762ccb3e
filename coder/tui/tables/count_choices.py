"""What the tables screen counts: of whom, by which attribute, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from coder.domain.tables.bases import BASES
from coder.store import surveys
from coder.tui.kit.pick import Option, OptionSource, Pick
from coder.workflows.study.attributes import public_attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.tables.screen import TablesScreen

T = TypeVar("T")

_NAMED = 20
"""Values that are named below an attribute."""


def by_attribute(screen: TablesScreen) -> None:
    """Choose the attribute whose values are the columns."""
    own = screen.setting.by
    found = [Option(f"{own}, as the study has it" if own else "none", "")]
    for attribute in public_attributes(screen.study):
        values = [value for value, _ in surveys.attribute_values(screen.study.database, attribute.name)]
        detail = "\n".join(filter(None, (attribute.label, ", ".join(values[:_NAMED]))))
        found.append(Option(attribute.name, attribute.name, detail, f"{len(values):,} values"))

    def picked(name: str | None) -> None:
        if name is not None:
            screen.choose_by(name)

    pick = Pick("A column for each value of", _among(found), placeholder="part of an attribute's name")
    screen.app.push_screen(pick, picked)


def some(screen: TablesScreen) -> None:
    """Choose who is counted: all, or those with one value of an attribute."""
    word = screen.study.settings.respondents
    found = [Option(f"all {word}", ("", ""))]
    found += [
        Option(f"{attribute.name}: {value}", (attribute.name, value), note=f"{count:,}")
        for attribute in public_attributes(screen.study)
        for value, count in surveys.attribute_values(screen.study.database, attribute.name)
    ]

    def picked(where: tuple[str, str] | None) -> None:
        if where is not None:
            screen.choose_where(where if where[0] else None)

    pick = Pick(f"Count only {word} with", _among(found), placeholder="part of an attribute or a value")
    screen.app.push_screen(pick, picked)


def _among(found: Sequence[Option[T]]) -> OptionSource[T]:
    def options(typed: str) -> Sequence[Option[T]]:
        words = typed.casefold().split()
        return [option for option in found if all(word in option.label.casefold() for word in words)]

    return options


def percents(screen: TablesScreen) -> None:
    """Show percentages in the columns instead of counts, or the other way round."""
    if screen.rows.scrolls:
        screen.percents = not screen.percents
        screen.show_table()
    else:
        screen.notify("Counts and percentages are both here. b makes columns of an attribute.", timeout=4)


def count(screen: TablesScreen) -> None:
    """Count mentions instead of respondents, or the other way round."""
    screen.choose(unit="respondents" if screen.options.unit == "mentions" else "mentions")


def base(screen: TablesScreen) -> None:
    """Go on to the next kind of base: from those who answered to all, then to those with a theme."""
    kinds = list(BASES)
    screen.choose(base=kinds[kinds.index(screen.options.base) - 1])


def nets(screen: TablesScreen) -> None:
    """Show themes under their nets, or alone."""
    screen.choose(nets=not screen.options.nets)


def order(screen: TablesScreen) -> None:
    """Order themes by their counts, or as in the codebook."""
    screen.choose(order="codebook" if screen.options.order == "count" else "count")


def zeros(screen: TablesScreen) -> None:
    """Show or hide the themes that nobody mentions."""
    screen.choose(zeros=not screen.options.zeros)
