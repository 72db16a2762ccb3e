"""What is told of those who are quoted and of what they wrote, without what describes too few of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.filters import of_answers, of_respondents, phrase_of
from coder.domain.responses import Attribute
from coder.domain.tables.quotes import QuotedAttribute
from coder.errors import CoderError
from coder.store import matrices
from coder.store.quotes import values_of
from coder.store.readings.answer_values import answer_values_of, answers_to
from coder.workflows.study.attributes import attributes_meant, find_any_attribute
from coder.workflows.study.conditions import conditions_as_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.filters import Having
    from coder.domain.tables.quotes import QuoteRequest
    from coder.store.database import Database
    from coder.store.quotes import CodedText
    from coder.workflows.study.study import Study

_EVERYBODY = ""
"""Stands for all questions, where respondents alone are described."""


class TooFewQuotedError(CoderError):
    """So few respondents could be quoted that what they have in common describes them."""


class _Group(NamedTuple):
    """Those who may be quoted."""

    cells_of: Mapping[int, tuple[str, ...]]
    """By number of the respondent, or of the answer where answers are described, what is told of each."""
    sharing: Mapping[tuple[str, ...], int]
    """How many respondents have these values of the first attributes together."""


@dataclass(frozen=True, slots=True)
class ToldWithQuotes:
    """What is told with quotes, and whom they are narrowed to."""

    study: Study
    attributes: tuple[Attribute, ...]
    where: tuple[Having, ...]
    """As the survey writes names and values."""
    fewest: int
    """What fewer respondents have together is kept back."""
    _groups: dict[str, _Group] = field(default_factory=dict)

    @classmethod
    def of(cls, study: Study, request: QuoteRequest) -> ToldWithQuotes:
        """Return what a request asks for.

        Raises:
            CoderError: The study has no such attribute or value, or the attribute is private.
        """
        names = attributes_meant(study, request.attributes)
        attributes = tuple(dict.fromkeys(find_any_attribute(study, name) for name in names))
        where = conditions_as_stored(study, request.where)
        return cls(study, attributes, where, 0 if request.ids else request.fewest)

    def with_quote(self, question_id: str, coding: CodedText) -> tuple[QuotedAttribute, ...]:
        """Return what is told with the quote of an answer to a question."""
        group = self._group(question_id)
        cells = group.cells_of.get(coding.response if self._is_of_answers else coding.respondent, ())
        return tuple(
            QuotedAttribute(attribute.name, "", kept_back=True)
            if group.sharing[cells[: number + 1]] < self.fewest
            else QuotedAttribute(attribute.name, cells[number])
            for number, attribute in enumerate(self.attributes)
        )

    def refuse_few(self, question_id: str) -> None:
        """Raise TooFewQuotedError if quotes are narrowed to so few respondents that it describes these."""
        if not self.where:
            return
        respondents = self._group(question_id).sharing.get((), 0)
        if 0 < respondents < self.fewest:
            word = self.study.settings.respondents
            msg = f"{question_id}: those who could be quoted, {phrase_of(self.where)}, are fewer than "
            msg += f"{self.fewest} {word}."
            raise TooFewQuotedError(
                msg, "Narrow less. --fewest N allows fewer, --ids names all who are quoted."
            )

    def narrowing_notes(self) -> Iterator[str]:
        """Yield who is quoted alone, and which answers."""
        word = self.study.settings.respondents
        narrowed = ((word, of_respondents(self.where)), ("answers", of_answers(self.where)))
        yield from (f"Only {what} {phrase_of(having)} are quoted." for what, having in narrowed if having)

    @property
    def _is_of_answers(self) -> bool:
        return bool(of_answers(self.where)) or any(attribute.is_of_answers for attribute in self.attributes)

    def _group(self, question_id: str) -> _Group:
        key = question_id if self._is_of_answers else _EVERYBODY
        if key not in self._groups:
            self._groups[key] = self._gathered(key)
        return self._groups[key]

    def _gathered(self, question_id: str) -> _Group:
        database = self.study.database
        columns = [_values(database, attribute) for attribute in self.attributes]
        conditions = [(_condition_values(database, having), having) for having in self.where]
        if question_id == _EVERYBODY:
            rows: Iterable[tuple[int, int]] = ((number, number) for number in matrices.respondents(database))
        else:
            rows = answers_to(database, [question_id])
        cells_of: dict[int, tuple[str, ...]] = {}
        having_so = set[tuple[tuple[str, ...], int]]()
        for number, respondent in rows:
            places = (number, respondent)
            if all(cells.get(places[place], "") in having.any_of for (place, cells), having in conditions):
                shared = tuple(value_of.get(places[place], "") for place, value_of in columns)
                cells_of[number] = shared
                having_so.update((shared[:length], respondent) for length in range(len(shared) + 1))
        return _Group(cells_of, Counter(shared for shared, _ in having_so))


def _values(database: Database, attribute: Attribute) -> tuple[int, Mapping[int, str]]:
    """Return the values of an attribute; before them 0 if they go by answers, 1 if by respondents."""
    if attribute.is_of_answers:
        return 0, answer_values_of(database, attribute)
    return 1, values_of(database, attribute.name)


def _condition_values(database: Database, having: Having) -> tuple[int, Mapping[int, str]]:
    return _values(database, Attribute(having.attribute, of=having.of))
