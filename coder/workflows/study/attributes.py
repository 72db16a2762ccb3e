"""Find attributes of a study by name; those that are private are not given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
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
    attributes = surveys.attributes(study.database)
    for attribute in sorted(attributes, key=lambda attribute: attribute.name != name):
        if attribute.name.casefold() == name.strip().casefold():
            if attribute.name not in public:
                msg = f"The attribute '{attribute.name}' is private."
                raise CoderError(msg, "study.toml lists it under private; no table or file holds it.")
            return attribute
    msg = f"The study has no attribute '{name}'."
    raise CoderError(msg, nearest(name, public) or f"Its attributes: {', '.join(public) or 'none'}.")


def find_value(study: Study, attribute: Attribute, value: str) -> str:
    """Find a value of an attribute, whatever the case; the empty text stands for none.

    Raises:
        CoderError: Nobody has it; the hint gives the nearest.
    """
    counts = value_counts(study.database, attribute.name)
    for candidate in sorted(counts, key=lambda each: each != value):
        if candidate.casefold() == value.strip().casefold():
            return candidate
    msg = f"Nobody has {attribute.name} = '{value}'."
    raise CoderError(msg, nearest(value, counts) or f"Its values: {', '.join(filter(None, counts))}.")
