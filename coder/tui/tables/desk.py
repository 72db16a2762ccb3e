"""Which of a study's tables is before a person, and how it counts. Knows no screen and no widget."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from coder.domain.filters import of_answers, of_respondents
from coder.domain.near_names import matching
from coder.domain.study_settings import RESPONSE_RATES, TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import surveys
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.workflows.tables.answers_behind import answers_behind
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.filters import Filter, Having
    from coder.domain.tables.counting_words import BaseKind
    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.workflows.study.study import Study

_ALL_OPEN = ""
"""The key of all tables of themes together in `TableChoices.by`: they share an attribute."""


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """Which figures a person wants beside counts and percentages."""

    unweighted: bool = False
    """Whether percentages are not weighted although the study has weights."""
    intervals: bool = False
    letters: bool = False
    suppress: int | None = None
    """Counts below this are kept back; None: as the study has it."""


@dataclass(frozen=True, slots=True)
class TableChoices:
    """Which table a person has chosen, and how it counts."""

    position: int
    """Where it stands among the study's tables, from 0."""
    by: Mapping[str, str] = field(default_factory=dict)
    """What stands over the columns, as `--by` takes it: of all tables of themes at once, of every other by
    its position."""
    where: tuple[Having, ...] = ()
    """Only respondents, and only answers, that meet all of these conditions are counted."""
    options: TableOptions = field(default_factory=TableOptions)
    said: frozenset[str] = frozenset()
    """Those of the options that were chosen here: they go before what `study.toml` says of a table."""
    percents: bool = False
    """Whether columns show percentages rather than counts."""
    figures: FigureChoices = FigureChoices()
    interim: bool = True
    """Whether only those are counted who have been read, while answers are open: until a base is chosen."""


@dataclass(frozen=True, slots=True)
class LeftTable:
    """A table as it was when a person went on to the answers behind one of its numbers."""

    answers: Filter
    choices: TableChoices
    cell: tuple[str, str]
    """Where the cursor was: the row's key, and the heading over the column."""


