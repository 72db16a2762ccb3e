"""Attributes of a study by name, those left alone that are private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codebook import nearest
from coder.errors import CoderError
from coder.store import surveys

if TYPE_CHECKING:
    from coder.domain.responses import Attribute
    from coder.workflows.studies import Study


def find_attribute(study: Study, name: str) -> Attribute:
    """Find an attribute by its name, whatever the case.

    Raises:
        CoderError: There is none (the hint gives the nearest), or `study.toml` calls it private.
    """
    refuse_unknown_private(study)
    attributes = surveys.attributes(study.database)
    for attribute in sorted(attributes, key=lambda attribute: attribute.name != name):
        if attribute.name.casefold() == name.strip().casefold():
            if attribute.name in study.settings.private:
                msg = f"The attribute '{attribute.name}' is private."
                raise CoderError(msg, "study.toml lists it under private; no table or file holds it.")
            return attribute
    names = [each.name for each in attributes if each.name not in study.settings.private]
    msg = f"The study has no attribute '{name}'."
    raise CoderError(msg, nearest(name, names) or f"Its attributes: {', '.join(names) or 'none'}.")


def refuse_unknown_private(study: Study) -> None:
    """Raise CoderError if `study.toml` calls something private that the study does not have.

    A misspelt name would let through what it was meant to keep back.
    """
    names = [attribute.name for attribute in surveys.attributes(study.database)]
    for name in study.settings.private:
        if name not in names:
            msg = f"study.toml calls '{name}' private, but the study has no such attribute."
            raise CoderError(msg, nearest(name, names) or f"Its attributes: {', '.join(names) or 'none'}.")
