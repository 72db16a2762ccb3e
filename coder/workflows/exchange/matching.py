"""Holding the rows of a codings file against a study: which response, which theme, which words."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from coder.domain.codings import Aspect, Origin, Span, WordsBy
from coder.domain.grammar import agreeing, counted
from coder.domain.near_names import fold_id, fold_name, nearest
from coder.domain.team.team_people import Team
from coder.errors import CoderError
from coder.formats.codings.coding_files import CodingRow, MarkRow
from coder.store import surveys
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.team.team_rows import team
from coder.text.mentions import find_mention
from coder.workflows.exchange.answer_texts import AnswerTexts, MisfitError, StatedText
from coder.workflows.exchange.file_themes import FileThemes
from coder.workflows.exchange.placing_by_text import PlacingByText
from coder.workflows.exchange.stated_words import (
    each_span,
    refuse_words,
    stated_span,
    whole_number,
    words_picker,
)
from coder.workflows.study.coders import new_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coder.domain.progress import Progress
    from coder.domain.responses import Response
    from coder.domain.team.team_people import Person
    from coder.workflows.study.study import Study

Stated = TypeVar("Stated", CodingRow, MarkRow)
Found = TypeVar("Found")

FAULTS_SHOWN = 20
PROGRESS_EVERY = 1_000
_WORDS_SHOWN = 60
_DONE = {"": True, "1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
_ORIGINS = get_args(Origin)
MARKS = ("done", "flag", "memo")
"""The marks that codings files hold; others belong to this study's own codebook and engine."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the file, in the study's terms."""

    response: Response
    theme_id: str
    """Empty: the answer was read, and there is nothing in it."""
    coder_id: str
    spans: tuple[Span, ...]
    origin: Origin
    words_by: WordsBy = ""
    """Empty where the file does not say it."""
    done: bool = True
    """Whether the coder has finished the answer."""
    where: str = ""
    """The row's place in the file."""


@dataclass(frozen=True, slots=True)
class MarkMatch:
    """A mark of the file, in the study's terms."""

    response: Response
    coder_id: str
    aspect: Aspect
    theme_id: str
    content: str


_REDACTED = (
    "Nothing was imported: nothing here can tell any more whether that was the text before. Have whoever"
    " coded it take in this study's redactions first (coder team send here, coder team receive there), then"
    " export again; or send the codings themselves (coder team send), whose words are moved along."
)


