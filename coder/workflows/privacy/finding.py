"""Finding what gives people away in the answers of a study."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.privacy.findings import Certainty, Finding, one_a_place
from coder.domain.privacy.noted_places import NAME_COLUMN, NotedPlace
from coder.errors import CoderError
from coder.store import surveys
from coder.store.privacy.place_rows import note_places, noted_places
from coder.text.english_grammar import is_installed
from coder.text.privacy.all_finders import AllFinders
from coder.text.privacy.listed_names import OWN_LIST, ListedNames
from coder.text.privacy.vocabulary import Vocabulary
from coder.workflows.privacy.entities_seen import entities_seen
from coder.workflows.study.question_languages import known_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.privacy.noted_places import PlaceDecision
    from coder.domain.privacy.removals import Kind
    from coder.domain.progress import Progress
    from coder.store.database import Database
    from coder.text.privacy.english_entities import Entity
    from coder.workflows.study.study import Study

_AT_ONCE = 200
"""After so many answers it is told how far the search has come."""
NO_SPACY = (
    "Names are searched for by rules and lists alone, as spaCy is not installed:"
    ' pip install "theme-coder[text]"'
)
_VALUES = "SELECT DISTINCT value FROM attribute_value LIMIT 10000"
_ANSWER_VALUES = "SELECT DISTINCT value FROM answer_value LIMIT 10000"


class FindRequest(NamedTuple):
    """What to look for."""

    kinds: tuple[Kind, ...] = ()
    """Of these kinds alone; none: of all but places and organisations."""
    own_names: tuple[str, ...] = ()
    """The team's own list."""
    column_names: tuple[str, ...] = ()
    """Names of a column that the study does not keep: where they stand is noted, they are not."""
    with_guesses: bool = True
    """Whether words that look like names are found; False: what patterns prove, and lists."""
    with_spacy: bool = True


class FoundPlace(NamedTuple):
    """A place in an answer that gives somebody away, and what was decided on it."""

    response: int
    response_id: str
    text: str
    """The answer."""
    finding: Finding
    decision: PlaceDecision = ""
    replacement: str = ""

    @property
    def words(self) -> str:
        """What stands there."""
        return self.text[self.finding.start : self.finding.end]


class Found(NamedTuple):
    """What a search found."""

    places: tuple[FoundPlace, ...]
    """In the order of the answers."""
    answers: int
    """How many answers were searched."""
    remark: str
    """Why something could not be searched for; empty if all could."""

    @property
    def proved(self) -> tuple[FoundPlace, ...]:
        """The places that their form proves, and that nobody wants kept."""
        return tuple(
            place
            for place in self.places
            if place.finding.certainty is Certainty.PROVED and place.decision != "keep"
        )


class _Answer(NamedTuple):
    number: int
    response_id: str
    text: str


class Search:
    """A search of a study's answers: what it needs is read once, and then it needs no database.

    Args:
        study: The study; only read.
        request: What to look for.
    """

    def __init__(self, study: Study, request: FindRequest) -> None:
        self.request = request
        rows = study.database.stream("SELECT number, id, text FROM response ORDER BY number")
        self._answers = [_Answer(*row) for row in rows]
        self._noted = noted_places(study.database)
        self._vocabulary = partial(Vocabulary, self._texts(), _own_words(study), _languages(study))

    def _texts(self) -> list[str]:
        return [answer.text for answer in self._answers]

    def run(self, progress: Progress | None = None) -> Found:
        """Search; may be done in a thread.

        Args:
            progress: Called with answers searched and their total; may raise to give up.
        """
        finders, seen = self._finders(), _Seen(self.request, self._texts())
        places: list[FoundPlace] = []
        try:
            for index, answer in enumerate(self._answers):
                if progress is not None and index % _AT_ONCE == 0:
                    progress(index, len(self._answers))
                findings = finders.find(answer.text, seen.next())
                noted = self._noted.get(answer.number, ())
                places += _with_decisions(answer, findings, noted, self.request.kinds)
        finally:
            seen.close()
        if progress is not None:
            progress(len(self._answers), len(self._answers))
        return Found(tuple(places), len(self._answers), seen.remark)

    def _finders(self) -> AllFinders:
        request, vocabulary = self.request, self._vocabulary()
        lists = [
            ListedNames(entries, name, vocabulary)
            for entries, name in ((request.own_names, OWN_LIST), (request.column_names, NAME_COLUMN))
            if entries
        ]
        wants_places = bool({"place", "organisation"} & set(request.kinds))
        return AllFinders(vocabulary if request.with_guesses else None, lists, places=wants_places)


