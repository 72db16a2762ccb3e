"""Quotes for themes: which answers, what of them, and what is told of the respondents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.codebook import Theme
from coder.domain.codings import WORDS_KEPT, read_spans
from coder.domain.filters import of_answers, of_respondents
from coder.domain.privacy.text_cuts import span_with_cuts, with_cuts
from coder.domain.study_settings import TableSetting
from coder.domain.tables.printed import Provenance
from coder.domain.tables.quotes import (
    LEFT_OUT,
    Quote,
    QuoteList,
    QuoteRequest,
    marked_words,
    shortened,
)
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import codebook_versions, quotes, surveys
from coder.store.database import one_moment
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope
from coder.tables.job import TableJob
from coder.tables.theme_rows import theme_rows
from coder.text.spans import clauses, sentences
from coder.version import __version__
from coder.workflows.privacy.masking import Masks
from coder.workflows.reporting.quote_choice import Candidate, choose
from coder.workflows.reporting.quoted_attributes import ToldWithQuotes
from coder.workflows.study.coders import refuse_unknown_coder
from coder.workflows.study.conditions import condition_meant
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.study.questions import find_question
from coder.workflows.tables.gathering import theme_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codings import Span
    from coder.domain.responses import Question
    from coder.store.quotes import CodedText
    from coder.workflows.study.study import Study

FIVE = QuoteRequest()
READ_FIRST = (
    "The quotes are respondents' own words: read each before publishing, for names and for what could"
    " identify somebody."
)


@names_damage
def quote_lists(
    study: Study,
    question_id: str | None = None,
    theme_ids: Sequence[str] = (),
    request: QuoteRequest = FIVE,
    where: Sequence[str] = (),
) -> list[QuoteList]:
    """Return the quotes of several themes; a net quotes the answers of its themes.

    Codings that wait to be recoded are left out.

    Args:
        study: The study.
        question_id: An open question; None for all, each with those of the themes that are for it.
        theme_ids: Ids or labels; none means every theme of the question's table, in its order.
        request: Which quotes, and what is told with them.
        where: Further conditions as they are typed: `region=London`.

    Raises:
        TooFewQuotedError: Conditions leave fewer respondents than are described together.
        CoderError: The study has no such question, theme, coder or attribute; an attribute is private.
    """
    with one_moment(study.database):
        typed = (condition_meant(study, argument) for argument in where)
        request = replace(request, where=(*request.where, *typed))
        quoting = _Quoting.of(study, request)
        return _with_mask_note(_lists(quoting, question_id, theme_ids), quoting.masks.note())


def _lists(quoting: _Quoting, question_id: str | None, theme_ids: Sequence[str]) -> list[QuoteList]:
    study = quoting.study
    if question_id is not None:
        return _of_question(quoting, question_id, theme_ids)
    questions = [question.id for question in surveys.questions(study.database)]
    for name in theme_ids:
        if not any(study.codebook.named(name, question) for question in questions):
            # Says which names are near; a theme that is for none of the questions has no quotes.
            study.codebook.find(name)
    lists: list[QuoteList] = []
    for question in questions:
        names = [name for name in theme_ids if study.codebook.named(name, question)]
        if names or not theme_ids:
            lists += _of_question(quoting, question, names)
    return lists


def _with_mask_note(lists: list[QuoteList], note: str) -> list[QuoteList]:
    """Return lists of quotes with what is said of masks, alike for all of them."""
    return [replace(quotes, notes=(*quotes.notes, note)) for quotes in lists] if note else lists


@dataclass(frozen=True, slots=True)
class _Quoting:
    """What all lists of one request have in common."""

    study: Study
    request: QuoteRequest
    description: ToldWithQuotes
    moment: str
    """In UTC."""
    version: int
    """Of the codebook."""
    masks: Masks

    @classmethod
    def of(cls, study: Study, request: QuoteRequest) -> _Quoting:
        _refuse_impossible(request)
        description = ToldWithQuotes.of(study, request)
        moment = moment_made(request.date)
        version = codebook_versions.latest_number(study.database)
        masks = Masks(study, request.mask)
        return cls(study, request, description, moment, version, masks)


def _refuse_impossible(request: QuoteRequest) -> None:
    limits = (("--most", request.most), ("--shorten", request.shorten), ("--fewest", request.fewest))
    for option, number in limits:
        if number is not None and number < 1:
            msg = f"{option} is {number}."
            raise CoderError(msg, "Give a number from 1.")


def _of_question(quoting: _Quoting, question_id: str, names: Sequence[str]) -> list[QuoteList]:
    study = quoting.study
    question, codebook = find_question(study, question_id), study.codebook
    for coder_id in quoting.request.coder_ids:
        refuse_unknown_coder(study.database, coder_id)
    quoting.description.refuse_few(question.id)
    if not names:
        return [
            _quote_list(quoting, question, theme_id, [theme_id])
            for theme_id in _table_order(quoting, question)
        ]
    themes = dict.fromkeys(codebook.find(name, question.id).id for name in names)
    return [_quote_list(quoting, question, theme_id, codebook.members(theme_id)) for theme_id in themes]


def _table_order(quoting: _Quoting, question: Question) -> list[str]:
    """Return the ids of the themes that have rows in the question's table, in its order."""
    options = TableOptions(agreed=quoting.request.agreed)
    request = TableRequest(
        coder_ids=quoting.request.coder_ids, where=quoting.description.where, options=options
    )
    settings, program = quoting.study.settings, f"coder {__version__}"
    job = TableJob(TableSetting(question.id), (question,), request, settings, quoting.moment, program)
    counts = theme_counts(quoting.study, job)
    return [row.key for row in theme_rows(counts, request.options)]


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer coded with the theme, and what of it may be quoted."""

    coding: CodedText
    """The first of its codings."""
    text: str

    @classmethod
    def of(cls, codings: Sequence[CodedText], masks: Masks, *, marked_words_only: bool) -> _Answer:
        spans = [span for coding in codings for span in _readable(coding)] if marked_words_only else []
        text, cuts = codings[0].text, masks.cuts_of(codings[0].response, codings[0].text)
        return cls(
            codings[0], marked_words(with_cuts(text, cuts), [span_with_cuts(span, cuts) for span in spans])
        )


def _readable(coding: CodedText) -> Iterator[Span]:
    """Yield the words of a coding that can be quoted: sentences, where words may have been cut blindly.

    Up to format 4 the engine kept twelve words in a row.
    """
    as_they_are = coding.words_by or coding.origin not in WORDS_KEPT
    ends = set() if as_they_are else {end for clause in clauses(coding.text) for end in clause}
    for span in read_spans(coding.spans):
        if as_they_are or ends.issuperset(span):
            yield span
        else:
            yield from (s for s in sentences(coding.text) if s.start < span.end and span.start < s.end)


def _quote_list(quoting: _Quoting, question: Question, theme_id: str, members: Sequence[str]) -> QuoteList:
    request, settings = quoting.request, quoting.study.settings
    theme = quoting.masks.in_theme(quoting.study.codebook.by_id.get(theme_id) or Theme(theme_id, theme_id))
    where = quoting.description.where
    scope = Scope(
        [question.id],
        request.coder_ids,
        request.agreed,
        where=of_respondents(where),
        answers_where=of_answers(where),
    )
    scope = counted_scope(quoting.study.database, scope)
    codings = list(quotes.coded_texts(quoting.study.database, scope, members))
    standing = [coding for coding in codings if not coding.waiting]
    answers = [
        _Answer.of(list(codings_of_answer), quoting.masks, marked_words_only=request.marked_words)
        for _, codings_of_answer in groupby(standing, key=lambda coding: coding.response)
    ]
    selection = _chosen(quoting, question.id, [answer for answer in answers if answer.text.strip()])
    counted = len({(coding.response, coding.theme_id) for coding in standing})
    printed = tuple(_quote(quoting, question.id, answer) for answer in selection)
    return QuoteList(
        title=f"{question.id}. {question.label}" if question.label else question.id,
        question_id=question.id,
        theme_id=theme.id,
        label=theme.label,
        definition=theme.definition,
        quotes=printed,
        answers=len(answers),
        respondents=len({answer.coding.respondent for answer in answers}),
        waiting=len({coding.response for coding in codings}) - len(answers),
        respondents_word=settings.respondents,
        study_note=settings.note,
        notes=tuple(_notes(quoting, printed, choice=len(selection) < len(answers))),
        provenance=Provenance(
            settings.title, quoting.version, counted, quoting.moment, f"coder {__version__}"
        ),
    )


def _chosen(quoting: _Quoting, question_id: str, answers: Sequence[_Answer]) -> Sequence[_Answer]:
    if quoting.request.most is None:
        return answers
    candidates = [
        Candidate(
            answer.text,
            answer.coding.respondent,
            tuple(
                attribute.value for attribute in quoting.description.with_quote(question_id, answer.coding)
            ),
            alone=answer.coding.alone or quoting.request.marked_words,
        )
        for answer in answers
    ]
    return [answers[number] for number in choose(candidates, quoting.request.most)]


def _quote(quoting: _Quoting, question_id: str, answer: _Answer) -> Quote:
    request, coding = quoting.request, answer.coding
    text = answer.text if request.shorten is None else shortened(answer.text, request.shorten)
    ids = (coding.respondent_id, coding.response_id) if request.ids else ("", "")
    return Quote(text, quoting.description.with_quote(question_id, coding), *ids)


def _notes(quoting: _Quoting, printed: Sequence[Quote], *, choice: bool) -> Iterator[str]:
    """Yield what a reader must know; alike for all themes, so that a file can say it once."""
    request = quoting.request
    yield READ_FIRST
    yield from quoting.description.narrowing_notes()
    if choice:
        yield (
            "The quotes were chosen to differ from one another, one a respondent while there are others:"
            " they show the range of what was said, not how often it was."
        )
    if request.marked_words:
        yield (
            "Quoted are the words that coders marked, or the sentences with the words kept with a suggestion;"
            f" {LEFT_OUT} stands for what lies between."
        )
    if request.shorten is not None:
        yield f"Quotes are cut at {request.shorten:,} characters; {LEFT_OUT} stands for the rest."
    if quoting.description.attributes:
        names = (attribute.title for attribute in quoting.description.attributes)
        yield f"After each quote: {', '.join(names)}."
    if any(attribute.kept_back for quote in printed for attribute in quote.attributes):
        fewer = f"fewer than {request.fewest} {quoting.study.settings.respondents}"
        yield f"Kept back is what, with what stands before it, describes {fewer}."
