"""Choosing who is counted: each choice is one more condition, all of which must hold.

`!` before what is typed turns it round: `!london` finds "not London". What holds stands first, to be taken
back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import Having
from coder.domain.near_names import fold_case
from coder.tui.kit.fitting import fact
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.study.attributes import answer_attributes, counts_of_values, public_attributes
from coder.workflows.study.conditions import conditions_as_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.responses import Attribute
    from coder.tui.tables.contract import TablesView
    from coder.tui.tables.desk import TablesDesk

Conditions = tuple[Having, ...]

_NOT = "!"
_HINT = "part of an attribute or a value · !part: not that"


def choose_conditions(view: TablesView) -> None:
    """Choose who is counted: all, or those with a value of an attribute, besides what holds already."""
    desk = view.desk
    present = [("", option) for option in _present(desk)]
    further = list(_further(desk))

    def options(typed: str) -> Sequence[Option[Conditions]]:
        is_denied = typed.startswith(_NOT)
        pieces = fold_case(typed.removeprefix(_NOT)).split()
        known = [(text, _denied(option)) for text, option in further] if is_denied else [*present, *further]
        return [
            option
            for text, option in known
            if all(piece in fold_case(f"{text} {option.label}") for piece in pieces)
        ]

    def use(where: Conditions | None) -> None:
        if where is not None:
            desk.choose_where(conditions_as_stored(desk.study, where))
            view.count_anew()

    respondents = desk.study.settings.respondents
    view.ask(Pick(f"Count only {respondents} with", options, placeholder=_HINT), use)


def _present(desk: TablesDesk) -> Iterator[Option[Conditions]]:
    """Yield what counts all again, and what takes one condition back."""
    where = desk.choices.where
    yield Option(f"all {desk.study.settings.respondents}", ())
    for condition in where:
        others = tuple(other for other in where if other != condition)
        yield Option(f"{fact(condition.called, 'any')}", others, note=f"now {condition.of_what}")


def _further(desk: TablesDesk) -> Iterator[tuple[str, Option[Conditions]]]:
    """Yield each value of each attribute as one more condition, with the name that finds it as well."""
    study = desk.study
    attributes = [*public_attributes(study), *(answer_attributes(study) if desk.of_themes else ())]
    for attribute in attributes:
        counts = counts_of_values(study, attribute)
        # Those without a value stand last.
        for cell in sorted(counts, key=lambda cell: not cell):
            if counts[cell]:
                yield attribute.name, _option(desk, attribute, cell, counts[cell])


def _option(desk: TablesDesk, attribute: Attribute, cell: str, count: int) -> Option[Conditions]:
    condition = Having(attribute.name, (cell,), title=attribute.title, of=attribute.of)
    others = (other for other in desk.choices.where if other.attribute != attribute.name)
    unit = " answers" if attribute.is_of_answers else ""
    label, in_full = fact(attribute.title, condition.of_what), f"{attribute.title}: {condition.of_what}"
    return Option(label, (*others, condition), in_full if in_full != label else "", f"{count:,}{unit}")


def _denied(option: Option[Conditions]) -> Option[Conditions]:
    """Return an option the other way round: everybody but those."""
    *others, condition = option.choice
    denied = condition._replace(any_of=(), none_of=condition.any_of)
    return Option(fact(denied.called, denied.of_what), (*others, denied), option.detail)
