"""From a number of a printed table to the answers that it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.domain.near_names import matching
from coder.domain.study_settings import RESPONSE_RATES
from coder.errors import CoderError
from coder.store.attribute_counts import value_counts
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.tables.attribute_values import NO_ANSWER, NOT_STATED, shown_values
from coder.tables.crosstab import TOTAL
from coder.workflows.study.attributes import all_attributes, find_attribute
from coder.workflows.tables.asked_for import tables_asked_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.study_settings import ValueSelection
    from coder.domain.tables.printed import PrintedRow
    from coder.domain.tables.requests import TableRequest
    from coder.workflows.study.study import Study


def answers_behind(
    study: Study, request: TableRequest, row: PrintedRow, group: str, question_id: str
) -> Filter:
    """Return the filter that lists the answers behind a number.

    Args:
        study: The study.
        request: What the table was asked for with; of themes, it is of one question.
        row: The number's row.
        group: The heading over its column; empty where columns have none.
        question_id: Whose answers are listed where the table is of no open question.
    """
    (setting, questions, request), *_ = tables_asked_for(study, request)
    is_open = bool(questions)
    _refuse_derived(study, setting.by)
    for name in (setting.subject, setting.by):
        _refuse_coded_back(study, name)
    criteria = Filter(setting.subject if is_open else question_id)
    if is_open:
        scope = counted_scope(study.database, Scope([setting.subject], agreed=request.options.agreed))
        criteria = replace(criteria, agreed=scope.agreed, all_read=request.options.base == "read")
    for condition in request.where:
        criteria = criteria.having(condition.attribute, *condition.any_of)
    if is_open:
        themes = study.codebook.members(row.key) if row.kind == "net" else (row.key,)
        criteria = replace(criteria, theme_ids=tuple(themes))
        if setting.by and (group != TOTAL or setting.columns.excluded):
            return _narrowed(criteria, study, setting.by, setting.columns, group, blank=NOT_STATED)
        return criteria
    if setting.subject == RESPONSE_RATES:
        return _narrowed(criteria, study, setting.by, setting.rows, row.key)
    label, group = (group, row.key) if setting.layout.turn else (row.label, group)
    blank = "" if setting.layout.no_answer == "leave out" else NO_ANSWER
    criteria = _narrowed(criteria, study, setting.subject, setting.rows, label, blank=blank)
    return _narrowed(criteria, study, setting.by, setting.columns, group) if setting.by else criteria


def _refuse_derived(study: Study, by: str) -> None:
    if by and matching(by, [attribute.name for attribute in all_attributes(study)]) is None:
        msg = f"The answers behind a number cannot be listed of columns by {by}."
        raise CoderError(msg, "Columns by one attribute list theirs.")


def _refuse_coded_back(study: Study, name: str) -> None:
    """Raise CoderError if texts are coded back into an attribute: a list goes by what was ticked."""
    for setting in study.settings.attributes:
        names = (setting.name, *setting.option_columns.values()) if setting.other_text else ()
        if matching(name, names) is not None:
            msg = f"The answers behind a number cannot be listed of {name}: texts are coded back into it."
            raise CoderError(msg, f"List the answers to {setting.other_text}.")


def _narrowed(
    criteria: Filter,
    study: Study,
    name: str,
    selection: ValueSelection,
    name_shown: str,
    *,
    blank: str = "",
) -> Filter:
    """Narrow a filter to those shown under a name; `Total`, or no name, is all that are shown.

    Args:
        criteria: The filter.
        study: The study.
        name: The attribute's.
        selection: What the table says of its values.
        name_shown: As the table has it.
        blank: What those without a value are shown under; empty where they are not in the table.
    """
    attribute = find_attribute(study, name).name
    names = dict(shown_values(attribute, value_counts(study.database, attribute), selection).name_of)
    if blank:
        names[""] = blank
    return _both(criteria, attribute, names, name_shown)


def _both(criteria: Filter, attribute: str, names: Mapping[str, str], name_shown: str) -> Filter:
    behind_it = [
        attribute_value
        for attribute_value, name in names.items()
        if name == name_shown or name_shown in ("", TOTAL)
    ]
    for having in criteria.attributes:
        if having.attribute == attribute:
            behind_it = [attribute_value for attribute_value in behind_it if attribute_value in having.any_of]
    return criteria.having(attribute, *behind_it)