class TablesDesk:
    """One person at the tables of a study, one table at a time.

    Its own methods alone change it; everybody else reads.

    Args:
        study: The study.
        question_id: The open question to begin with; its answers are those behind closed questions' numbers.
        left_table: The table to go on with instead.
    """

    def __init__(self, study: Study, question_id: str, left_table: LeftTable | None = None) -> None:
        self.study = study
        self.left_table = left_table
        self.table: PrintedTable | None = None
        """The table as it was counted last; None: it could not be."""
        self.error: CoderError | None = None
        """Why it could not be counted."""
        self._coded_question = question_id
        self._question_ids = [question.id for question in surveys.questions(study.database)]
        self.settings = _tables_in_order(study, self._question_ids)
        self.choices = left_table.choices if left_table else TableChoices(self._position_of(question_id))

    def _position_of(self, question_id: str) -> int:
        is_its_own = [setting.subject == question_id and not setting.by for setting in self.settings]
        return is_its_own.index(True)

    @property
    def setting(self) -> TableSetting:
        """What the table is of, as the study has it."""
        return self.settings[self.choices.position]

    @property
    def of_themes(self) -> bool:
        """Whether the table is of an open question's themes."""
        return self.setting.subject in self._question_ids

    @property
    def has_groups(self) -> bool:
        """Whether columns have headings over them, and show either counts or percentages."""
        return self.table is not None and any(column.group for column in self.table.columns)

    @property
    def has_percents(self) -> bool:
        """Whether the table has percentages of respondents, of which there are intervals and letters."""
        if self.of_themes:
            return self.choices.options.unit == "respondents"
        return self.setting.subject != RESPONSE_RATES and self.setting.layout.numbers != "count"

    @property
    def request(self) -> TableRequest:
        """What the table is asked for with."""
        choices = self.choices
        by = choices.by.get(self._sharing, "") or self.setting.by
        request = TableRequest(
            by=by,
            where=choices.where,
            options=choices.options,
            said=choices.said,
            interim=choices.interim,
            suppress=choices.figures.suppress,
            unweighted=choices.figures.unweighted,
            intervals=choices.figures.intervals and self.has_percents,
            letters=choices.figures.letters and self.has_percents and bool(by),
        )
        if self.setting.number:
            return replace(request, number=self.setting.number)
        return replace(request, subjects=(self.setting.subject,))

    @property
    def base(self) -> BaseKind:
        """Whom the percentages of a table of themes are of: as it was counted last, or will be."""
        counted = self.table.base if self.table is not None else None
        return counted.kind if counted is not None else self.choices.options.base

    @property
    def scope(self) -> Scope:
        """Which codings a table of themes counts."""
        where = self.choices.where
        agreed = self.choices.options.agreed
        scope = Scope(
            (self.setting.subject,),
            agreed=agreed,
            where=of_respondents(where),
            answers_where=of_answers(where),
            only_read=self.base == "read",
        )
        return counted_scope(self.study.database, scope)

    @property
    def _sharing(self) -> str:
        """The key of this table in `TableChoices.by`: one for all tables of themes, else its position."""
        return _ALL_OPEN if self.of_themes else f"{self.choices.position}"

    def count(self) -> None:
        """Count the table anew, or keep why that cannot be done."""
        self.table = self.error = None
        try:
            (self.table,) = printed_tables(self.study, self.request)
        except CoderError as error:
            self.error = error

    def go_on(self, step: int) -> None:
        """Go to the table after or before this one, round and round."""
        self._choose(position=(self.choices.position + step) % len(self.settings))

    def choose_by(self, attribute: str) -> None:
        """Have something stand over the columns, as `--by` takes it; an empty text takes that back."""
        self._choose(by={**self.choices.by, self._sharing: attribute})

    def choose_where(self, where: tuple[Having, ...]) -> None:
        """Count those alone that meet these conditions, as the survey writes them; none counts all again."""
        self._choose(where=where)

    def switch_percents(self) -> None:
        """Show percentages in columns instead of counts, or the other way round."""
        self._choose(percents=not self.choices.percents)

    def choose_base(self, base: BaseKind) -> None:
        """Take percentages of these respondents, however far reading has come."""
        options = replace(self.choices.options, base=base)
        self._choose(options=options, said=self.choices.said | {"base"}, interim=False)

    def count_with(self, options: TableOptions | None = None, figures: FigureChoices | None = None) -> None:
        """Count in another way, or with other figures."""
        choices = self.choices
        options = options or choices.options
        earlier = asdict(choices.options)
        said = {name for name, option in asdict(options).items() if option != earlier[name]}
        self._choose(options=options, said=choices.said | said, figures=figures or choices.figures)

    def answers_behind(self, row: PrintedRow, group: str) -> Filter:
        """Return the filter that lists the answers behind a number: its row, and the heading over it."""
        options = replace(self.request.options, base=self.base)
        request = replace(self.request, options=options)
        return answers_behind(
            self.study, request, row, group, self._coded_question, _net_above(self.table, row)
        )

    def leave_for(self, answers: Filter, cell: tuple[str, str]) -> None:
        """Keep how the table is while a person goes on to the answers behind the number in a cell."""
        self.left_table = LeftTable(answers, self.choices, cell)

    def _choose(self, **choices: Any) -> None:
        self.choices = replace(self.choices, **choices)


def _net_above(table: PrintedTable | None, row: PrintedRow) -> str:
    """Return the net that stands above a row of a table; empty where none does."""
    rows = table.rows if table is not None else ()
    above = rows[: rows.index(row)] if row in rows else ()
    return next((other.key for other in reversed(above) if other.level < row.level), "")


def _tables_in_order(study: Study, question_ids: Sequence[str]) -> list[TableSetting]:
    """Return the study's tables: those that `study.toml` lists, in its order, then its other questions'."""
    listed = [
        replace(setting, subject=matching(setting.subject, question_ids) or setting.subject)
        for setting in study.settings.tables
    ]
    undivided = {setting.subject for setting in listed if not setting.by}
    return [*listed, *(TableSetting(subject) for subject in question_ids if subject not in undivided)]
