"""Which tables are asked for: what each is of, and how `study.toml` has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.near_names import matching, names_meant, nearest
from coder.domain.study_settings import RESPONSE_RATES, TableSetting, ValueSelection
from coder.domain.tables.requests import TableRequest
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.store import surveys
from coder.workflows.study.attributes import all_attributes, answer_attributes, attribute_meant
from coder.workflows.tables.kept_choices import with_choices
from coder.workflows.tables.typed_columns import columns_meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Attribute, Question
    from coder.workflows.study.study import Study


class AskedTable(NamedTuple):
    """A table that is asked for."""

    setting: TableSetting
    """What it is of and how it is shown, as `study.toml` has it."""
    questions: tuple[Question, ...]
    """The open questions it is of, counted together; empty for other tables."""
    request: TableRequest
    """How it is counted: as is asked for and, where nothing is, as `study.toml` has it."""


def tables_asked_for(study: Study, request: TableRequest) -> list[AskedTable]:
    """Return the tables that are asked for.

    Raises:
        CoderError: There is no such table, question or attribute; a limit is less than nought; or what is
            asked for does not go together.
    """
    _refuse_limits(request)
    request = replace(request, by=columns_meant(study, request.by))
    subjects = _Subjects.of(study)
    tables = [
        asked_table._replace(request=_with_choices(study, request, asked_table))
        for asked_table in _asked_tables(study, request, subjects)
    ]
    if request.test and not any(map(_can_be_tested, tables)):
        msg = "A test of difference compares groups, and themes by an attribute are not asked for."
        raise CoderError(msg, "Name the groups, such as --by region, or leave out --test.")
    _refuse_without_percents(request, tables)
    return tables


def _can_be_tested(table: AskedTable) -> bool:
    """Tell whether a table is of respondents that mention themes, by groups."""
    return bool(table.setting.by and table.questions) and table.request.options.unit == "respondents"


def _refuse_without_percents(request: TableRequest, tables: Sequence[AskedTable]) -> None:
    """Refuse intervals and letters where no table has percentages that could have them."""
    with_percents = [
        table.setting
        for table in tables
        if table.setting.has_percents(
            of_mentions=bool(table.questions) and table.request.options.unit == "mentions"
        )
    ]
    if request.intervals and not with_percents:
        msg = "--intervals are of percentages of respondents, and no table that is asked for has any."
        raise CoderError(msg, "Leave out --intervals.")
    if request.letters and not any(setting.by for setting in with_percents):
        msg = "--letters compare columns of percentages, and no table that is asked for has any."
        raise CoderError(msg, "Name the groups, such as --by region, or leave out --letters.")


@dataclass(frozen=True, slots=True)
class _Subjects:
    """What a table of the study can be of."""

    questions: tuple[Question, ...]
    attributes: tuple[Attribute, ...]
    of_answers: tuple[Attribute, ...]

    @classmethod
    def of(cls, study: Study) -> _Subjects:
        database = study.database
        questions, attributes = surveys.questions(database), all_attributes(study)
        return cls(tuple(questions), tuple(attributes), tuple(answer_attributes(study)))

    def find(self, name: str) -> str:
        """Return a question's id or an attribute's name, whatever the case."""
        ids = [question.id for question in self.questions]
        names = [*ids, *(attribute.name for attribute in self.attributes)]
        subject = matching(name, (RESPONSE_RATES, *names)) or attribute_meant(name, self.attributes)
        if subject is not None:
            return subject
        of_answers = matching(name, [attribute.name for attribute in self.of_answers])
        if of_answers is not None:
            msg = f"'{of_answers}' is known of single answers: it has no table of its own."
            raise CoderError(msg, _of_answers_hint(of_answers, ids))
        names += [attribute.name for attribute in self.of_answers]
        msg = f"The study has no open question '{name}', and no attribute of that name."
        raise CoderError(msg, nearest(name, names) or f"Its open questions: {', '.join(ids)}.")

    def as_found(self, table: TableSetting) -> TableSetting:
        """Return a table of `study.toml` with its subject as the survey writes it."""
        subject = table.subject
        if "," in subject and matching(subject, [attribute.name for attribute in self.attributes]) is None:
            return replace(table, subject=",".join(self.named(subject)))
        return replace(table, subject=self.find(subject))

    def named(self, subject: str) -> list[str]:
        """Return the questions that the subject of a table names, with commas between them."""
        return [
            self.find(name) for name in names_meant([subject], [question.id for question in self.questions])
        ]

    def alone(self, setting: TableSetting) -> AskedTable:
        """Return the table that a setting has: of one open question, or of none."""
        questions = tuple(question for question in self.questions if question.id == setting.subject)
        if not questions and self.of_themes(setting):
            asked_table = self.together(self.named(setting.subject), setting.by)
            return asked_table._replace(setting=replace(setting, subject=""))
        return AskedTable(setting, questions, TableRequest())

    def together(self, question_ids: Sequence[str], by: str) -> AskedTable:
        """Return the table of several open questions together, each counted once however often it is named.

        Raises:
            CoderError: One is an attribute, or response rates.
        """
        by_id = {question.id: question for question in self.questions}
        for name in question_ids:
            if name not in by_id:
                msg = f"'{name}' is no open question: only those can be counted together."
                raise CoderError(msg, "Ask for its table alone.")
        return AskedTable(
            TableSetting("", by=by),
            tuple(by_id[name] for name in dict.fromkeys(question_ids)),
            TableRequest(),
        )

    def of_themes(self, table: TableSetting) -> bool:
        """Tell whether a table is of one open question, or of several together."""
        is_of_several = "," in table.subject and not self.is_attribute(table.subject)
        return is_of_several or any(question.id == table.subject for question in self.questions)

    def is_attribute(self, name: str) -> bool:
        """Tell whether a name is an attribute's, whatever the case."""
        return matching(name, [attribute.name for attribute in self.attributes]) is not None

    def called(self, name: str) -> str:
        """Return what an attribute is called, whatever the case of its name."""
        labels = {attribute.name: attribute.title for attribute in self.attributes}
        return labels.get(matching(name, labels) or name, name)


