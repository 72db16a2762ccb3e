"""The report's tables as they are printed: themes, themes by attribute, closed questions, response rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.domain.study_settings import RESPONSE_RATES, TableSetting, Values
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.store import log, surveys
from coder.store.database import one_moment
from coder.workflows.study.attributes import find_attribute, find_value
from coder.tables.theme_tables import theme_crosstab
from coder.workflows.tables.by_theme import theme_table
from coder.tables.closed_tables import closed_table, rates_table
from coder.tables.job import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Attribute, Question
    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

EVERYTHING = TableRequest()
TOGETHER = " + "
"""Between questions that are counted together."""


def printed_tables(study: Study, request: TableRequest = EVERYTHING) -> list[PrintedTable]:
    """Make tables as they are printed: those asked for, or all that `study.toml` lists, in its order.

    Where it lists none, there is one for each open question.

    Raises:
        CoderError: The study has no such table, question, attribute or coder; an attribute is private; a
            limit is less than nought; or what is asked for does not go together.
    """
    _refuse_limits(request)
    made = f"{log.utc_now().partition('.')[0]}Z"
    if request.where:
        attribute = find_attribute(study, request.where[0])
        value = find_value(study, attribute, request.where[1])
        request = replace(request, where=(attribute.name, value))
    with one_moment(study.database):
        known = _Known.of(study)
        wanted = _wanted(study, request, known)
        if request.test:
            _refuse_test_of_nothing(wanted, known)
        return [_table(Job(study, each, request, made), known) for each in wanted]


def setting_asked(study: Study, request: TableRequest) -> TableSetting:
    """Return what the first table that is asked for is of, and how it is shown.

    Raises:
        CoderError: There is no such table, question or attribute.
    """
    return _wanted(study, request, _Known.of(study))[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a table of the study can be of."""

    questions: tuple[Question, ...]
    attributes: tuple[Attribute, ...]

    @classmethod
    def of(cls, study: Study) -> _Known:
        database = study.database
        return cls(tuple(surveys.questions(database)), tuple(surveys.attributes(database)))

    def find(self, name: str) -> str:
        """Return a question's id or an attribute's name, whatever the case."""
        names = [*(question.id for question in self.questions), *(each.name for each in self.attributes)]
        for known in sorted((RESPONSE_RATES, *names), key=lambda known: known != name):
            if known.casefold() == name.strip().casefold():
                return known
        msg = f"The study has no open question '{name}', and no attribute of that name."
        open_ones = ", ".join(question.id for question in self.questions)
        raise CoderError(msg, nearest(name, names) or f"Its open questions: {open_ones}.")

    def is_question(self, name: str) -> bool:
        """Tell whether this is an open question's id."""
        return any(question.id == name for question in self.questions)

    def are_questions(self, what: str) -> bool:
        """Tell whether a table is of open questions: one, or several together."""
        return all(map(self.is_question, what.split(TOGETHER)))

    def called(self, name: str) -> str:
        """Return what an attribute is called, whatever the case of its name."""
        same = [each for each in self.attributes if each.name.casefold() == name.strip().casefold()]
        return (same[0].label or same[0].name) if same else name


def _refuse_limits(request: TableRequest) -> None:
    limits = (("--other", request.options.other), ("--low", request.low), ("--suppress", request.suppress))
    for option, number in limits:
        if number is not None and number < 0:
            msg = f"{option} is {number}."
            raise CoderError(msg, "Give a number from 0.")


def _refuse_test_of_nothing(wanted: Sequence[TableSetting], known: _Known) -> None:
    if not any(table.by and known.are_questions(table.what) for table in wanted):
        msg = "A test of difference compares groups, and themes by an attribute are not asked for."
        raise CoderError(msg, "Name the groups, such as --by region, or leave out --test.")


def _wanted(study: Study, request: TableRequest, known: _Known) -> list[TableSetting]:
    """Return what is asked for, as `study.toml` has it where it does."""
    listed = [replace(table, what=known.find(table.what)) for table in study.settings.tables]
    if request.number:
        return [_as_asked(_numbered(listed, request.number), request, known)]
    names = [known.find(name) for name in request.what]
    if request.every_question:
        names = [question.id for question in known.questions]
    if len(names) > 1:
        return [_together(names, request.by, known)]
    if names:
        return [_as_asked(_setting_of(names[0], listed, request.by), request, known)]
    questions = [question.id for question in known.questions]
    listed = listed or [TableSetting(question_id) for question_id in questions]
    if request.by:
        listed = [table for table in listed if table.what in questions and not table.by]
    return [_as_asked(table, request, known) for table in listed]


def _numbered(listed: Sequence[TableSetting], number: str) -> TableSetting:
    for table in listed:
        if table.number == number:
            return table
    msg = f"study.toml lists no table {number}."
    numbers = ", ".join(table.number for table in listed if table.number)
    raise CoderError(msg, f"Its tables: {numbers or 'none has a number'}.")


def _setting_of(name: str, listed: Sequence[TableSetting], by: str) -> TableSetting:
    """Return what `study.toml` says of a table; of several of one question, the one by that attribute."""
    about = [table for table in listed if table.what == name]
    return next((table for table in about if table.by == by), TableSetting(name))


def _as_asked(table: TableSetting, request: TableRequest, known: _Known) -> TableSetting:
    # Of other columns or other respondents it is another table than the one that has the number.
    if request.where:
        table = replace(table, number="")
    if not request.by or table.by == request.by:
        return table
    # A title or stub that was written for other groups would say of these what they are not.
    title = f"{table.title}, by {known.called(request.by)}" if table.title and not table.by else ""
    other = replace(table, by=request.by, number="", title=title, columns=Values())
    return replace(other, stub="", values=Values()) if table.what == RESPONSE_RATES else other


def _together(names: Sequence[str], by: str, known: _Known) -> TableSetting:
    for name in names:
        if not known.is_question(name):
            msg = f"'{name}' is no open question: only those can be counted together."
            raise CoderError(msg, "Ask for its table alone.")
    return TableSetting(TOGETHER.join(names), by=by)


def _table(job: Job, known: _Known) -> PrintedTable:
    what = job.setting.what
    names = what.split(TOGETHER)
    if what == RESPONSE_RATES:
        table = rates_table(job)
    elif known.are_questions(what):
        table = (theme_crosstab if job.setting.by else theme_table)(job, names)
    else:
        table = closed_table(job)
    return replace(table, title=f"{table.title}, of {job.some}") if job.some else table