def find_places(study: Study, request: FindRequest, progress: Progress | None = None) -> Found:
    """Search the answers of a study; what the list of a column finds is noted in it, as places.

    Args:
        study: The study; only read, but for these places.
        request: What to look for.
        progress: Called with answers searched and their total; may raise to give up.

    Raises:
        CoderError: What `progress` raises.
    """
    search = Search(study, request).run(progress)
    if request.column_names and not study.read_only:
        note_column_places(study.database, search.places)
    return search


def study_vocabulary(study: Study, texts: Sequence[str]) -> Vocabulary:
    """Return the words of a study, given its answers: wordings of questions and attributes are its own."""
    return Vocabulary(texts, _own_words(study), _languages(study))


def _own_words(study: Study) -> list[str]:
    database = study.database
    wordings = [question.label for question in surveys.questions(database)]
    for sql in (_VALUES, _ANSWER_VALUES):
        wordings += [text for (text,) in database.rows(sql)]
    attributes = (*surveys.attributes(database), *surveys.answer_attributes(database))
    return wordings + [attribute.label or attribute.name for attribute in attributes]


def _languages(study: Study) -> list[str]:
    return [code for known in known_languages(study).values() for code in known.codes]


def note_column_places(database: Database, places: Sequence[FoundPlace]) -> None:
    """Note where names of a column stand; what is noted already of an answer stays."""
    by_answer: dict[int, list[FoundPlace]] = defaultdict(list)
    for place in places:
        if place.finding.finder == NAME_COLUMN and not place.decision:
            by_answer[place.response].append(place)
    noted = noted_places(database)
    with database.transaction():
        note_places(
            database,
            {
                number: _joined(noted.get(number, ()), [noted_place(place) for place in of_answer])
                for number, of_answer in by_answer.items()
            },
        )


def noted_place(place: FoundPlace) -> NotedPlace:
    """Return a place as a study remembers it: without its words."""
    start, end, kind, finder = (
        place.finding.start,
        place.finding.end,
        place.finding.kind,
        place.finding.finder,
    )
    return NotedPlace(start, end, kind, finder, place.decision, place.replacement)


def _joined(noted: Sequence[NotedPlace], more: Sequence[NotedPlace]) -> tuple[NotedPlace, ...]:
    standing = {(place.start, place.end) for place in noted}
    return tuple(sorted((*noted, *(place for place in more if (place.start, place.end) not in standing))))


def _with_decisions(
    answer: _Answer, findings: Sequence[Finding], noted: Sequence[NotedPlace], kinds: Sequence[Kind]
) -> Iterator[FoundPlace]:
    """Yield what was found in an answer with what was noted of it, by place.

    A place that was decided upon stands as it was decided; what a column's list once found is found again.
    """
    known = [
        Finding(place.start, place.end, place.kind, place.finder, Certainty.LISTED)
        for place in noted
        if place.end <= len(answer.text) and (not place.decision or place.finder == NAME_COLUMN)
    ]
    decided = {(place.start, place.end): place for place in noted if place.decision}
    others = [
        finding
        for finding in one_a_place([*findings, *known])
        if not any(finding.start < end and start < finding.end for start, end in decided)
    ]
    standing = [
        FoundPlace(
            answer.number,
            answer.response_id,
            answer.text,
            Finding(place.start, place.end, place.kind, place.finder, Certainty.LISTED),
            place.decision,
            place.replacement,
        )
        for place in decided.values()
        if place.end <= len(answer.text)
    ]
    undecided = [FoundPlace(answer.number, answer.response_id, answer.text, finding) for finding in others]
    for place in sorted([*standing, *undecided], key=lambda place: place.finding.start):
        if not kinds or place.finding.kind in kinds:
            yield place


class _Seen:
    """What spaCy sees in one answer after the other; nothing where it is not to be had."""

    def __init__(self, request: FindRequest, texts: Sequence[str]) -> None:
        wanted = request.with_guesses and request.with_spacy
        self.remark = NO_SPACY if wanted and not is_installed() else ""
        self._entities = entities_seen(texts) if wanted and is_installed() else None

    def next(self) -> tuple[Entity, ...]:
        """Return what it sees in the next answer."""
        if self._entities is None:
            return ()
        try:
            return next(self._entities)
        except CoderError as error:
            self.remark, self._entities = f"{error.message} Names are searched for by rules and lists.", None
            return ()

    def close(self) -> None:
        """End its process."""
        if self._entities is not None:
            self._entities.close()