def _of_answers_hint(name: str, question_ids: Sequence[str]) -> str:
    question, typed = f"--question {quoted(question_ids[0])}" if question_ids else "", quoted(name)
    return (
        f"Count the themes in answers by it: {question} --by {typed}. Count those in some answers alone: "
        f"{question} --where {typed}=..."
    )


def _with_choices(study: Study, request: TableRequest, table: AskedTable) -> TableRequest:
    return with_choices(study, request, table.setting, of_themes=bool(table.questions))


def _refuse_limits(request: TableRequest) -> None:
    limits = (("--low", request.low), ("--suppress", request.suppress))
    for option, number in limits:
        if number is not None and number < 0:
            msg = f"{option} is {number}."
            raise CoderError(msg, "Give a number from 0.")


def _asked_tables(study: Study, request: TableRequest, subjects: _Subjects) -> list[AskedTable]:
    listed = [
        replace(table, by=columns_meant(study, table.by))
        for table in map(subjects.as_found, study.settings.tables)
    ]
    if request.number:
        return [subjects.alone(_as_asked(_numbered(listed, request.number), request, subjects))]
    names = [subjects.find(name) for name in request.subjects]
    question_ids = [question.id for question in subjects.questions]
    if request.every_question:
        names = question_ids
    if len(names) > 1:
        return [subjects.together(names, request.by)]
    if names:
        settings = [_setting_of(names[0], listed, request.by)]
    else:
        of_each = [TableSetting(question_id) for question_id in question_ids]
        # Of themes by something there are tables always: those listed by nothing, or one of each question.
        by_nothing = [table for table in listed if subjects.of_themes(table) and not table.by]
        settings = (by_nothing if request.by else listed) or of_each
    return [subjects.alone(_as_asked(setting, request, subjects)) for setting in settings]


def _numbered(listed: Sequence[TableSetting], number: str) -> TableSetting:
    for table in listed:
        if table.number == number:
            return table
    msg = f"study.toml lists no table {number}."
    numbers = ", ".join(table.number for table in listed if table.number)
    raise CoderError(msg, f"Its tables: {numbers or 'none has a number'}.")


def _setting_of(name: str, listed: Sequence[TableSetting], by: str) -> TableSetting:
    """Return what `study.toml` says of a table; of several of one question, the one by that attribute."""
    about = [table for table in listed if table.subject == name]
    return next((table for table in about if table.by == by), TableSetting(name))


def _as_asked(table: TableSetting, request: TableRequest, subjects: _Subjects) -> TableSetting:
    # Of other columns or other respondents it is another table than the one that has the number.
    if request.where:
        table = replace(table, number="")
    if request.options.unit == "mentions" or request.intervals:
        # Heads were written for respondents, and without intervals.
        table = replace(table, layout=replace(table.layout, heads=()))
    if not request.by or table.by == request.by:
        return table
    # A title or stub that was written for other groups would say of these what they are not.
    is_titled = bool(table.title) and not table.by and subjects.is_attribute(request.by)
    title = f"{table.title}, by {subjects.called(request.by)}" if is_titled else ""
    by_other = replace(table, by=request.by, number="", title=title, columns=ValueSelection())
    if table.subject == RESPONSE_RATES:
        return replace(by_other, stub="", rows=ValueSelection())
    if table.layout.turn:
        return replace(by_other, stub="")
    return replace(by_other, layout=replace(table.layout, heads=()))
