"""The names in what stands over the columns of a table: typed, found, and called in words.

`region,council_type` are two attributes side by side, `region:submitted.month` one crossed with the months of
dates, as `banners` reads them. What an attribute is called stands for its name, unless it is also the name of
an attribute, a question or a theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import matching, name_list, names_meant
from coder.store import surveys
from coder.workflows.study.attributes import all_attributes, answer_attributes, attribute_meant
from coder.workflows.tables.periods import PERIODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Attribute
    from coder.workflows.study.study import Study


CROSSED = ":"
"""Between attributes that are crossed: R has it so, and no shell takes it for anything."""


def columns_meant(study: Study, by: str) -> str:
    """Return what is typed for columns, with names in place of what attributes are called.

    Raises:
        CoderError: Several attributes are called so.
    """
    if not by:
        return by
    attributes = [*all_attributes(study), *answer_attributes(study)]
    others = _other_names(study)
    names = [attribute.name for attribute in attributes]
    titles = [attribute.title for attribute in attributes]
    if matching(by, [*names, *others]) is not None:
        return by
    elements = names_meant([by], [*names, *others, *titles])
    named = [_element_meant(element, attributes, [*names, *others]) for element in elements]
    return by if named == elements else name_list(named)


def _other_names(study: Study) -> list[str]:
    """Return what columns can be named by that is no attribute: questions and themes."""
    question_ids = [question.id for question in surveys.questions(study.database)]
    return question_ids + [name for theme in study.codebook for name in (theme.id, theme.label)]


def _element_meant(element: str, attributes: Sequence[Attribute], names: Sequence[str]) -> str:
    whole = _name_meant(element, attributes, names)
    if whole is not None:
        return whole
    pieces = element.split(CROSSED)
    return CROSSED.join(_name_meant(piece, attributes, names) or piece for piece in pieces)


def _name_meant(text: str, attributes: Sequence[Attribute], names: Sequence[str]) -> str | None:
    """Return the name that a text stands for: itself, of what is called so, or of its periods; else None."""
    if matching(text, names) is not None:
        return text
    meant = attribute_meant(text, attributes)
    if meant is not None:
        return meant
    title, _, period = text.rpartition(".")
    if period.casefold() in PERIODS and (meant := attribute_meant(title, attributes)) is not None:
        return f"{meant}.{period}"
    return None