class Matcher:
    """Finds what the rows of a codings file refer to, and remembers what it could not make out.

    Args:
        study: The study.
        coder_id: Who coded the rows that name nobody.
        by_text: Whether a row is about the answer that has the text which was coded, whatever its id.
    """

    def __init__(self, study: Study, coder_id: str, *, by_text: bool = False) -> None:
        self.warnings: list[str] = []
        self.faults: list[str] = []
        self._study = study
        self._coder_id = coder_id
        self._by_text = by_text
        self.joining: list[Person] = []
        """People whom the file names and the team lacks."""
        self._unrecognised: dict[str, str] = {}
        """Answers of which nothing says that they are the ones coded, by id: the first row about each."""
        self._recognised: set[str] = set()
        self._counted_words: list[str] = []
        """Rows that say where words stand, and nothing says which they were."""
        self._misfits = self._elsewhere = self._redacted = 0
        self._coders: dict[str, str] = {}
        self._team = team(study.database)
        questions = [question.id for question in surveys.questions(study.database)]
        # Of two that differ in case, each goes by the very name.
        self._questions = {fold_name(name): name for name in reversed(questions)} | {q: q for q in questions}
        self.themes = FileThemes(study)
        self._by_id: dict[str, Response] = {}
        self._by_place: dict[tuple[str, str], dict[int, Response]] = {}
        responses = list(surveys.all_responses(study.database))
        for response in responses:
            self._by_id.setdefault(fold_id(response.id), response)
            self._by_id[response.id] = response
            boxes = self._by_place.setdefault((fold_id(response.respondent_id), response.question_id), {})
            boxes[response.item] = response
        self._texts = AnswerTexts(responses, cuts_as_made(study.database))
        self._placing = PlacingByText(self._texts, self._named_if_any)

    def rows(self, rows: Sequence[CodingRow], progress: Progress | None = None) -> list[Match]:
        """Match every row; rows that do not match are named in `faults`."""
        if self._by_text:
            self._placing.learn(rows)
        matches = self._all(rows, self._match, progress)
        self.faults += _contradictions(matches)
        return matches

    def marks(self, rows: Sequence[MarkRow]) -> list[MarkMatch]:
        """Match every mark; marks that do not match are named in `faults`."""
        return self._all(rows, self._match_mark, None)

    def check(self, name: str) -> None:
        """Refuse the file if anything in it did not match.

        Raises:
            CoderError: There are faults; the message lists the first 20.
        """
        if not self.faults:
            return
        fault_lines = [f"{name}, {fault}" for fault in self.faults[:FAULTS_SHOWN]]
        if more := len(self.faults) - len(fault_lines):
            fault_lines.append(f"... and {more} more.")
        hint = "Nothing was imported. Mend the file, or the codebook, and import again."
        if self._misfits:
            hint = self._misfit_hint()
        raise CoderError("\n".join(fault_lines), hint)

    def _misfit_hint(self) -> str:
        """Return what settles that answers have other texts here."""
        if self._redacted == len(self.faults):
            return _REDACTED
        hint = "Nothing was imported: the file is of another copy of the survey."
        if self._by_text:
            return f"{hint} Take these rows out, or code them by hand."
        if self._elsewhere == len(self.faults):
            return f"{hint} Each text is here once, under another id: --by-text takes the codings there."
        if self._elsewhere:
            hint += f" {self._elsewhere:,} of its rows have their text here under another id (--by-text)."
        return f"{hint} Take it into a study made from the survey file that was coded."

    def trusted(self) -> str:
        """Return what is trusted without anything in the file that tells it; nothing for most files."""
        return " ".join(filter(None, (self._trusted_ids(), self._trusted_counts())))

    def _trusted_ids(self) -> str:
        ids = [name for name in self._unrecognised if name not in self._recognised]
        if not ids:
            return ""
        answers = f"{len(ids):,} answers" if len(ids) > 1 else ids[0]
        return (
            f"Nothing in the file says which text of {answers} was coded (first in"
            f" {self._unrecognised[ids[0]]}): their ids alone were trusted. A column text says it, or the"
            " text_version of files that coder has written."
        )

    def _trusted_counts(self) -> str:
        rows = len(self._counted_words)
        if not rows:
            return ""
        mean = agreeing(rows, "means", "mean")
        return (
            f"Nothing says which words {counted(rows, 'row')} with spans {mean} (first"
            f" {self._counted_words[0]}): where they stand was trusted. In the responses.csv of the data set,"
            " beside its codes.csv, they could be looked up."
        )

    def _all(
        self, rows: Sequence[Stated], match: Callable[[Stated], Found], progress: Progress | None
    ) -> list[Found]:
        matches: list[Found] = []
        for index, row in enumerate(rows):
            if progress and index % PROGRESS_EVERY == 0:
                progress(index, len(rows))
            try:
                matches.append(match(row))
            except CoderError as error:
                if isinstance(error, MisfitError):
                    self._misfits += 1
                    self._elsewhere += error.is_elsewhere
                    self._redacted += error.is_redacted
                self.faults.append(f"{row.where}: {error.message} {error.hint}".rstrip())
        return matches

    def _match(self, row: CodingRow) -> Match:
        coded = StatedText(row.text_version, row.text, row.survey)
        response = self._placed(row, coded)
        if row.origin and row.origin not in _ORIGINS:
            msg = f"'{row.origin}' is no origin of a coding."
            raise CoderError(msg, f"Known are {', '.join(_ORIGINS)}.")
        is_done = _is_done(row)
        if row.says_nothing_here:
            refuse_words(row)
            self._recognise(coded, response, row.where)
            return Match(response, "", self._coder(row), (), "import", done=is_done, where=row.where)
        theme_id = self.themes.meant(row, response.question_id)
        spans = self._spans(row, response)
        self._recognise(coded, response, row.where, by_words=bool(spans))
        origin = cast("Origin", row.origin or "import")
        words_by = words_picker(row) if spans else ""
        return Match(response, theme_id, self._coder(row), spans, origin, words_by, is_done, row.where)

    def _placed(self, row: CodingRow | MarkRow, coded: StatedText) -> Response:
        """Return the answer that a row is about."""
        if not (self._by_text and coded.says_something):
            response = self._named(row)
            self._texts.refuse_misfit(coded, response)
            return response
        return self._placing.answer_of(row, coded)

    def _named_if_any(self, row: CodingRow | MarkRow) -> Response | None:
        try:
            return self._named(row)
        except CoderError:
            return None

    def _recognise(
        self, coded: StatedText, response: Response, where: str, *, by_words: bool = False
    ) -> None:
        """Note whether something tells that an answer is the one that was coded."""
        if by_words or self._texts.is_recognised(coded):
            self._recognised.add(response.id)
        else:
            self._unrecognised.setdefault(response.id, where)

    def _match_mark(self, row: MarkRow) -> MarkMatch:
        coded = StatedText(row.text_version)
        response = self._placed(row, coded)
        if row.aspect not in MARKS or not row.content:
            msg = f"'{row.aspect}' = '{row.content}' is no mark."
            raise CoderError(msg, f"Known are {', '.join(MARKS)}, each with a value.")
        if row.theme_id and row.aspect != "memo":
            msg = f"'{row.aspect}' is about the whole answer, not the theme '{row.theme_id}'."
            raise CoderError(msg)
        if row.theme_id and row.theme_id not in self._study.codebook:
            msg = f"The codebook has no theme '{row.theme_id}'."
            raise CoderError(msg)
        aspect = cast("Aspect", row.aspect)
        theme_id = self.themes.target(row.theme_id) if row.theme_id else ""
        self._recognise(coded, response, row.where)
        return MarkMatch(response, self._coder(row), aspect, theme_id, row.content)

    def _named(self, row: CodingRow | MarkRow) -> Response:
        if isinstance(row, MarkRow) or row.response_id:
            response = self._by_id.get(row.response_id) or self._by_id.get(fold_id(row.response_id))
            if response is None:
                raise _no_response(row.response_id)
            return response
        stated = row.question_id.strip()
        question_id = self._questions.get(stated) or self._questions.get(fold_name(stated))
        if question_id is None:
            msg = f"The study has no open question '{row.question_id}'."
            raise CoderError(msg, nearest(row.question_id, self._questions.values()))
        boxes = self._by_place.get((fold_id(row.respondent_id), question_id))
        if boxes is None:
            msg = f"The study has no answer of '{row.respondent_id}' to {question_id}."
            raise CoderError(msg)
        return _in_box(row, boxes)

    def _coder(self, row: CodingRow | MarkRow) -> str:
        name = row.coder_id or self._coder_id
        if name not in self._coders:
            person = Team([*self._team.everybody, *self.joining]).called(name)
            if person is None:
                person = new_person(self._team, name)
                self.joining.append(person)
            self._coders[name] = person.id
        return self._coders[name]

    def _spans(self, row: CodingRow, response: Response) -> tuple[Span, ...]:
        stated = each_span(row) if row.spans.strip() else [row]
        if row.spans.strip() and not row.text:
            self._counted_words.append(row.where)
        return tuple(span for one in stated for span in self._span(one, response))

    def _span(self, row: CodingRow, response: Response) -> tuple[Span, ...]:
        span = stated_span(row, response)
        if span is None and not row.mention.strip():
            return ()
        span = span or find_mention(response.text, row.mention)
        if span is None:
            self._refuse_words_of_another(row, response)
            self.warnings.append(
                f"{row.where}: the words are not in {response.id}, so the theme stands on the whole answer."
            )
            return ()
        return (span,)

    def _refuse_words_of_another(self, row: CodingRow, response: Response) -> None:
        """Raise MisfitError if another answer holds the words, and nothing else tells which was coded."""
        if row.text_version or row.text:
            return
        if other := self._texts.holding(row.mention):
            msg = f"The words '{_shortened(row.mention)}' are not in {response.id}."
            raise MisfitError(msg, f"They are in {other.id}.")


