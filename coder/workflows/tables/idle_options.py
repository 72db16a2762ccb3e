"""Options that would change nothing in the tables that are asked for: something else was meant by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.near_names import matching
from coder.domain.study_settings import RESPONSE_RATES
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.study_settings import Settings
    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.requests import TableRequest

_OF_THEMES: dict[str, Callable[[TableRequest], bool]] = {
    "--count": lambda request: "unit" in request.said,
    "--base": lambda request: "base" in request.said,
    "--nets": lambda request: request.options.nets,
    "--zeros": lambda request: request.options.zeros,
    "--order": lambda request: "order" in request.said,
    "--other": lambda request: "other" in request.said,
}
"""Options that only tables of themes have, and whether they are typed."""
_OF_CODINGS: dict[str, Callable[[TableRequest], bool]] = {
    "--coders": lambda request: "agreed" in request.said,
    "--coder": lambda request: bool(request.coder_ids),
    "--as-of": lambda request: request.as_of is not None,
}
"""Options that only tables have in which codings count: of themes, or of texts coded back into options."""


def refuse_several_choices(request: TableRequest) -> None:
    """Raise CoderError if a request says in several ways of what its tables are."""
    ways = {
        "--number": bool(request.number),
        "--all-questions": request.every_question,
        "--question": bool(request.subjects),
    }
    typed = [option for option, is_typed in ways.items() if is_typed]
    if len(typed) > 1:
        msg = f"{listed(typed)} each say what the tables are of."
        raise CoderError(msg, "Leave all but one of them out.")


def refuse_idle_options(request: TableRequest, tables: Sequence[PrintedTable], settings: Settings) -> None:
    """Raise CoderError if options would change nothing in the tables that are asked for.

    Args:
        request: What is asked for.
        tables: What was made of it.
        settings: Those of the study.
    """
    idle = [option for option, is_typed in _OF_THEMES.items() if is_typed(request)]
    if not _with_texts(tables, settings):
        idle += [option for option, is_typed in _OF_CODINGS.items() if is_typed(request)]
    if idle and not any(table.question_ids for table in tables):
        options = " and ".join(idle)
        msg = f"{options} would change nothing: no table of themes is asked for."
        raise CoderError(msg, f"Leave out {options}, or ask for a question's themes: --question Q16")
    if request.coder_ids and "agreed" in request.said:
        msg = "--coders would change nothing: --coder counts the codings of one."
        raise CoderError(msg, "Leave out one of the two.")
    if request.low and not any(map(_may_mark_few, tables)):
        msg = "--low would change nothing: no table that is asked for marks percentages of few."
        raise CoderError(msg, "Name the groups, such as --by region, or leave out --low.")


def _with_texts(tables: Sequence[PrintedTable], settings: Settings) -> bool:
    """Tell whether any table may count texts that are coded back into the options of a closed question."""
    names = [
        name
        for setting in settings.attributes
        if setting.other_text
        for name in (setting.name, *setting.option_columns.values())
    ]
    return any(matching(name, (table.subject, table.by)) is not None for table in tables for name in names)


def _may_mark_few(table: PrintedTable) -> bool:
    """Tell whether percentages of few are marked in a table: closed questions, and themes by groups."""
    is_of_groups = bool(table.by) if table.question_ids else table.subject != RESPONSE_RATES
    return is_of_groups and any(column.kind == "percent" for column in table.columns)
