"""A table to make: what it counts, and what stands around its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.filters import of_answers, of_respondents, phrase_of
from coder.domain.languages.language_names import language_code
from coder.domain.privacy.tombstones import withdrawn_note
from coder.domain.tables.printed import Provenance

if TYPE_CHECKING:
    from coder.domain.responses import Question
    from coder.domain.study_settings import Settings, TableSetting
    from coder.domain.tables.requests import TableOptions, TableRequest
    from coder.domain.tables.weights import Weights

LOW = 10
"""Percentages of fewer respondents are marked, unless the study says otherwise."""


@dataclass(frozen=True, slots=True)
class TableJob:
    """A table to make."""

    setting: TableSetting
    """What it is of, its columns, and how it is called: as `study.toml` has it, or as it was asked for."""
    questions: tuple[Question, ...]
    """The open questions it is of, counted together; empty for other tables."""
    request: TableRequest
    """Whose codings count, of whom and when, of which base, in which order, and what is kept back."""
    study: Settings
    made: str
    """The moment, in UTC."""
    program: str
    """`coder 0.1.0`."""
    weights: Weights | None = None
    """By which percentages are weighted; None: they are not."""
    withdrawn: int = 0
    """How many respondents have withdrawn: they are in no count."""
    beside_limit: bool = False
    """Whether any table that is printed with it keeps counts back."""
    by_all: str = ""
    """What the whole table is by that it is one side of; empty where it is a table of its own."""

    @property
    def options(self) -> TableOptions:
        """What a table of themes counts and shows."""
        return self.request.options

    @property
    def name(self) -> str:
        """What messages call it: `Table 5`, `The table of Q16 by region`."""
        if self.setting.number:
            return f"Table {self.setting.number}"
        subject = " + ".join(question.id for question in self.questions) or self.setting.subject
        by = self.by_all or self.setting.by
        return f"The table of {subject}{f' by {by}' if by else ''}"

    @property
    def low(self) -> int:
        """Percentages of fewer respondents than these are marked: as asked, as `study.toml` says, or ten."""
        low = self.setting.low if self.request.low is None else self.request.low
        return LOW if low is None else low

    @property
    def suppress(self) -> int:
        """Counts below this are kept back: as asked, or as `study.toml` says; 0 for none."""
        return (self.setting.suppress if self.request.suppress is None else self.request.suppress) or 0

    @property
    def intervals(self) -> bool:
        """Whether percentages have intervals: as asked, or as `study.toml` says."""
        return self.request.intervals or self.setting.intervals

    @property
    def letters(self) -> bool:
        """Whether columns have letters: as asked, or as `study.toml` says."""
        return self.request.letters or self.setting.letters

    @property
    def by_weight(self) -> bool:
        """Whether the most mentioned is what weighs most. Where counts are kept back, the order is theirs."""
        return self.weights is not None and not (self.suppress or self.beside_limit)

    @property
    def respondents(self) -> str:
        """What the study calls its respondents, in the plural: `councils`."""
        return self.study.respondents

    @property
    def respondents_heading(self) -> str:
        """The same above a column: `Councils`."""
        return self.respondents[:1].upper() + self.respondents[1:]

    @property
    def counted_respondents(self) -> str:
        """Who is counted: `councils with region = North`; empty if all are."""
        conditions = of_respondents(self.request.where)
        return f"{self.respondents} {phrase_of(conditions)}" if conditions else ""

    @property
    def counted_answers(self) -> str:
        """Which answers count: `answers with sentiment = positive`; empty if all do."""
        conditions = of_answers(self.request.where)
        return f"answers {phrase_of(conditions)}" if conditions else ""

    def provenance(self, version: int = 0, codings: int | None = None) -> Provenance:
        """Return where the numbers come from."""
        language = language_code(self.study.language) or ""
        weight = (self.weights.name, self.weights.title) if self.weights else ("", "")
        return Provenance(
            self.study.title,
            version,
            codings,
            self.made,
            self.program,
            language,
            weight[0],
            weight_title=weight[1],
        )

    def titled(self, title: str) -> str:
        """Return a table's title, with who is counted if not all are."""
        of_whom = f", of {self.counted_respondents}" if self.counted_respondents else ""
        return f"{title}{of_whom}" + (f", in {self.counted_answers}" if self.counted_answers else "")

    def notes(self, *notes: str) -> tuple[str, ...]:
        """Return a table's notes: the study's, the table's own, who is counted, these, and who withdrew."""
        counted = [
            f"Only {who} are counted." for who in (self.counted_respondents, self.counted_answers) if who
        ]
        own_notes = (self.study.note, *self.setting.notes, *counted)
        return tuple(filter(None, (*own_notes, *notes, withdrawn_note(self.withdrawn))))