def _contradictions(matches: Sequence[Match]) -> Iterator[str]:
    """Yield the rows that say nothing is in an answer to which others of the coder give a theme."""
    themed = {(match.coder_id, match.response.number): match.where for match in matches if match.theme_id}
    for match in matches:
        other = themed.get((match.coder_id, match.response.number))
        if other and not match.theme_id:
            yield (
                f"{match.where}: It has no theme, which says that nothing is in {match.response.id}; but"
                f" {other} has one. Take one of the two out."
            )


def _is_done(row: CodingRow) -> bool:
    said = fold_name(row.done)
    if said not in _DONE:
        msg = f"'{row.done}' does not say whether {row.response_id or 'the answer'} is done."
        raise CoderError(msg, "Write 1 or 0, or leave the cell empty.")
    return _DONE[said]


def _shortened(words: str) -> str:
    return shorten(words, _WORDS_SHOWN, placeholder=" …")


def _in_box(row: CodingRow, boxes: Mapping[int, Response]) -> Response:
    box = row.item.strip()
    if not box and len(boxes) == 1:
        return next(iter(boxes.values()))
    number = whole_number(box)
    if number is not None and number in boxes:
        return boxes[number]
    where = f"'{row.respondent_id}' to {row.question_id}"
    if not box:
        msg = f"Which of the {len(boxes)} answers of {where}?"
        raise CoderError(msg, "Name a column item.")
    msg = f"The study has no answer '{box}' of {where}."
    raise CoderError(msg)


def _no_response(response_id: str) -> CoderError:
    return CoderError(f"The study has no response '{response_id}'.")
