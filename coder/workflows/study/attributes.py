"""Find attributes of a study by name; those that are private are not given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import matching, nearest
from coder.errors import CoderError
from coder.store import surveys
from coder.store.attribute_counts import value_counts

if TYPE_CHECKING:
    from coder.domain.responses import Attribute
    from coder.workflows.study.study import Study


def public_attributes(study: Study) -> list[Attribute]:
    """Return the attributes that may be exported.

    Raises:
        CoderError: `study.toml` marks as private what the study does not have: it may mean another.
    """
    attributes = {attribute.name: attribute for attribute in surveys.attributes(study.database)}
    for name in study.settings.private:
        if name not in attributes:
            msg = f"study.toml marks '{name}' as private, but the study has no such attribute."
            hint = nearest(name, attributes) or f"Its attributes: {', '.join(attributes) or 'none'}."
            raise CoderError(msg, hint)
    return [attribute for name, attribute in attributes.items() if name not in study.settings.private]


def find_attribute(study: Study, name: str) -> Attribute:
    """Find an attribute by its name, whatever the case.

    Raises:
        CoderError: There is none (the hint gives the nearest), or `study.toml` calls it private.
    """
    public = [attribute.name for attribute in public_attributes(study)]
    attributes = {attribute.name: attribute for attribute in surveys.attributes(study.database)}
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
