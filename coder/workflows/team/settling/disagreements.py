"""Answers that several people have read and chosen otherwise, with what was settled on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import read_spans
from coder.domain.team.settled_decisions import merged_into
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.store import codebook_versions, codings, surveys
from coder.store.readings.read_by_coder import coder_work
from coder.store.readings.shared_readings import shared_readings
from coder.store.team import settled_rows
from coder.store.team.decision_rows import rival_decisions
from coder.store.team.round_rows import rounds_of
from coder.store.team.settled_rows import SettledMarks
from coder.workflows.team.themes_offered import ThemesOffered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Span
    from coder.domain.responses import Question, Response
    from coder.domain.team.disagreement_sheets import DisagreementState
    from coder.domain.team.settled_decisions import StandingDecision
    from coder.store.database import Database
    from coder.store.readings.shared_readings import SharedReading
    from coder.workflows.study.study import Study

_DEFINING_FIELDS = ("label", "definition", "include", "exclude")


class ReaderChoice(NamedTuple):
    """What one person chose on an answer that they have read to the end."""

    coder_id: str
    name: str
    words: Mapping[str, tuple[Span, ...]]
    """Theme to the words that carry it; an empty tuple means the whole answer."""
    unoffered: frozenset[str]
    """Themes that others chose and this person could not: the codebook had them not yet, or no longer."""


class RivalDecision(NamedTuple):
    """What one person decided on an answer, without knowing that another decided otherwise."""

    name: str
    at: str
    """When, in UTC."""
    theme_ids: tuple[str, ...] | None
    """What they settled it on, in the order of the codebook; None: it is to be settled again."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An answer on which its readers chose otherwise, or of which the team has said something."""

    answer: Response
    readers: tuple[ReaderChoice, ...]
    """In the order of their ids."""
    agreed: tuple[str, ...]
    """Themes that all its readers chose, in the order of the codebook; so the following."""
    disputed: tuple[str, ...]
    """Themes that some of them chose, but not all."""
    marks: SettledMarks
    """What was settled."""
    settled_by: str
    """The name of who said so last; empty: nobody yet."""
    settled_at: str
    """When, in UTC."""
    adjudicated: Mapping[str, tuple[str, ...]]
    """Names of people who settled it as adjudicators, before there was a layer or by file; with themes."""
    rivals: tuple[RivalDecision, ...] = ()
    """What was decided differently in several copies: open until somebody who knows all of it decides."""

    @property
    def state(self) -> DisagreementState:
        """How far it has come."""
        if self.marks.parked:
            return "parked"
        if self.rivals:
            return "differs"
        if self.marks.done:
            return "again" if self.marks.recode else "settled"
        return "settled" if self.adjudicated else "open"

    @property
    def settled_on(self) -> tuple[str, ...] | None:
        """The themes that it was settled on; None: it is not settled."""
        if self.marks.done:
            return tuple(self.marks.spans)
        if self.adjudicated and not self.rivals:
            return tuple(dict.fromkeys(theme for themes in self.adjudicated.values() for theme in themes))
        return None


def answers_of_round(study: Study, name: str) -> frozenset[int] | None:
    """Return the numbers of the answers that anybody has in a round; without a name None, for all there are.

    Raises:
        CoderError: There is no such round, or what is coded in it is set apart.
    """
    if not name:
        return None
    one_round = rounds_of(study.database).meant(name)
    if one_round.layer:
        msg = f"What is coded in {one_round.name} is set apart: it is compared, not settled."
        raise CoderError(
            msg, f"What was coded otherwise: coder disagreements --round {quoted(one_round.name)}"
        )
    numbers = surveys.response_numbers(study.database)
    return frozenset(numbers[response_id] for response_id in one_round.answer_ids)


def disagreements(
    study: Study,
    question: Question,
    coder_ids: Sequence[str] = (),
    answers: Collection[int] | None = None,
    theme_id: str | None = None,
) -> list[Disagreement]:
    """Return the answers to a question on which people differ, or of which the team said something, in order.

    Args:
        study: The study.
        question: The question.
        coder_ids: Whose choices are compared; empty: of everybody who has read anything.
        answers: These answers alone, those of a round; None: all.
        theme_id: Only where this theme is in dispute, or its definition is to change.
    """
    database = study.database
    readers = coder_ids or sorted(work.coder_id for work in coder_work(database) if work.read)
    rows = shared_readings(database, question.id, readers)
    by_answer: dict[int, list[SharedReading]] = defaultdict(list)
    for row in rows:
        if answers is None or row.response in answers:
            by_answer[row.response].append(row)
    rivals = rival_decisions(database, study.codebook, (question.id,))
    in_layer = settled_rows.answers_in_layer(database, question.id) | rivals.keys()
    adjudicated = settled_rows.adjudicated_by(database, question.id)
    listed = [
        number
        for number, readings in sorted(by_answer.items())
        if number in in_layer or len({reading.theme_ids for reading in readings}) > 1
    ]
    # What was settled on an answer that one person alone, or nobody, has read any more is shown all the same.
    listed += [number for number in in_layer - set(listed) if answers is None or number in answers]
    gathered = _Gathered(study, question, rows, sorted(listed), rivals)
    gathered_on = (
        gathered.disagreement(number, by_answer[number], adjudicated.get(number, {}))
        for number in gathered.numbers
    )
    return [
        disagreement
        for disagreement in gathered_on
        if theme_id is None or theme_id in _themes_about(disagreement)
    ]


