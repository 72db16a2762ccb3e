"""Tables as they are asked for in words: by the options of the command line, and by name from Python.

Both go this way, so that the same options cannot give different tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from coder.domain.near_names import nearest, one_line
from coder.domain.tables.counting_words import BaseKind, CountUnit, RowOrder
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.domain.team.counting_rule import Agreed
from coder.errors import CoderError
from coder.workflows.study.attributes import subjects_meant
from coder.workflows.study.coders import coder_called
from coder.workflows.study.conditions import condition_meant
from coder.workflows.study.respondent_weights import refuse_idle_unweighted
from coder.workflows.tables.idle_options import refuse_idle_options, refuse_several_choices
from coder.workflows.tables.kept_choices import limit_meant
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOptions:
    """What somebody typed to have tables: the options of `coder tables`, by their names."""

    question: Sequence[str] | None = None
    """Questions and attributes; each text one name, or names with commas between them."""
    all_questions: bool = False
    number: str | None = None
    by: str | Sequence[str] = ""
    """What stands over the columns; several names as several texts, or with commas between them."""
    where: Sequence[str] = ()
    """`region=London`, `region=London,Eastern`, `region!=London`."""
    count: CountUnit | None = None
    """None, as with the next ones: as `study.toml` says of a table, or as is usual."""
    base: BaseKind | None = None
    nets: bool = False
    zeros: bool = False
    order: RowOrder | None = None
    other: int | str | None = None
    """A number of respondents, or a percentage of all who answered: `5%`."""
    coder: str | None = None
    coders: Agreed | None = None
    as_of: str | None = None
    low: int | None = None
    suppress: int | None = None
    test: bool = False
    date: str = ""
    """When tables count as made: a day, or a moment."""
    unweighted: bool = False
    intervals: bool = False
    letters: bool = False


_CHOICES = {"count": CountUnit, "base": BaseKind, "order": RowOrder, "coders": Agreed}
_IN_TABLE_OPTIONS = {"count": "unit", "coders": "agreed"}
"""What is called otherwise in `TableOptions`."""


def tables_typed(study: Study, options: TypedOptions) -> list[PrintedTable]:
    """Make the tables that options ask for.

    Raises:
        CoderError: An option says what it cannot, or would change nothing; or as `printed_tables`.
    """
    request = _request(study, options)
    refuse_several_choices(request)
    refuse_idle_unweighted(study, unweighted=request.unweighted)
    tables = printed_tables(study, request)
    refuse_idle_options(request, tables, study.settings)
    return tables


def _request(study: Study, options: TypedOptions) -> TableRequest:
    chosen = {name: choice for name in _CHOICES if (choice := getattr(options, name)) is not None}
    for name, choice in chosen.items():
        refuse_other_choices(name, choice, get_args(_CHOICES[name]))
    coder_id = coder_called(study.database, options.coder) if options.coder else None
    return TableRequest(
        number=options.number or "",
        subjects=subjects_meant(study, options.question or ()),
        every_question=options.all_questions,
        by=options.by if isinstance(options.by, str) else one_line(options.by),
        options=TableOptions(
            nets=options.nets,
            zeros=options.zeros,
            **{_IN_TABLE_OPTIONS.get(name, name): choice for name, choice in chosen.items()},
            **limit_meant("" if options.other is None else str(options.other)),
        ),
        said=frozenset(_IN_TABLE_OPTIONS.get(name, name) for name in (*chosen, *_said_limit(options))),
        coder_ids=(coder_id,) if coder_id else (),
        as_of=options.as_of,
        where=tuple(condition_meant(study, condition) for condition in options.where),
        low=options.low,
        suppress=options.suppress,
        test=options.test,
        date=options.date,
        unweighted=options.unweighted,
        intervals=options.intervals,
        letters=options.letters,
    )


def _said_limit(options: TypedOptions) -> list[str]:
    return [] if options.other in (None, "") else ["other"]


def refuse_other_choices(option: str, choice: str, choices: Sequence[str]) -> None:
    """Raise CoderError if an option says something that it cannot; the hint gives the nearest."""
    if choice not in choices:
        msg = f"{option} is '{choice}'."
        raise CoderError(msg, nearest(choice, choices) or f"It may be: {', '.join(choices)}.")
