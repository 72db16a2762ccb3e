"""Conditions on respondents: as they are typed (`region!=London`), and as the survey has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import Having
from coder.domain.near_names import name_and_value, names_meant
from coder.errors import CoderError
from coder.workflows.study.attributes import (
    answer_attributes,
    counts_of_values,
    find_any_attribute,
    find_value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.workflows.study.study import Study


def condition_meant(study: Study, argument: str) -> Having:
    """Return the condition that `ATTRIBUTE=VALUE`, `ATTRIBUTE=VALUE,VALUE` or `ATTRIBUTE!=VALUE` stands for.

    A value that holds commas is that value if the survey has it whole. Blank stands for those without one.

    Raises:
        CoderError: It has no name before an equals sign, or the study has no such attribute.
    """
    attributes = (*study.attributes, *answer_attributes(study))
    names = [name for attribute in attributes for name in (attribute.name, attribute.title)]
    sides = name_and_value(argument, [*names, *(f"{name}!" for name in names)])
    if sides is None:
        msg = f"'{argument}' names no attribute with a value."
        raise CoderError(msg, "Write it like --where region=London, region=London,Eastern or region!=London")
    name, right_side = sides
    is_denied = name.endswith("!") and name not in names
    attribute = find_any_attribute(study, name.removesuffix("!").rstrip() if is_denied else name)
    known = counts_of_values(study, attribute)
    values = tuple(names_meant([right_side], known)) if right_side else ("",)
    condition = Having(attribute.name, values, of=attribute.of)
    return condition._replace(any_of=(), none_of=values) if is_denied else condition


def conditions_as_stored(study: Study, where: Sequence[Having]) -> tuple[Having, ...]:
    """Return conditions that all must hold, one for each attribute, as the survey writes names and values.

    Raises:
        CoderError: The study has no such attribute or value, or nobody can meet all of them.
    """
    conditions: dict[str, Having] = {}
    for condition in where:
        stored = _as_stored(study, condition)
        earlier = conditions.get(stored.attribute)
        conditions[stored.attribute] = _both(earlier, stored) if earlier else stored
    return tuple(conditions.values())


def _as_stored(study: Study, condition: Having) -> Having:
    attribute = find_any_attribute(study, condition.attribute)
    if not condition.none_of:
        any_of = tuple(find_value(study, attribute, label) for label in condition.any_of)
        return Having(attribute.name, any_of, title=attribute.title, of=attribute.of)
    none_of = tuple(label and find_value(study, attribute, label) for label in condition.none_of)
    labels = dict.fromkeys(("", *counts_of_values(study, attribute)))
    any_of = tuple(label for label in labels if label not in none_of)
    return Having(attribute.name, any_of, none_of, attribute.title, attribute.of)


def _both(condition: Having, other: Having) -> Having:
    any_of = tuple(label for label in condition.any_of if label in other.any_of)
    if not any_of:
        nobody = "Nobody" if condition.of == "respondent" else "No answer"
        msg = f"{nobody} is both {condition.phrase} and {other.phrase}."
        labels = ",".join(dict.fromkeys((*condition.any_of, *other.any_of)))
        raise CoderError(msg, f"For either of them: --where {condition.attribute}={labels}")
    none_of = tuple(dict.fromkeys((*condition.none_of, *other.none_of)))
    none_of = none_of if condition.none_of and other.none_of else ()
    return condition._replace(any_of=any_of, none_of=none_of)