def _themes_about(disagreement: Disagreement) -> set[str]:
    """Return the themes that are in dispute, or whose definition is to change."""
    settled_on = {theme_id for rival in disagreement.rivals for theme_id in rival.theme_ids or ()}
    return settled_on.union(disagreement.disputed, disagreement.marks.definitions)


class _Gathered:
    """What is read at once for all disagreements of a question."""

    def __init__(
        self,
        study: Study,
        question: Question,
        rows: Iterable[SharedReading],
        numbers: Sequence[int],
        rivals: Mapping[int, Sequence[StandingDecision]],
    ) -> None:
        database = study.database
        self.numbers = numbers
        self._study = study
        self._answers = surveys.responses(database, numbers)
        self._marks = settled_rows.settled_marks(database, numbers)
        self._settled_by = settled_rows.settled_by(database, numbers)
        self._offered = ThemesOffered(database, question.id, rows)
        self._words = _words_of(database, numbers, {row.coder_id for row in rows})
        self._rivals = rivals

    def disagreement(
        self, number: int, readings: Sequence[SharedReading], adjudicated: Mapping[str, tuple[str, ...]]
    ) -> Disagreement:
        """Return what there is on one answer."""
        times = Counter(theme_id for reading in readings for theme_id in reading.theme_ids)
        by_place = _in_order(self._study.codebook, times)
        person, at = self._settled_by.get(number, ("", ""))
        return Disagreement(
            self._answers[number],
            tuple(
                self._choice(reading, times.keys())
                for reading in sorted(readings, key=lambda reading: reading.coder_id)
            ),
            tuple(theme_id for theme_id in by_place if times[theme_id] == len(readings)),
            tuple(theme_id for theme_id in by_place if times[theme_id] < len(readings)),
            self._marks.get(number, SettledMarks()),
            self._study.name_of(person) if person else "",
            at,
            {self._study.name_of(coder_id): themes for coder_id, themes in adjudicated.items()},
            rivals_of(self._study, self._rivals.get(number, ())),
        )

    def _choice(self, reading: SharedReading, chosen: Collection[str]) -> ReaderChoice:
        words = self._words.get((reading.response, reading.coder_id), {})
        unoffered = frozenset(chosen) - reading.theme_ids - self._offered.to(reading)
        return ReaderChoice(reading.coder_id, self._study.name_of(reading.coder_id), words, unoffered)


def rivals_of(study: Study, decisions: Iterable[StandingDecision]) -> tuple[RivalDecision, ...]:
    """Return what people decided differently on an answer, by name."""
    codebook = study.codebook
    rivals = []
    for decision, by, at in decisions:
        themes: tuple[str, ...] | None = None
        if decision.theme_ids is not None:
            carried = {merged_into(theme_id, codebook) for theme_id in decision.theme_ids}
            themes = tuple(_in_order(codebook, carried))
        rivals.append(RivalDecision(study.name_of(by), at, themes))
    return tuple(sorted(rivals, key=lambda rival: (rival.name, rival.at)))


def _in_order(codebook: Codebook, theme_ids: Iterable[str]) -> list[str]:
    """Return themes in the order of the codebook, then those that it lacks."""
    places = {theme.id: place for place, theme in enumerate(codebook)}
    return sorted(theme_ids, key=lambda theme_id: (places.get(theme_id, len(places)), theme_id))


def _words_of(
    database: Database, numbers: Sequence[int], coder_ids: Iterable[str]
) -> dict[tuple[int, str], dict[str, tuple[Span, ...]]]:
    words: dict[tuple[int, str], dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for coder_id in coder_ids:
        for response, theme_id, spans, _ in codings.words_on(database, coder_id, numbers):
            words[response, coder_id][theme_id] = read_spans(spans)
    return words


def definitions_to_change(study: Study, listed: Iterable[Disagreement]) -> dict[str, list[Disagreement]]:
    """Map themes whose definition is to change to the answers that say so.

    Who changed the definition since has heard them: these are left out.
    """
    asking: dict[str, list[Disagreement]] = defaultdict(list)
    for disagreement in listed:
        for theme_id in disagreement.marks.definitions:
            asking[theme_id].append(disagreement)
    books = {v.number: v.codebook for v in codebook_versions.versions_after(study.database)} if asking else {}
    waiting: dict[str, list[Disagreement]] = {}
    for theme_id, those in asking.items():
        said = settled_rows.flagged_with(
            study.database, theme_id, [disagreement.answer.number for disagreement in those]
        )
        unheard = [
            disagreement
            for disagreement in those
            if _is_defined_as_then(
                study.codebook, books.get(said.get(disagreement.answer.number, 0)), theme_id
            )
        ]
        if unheard:
            waiting[theme_id] = unheard
    return waiting


def _is_defined_as_then(codebook: Codebook, then: Codebook | None, theme_id: str) -> bool:
    """Tell whether a theme is defined as it was; one that is gone asks for nothing."""
    theme = codebook.by_id.get(theme_id)
    if theme is None or then is None or theme_id not in then:
        return theme is not None
    earlier = then.by_id[theme_id]
    return all(getattr(theme, name) == getattr(earlier, name) for name in _DEFINING_FIELDS)
