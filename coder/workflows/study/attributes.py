"""Find attributes of a study by name; those that are private are not given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import matching, names_meant, nearest
from coder.domain.texts.invisible import tidy
from coder.errors import CoderError
from coder.store import surveys
from coder.store.attribute_counts import value_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Attribute
    from coder.workflows.study.study import Study


def public_attributes(study: Study) -> list[Attribute]:
    """Return the attributes that may be exported.

    Raises:
        CoderError: `study.toml` marks as private what the study does not have: it may mean another.
    """
    attributes = all_attributes(study)
    for name in study.settings.private:
        _refuse_unknown(name, attributes, f"study.toml marks '{name}' as private")
    private = set(map(tidy, study.settings.private))
    return [attribute for attribute in attributes if tidy(attribute.name) not in private]


def all_attributes(study: Study) -> list[Attribute]:
    """Return all attributes, private ones too, called as `study.toml` has it.

    Raises:
        CoderError: `study.toml` has a block of an attribute that the study does not have.
    """
    attributes = surveys.attributes(study.database)
    labels = {}
    for setting in study.settings.attributes:
        _refuse_unknown(setting.name, attributes, f"study.toml has a block [[attribute]] of '{setting.name}'")
        labels[tidy(setting.name)] = setting.label
    return [
        attribute._replace(label=labels.get(tidy(attribute.name)) or attribute.label)
        for attribute in attributes
    ]


def _refuse_unknown(name: str, attributes: Sequence[Attribute], what_is_said: str) -> None:
    names = [attribute.name for attribute in attributes]
    if tidy(name) not in map(tidy, names):
        msg = f"{what_is_said}, but the study has no such attribute."
        raise CoderError(msg, nearest(name, names) or f"Its attributes: {', '.join(names) or 'none'}.")


def value_order(study: Study, attribute: Attribute) -> tuple[str, ...]:
    """Return the order that `study.toml` gives the values of an attribute; empty where it gives none."""
    settings = study.settings.attributes
    return next((setting.order for setting in settings if tidy(setting.name) == tidy(attribute.name)), ())


def attributes_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the names of attributes that arguments list: each one name, or a line of CSV of names.

    A name that the study does not have is returned as it was typed.
    """
    names = [attribute.name for attribute in surveys.attributes(study.database)]
    return tuple(names_meant(arguments, names))


def subjects_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the questions and attributes that arguments list, as `attributes_meant` does."""
    questions = [question.id for question in surveys.questions(study.database)]
    names = [*(attribute.name for attribute in surveys.attributes(study.database)), *questions]
    return tuple(names_meant(arguments, names))


def find_attribute(study: Study, name: str) -> Attribute:
    """Find an attribute by its name, whatever the case.

    Raises:
        CoderError: There is none (the hint gives the nearest), or `study.toml` calls it private.
    """
    public = [attribute.name for attribute in public_attributes(study)]
    attributes = {attribute.name: attribute for attribute in all_attributes(study)}
    exact_name = matching(name, attributes)
    if exact_name is None:
        msg = f"The study has no attribute '{name}'."
        raise CoderError(msg, nearest(name, public) or f"Its attributes: {', '.join(public) or 'none'}.")
    if exact_name not in public:
        msg = f"The attribute '{exact_name}' is private."
        raise CoderError(msg, "study.toml lists it under private; no table or file holds it.")
    return attributes[exact_name]


def find_value(study: Study, attribute: Attribute, value: str) -> str:
    """Find a value of an attribute, whatever the case; the empty text stands for none.

    Raises:
        CoderError: Nobody has it; the hint gives the nearest.
    """
    counts = value_counts(study.database, attribute.name)
    exact_value = matching(value, counts)
    if exact_value is None:
        msg = f"Nobody has {attribute.name} = '{value}'."
        raise CoderError(msg, nearest(value, counts) or f"Its values: {', '.join(filter(None, counts))}.")
    return exact_value
