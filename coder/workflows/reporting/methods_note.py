"""The methods note of a report: how its numbers came about, in plain words made from the study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed
from coder.domain.nonresponse import normalise
from coder.domain.privacy.tombstones import withdrawn_note
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.reports import MethodsPart, day_of, long_date
from coder.store import methods_facts, surveys
from coder.store.bases import base_sizes, reading
from coder.store.privacy.withdrawals import tombstones
from coder.store.readings.read_by_coder import answers_read, coder_work
from coder.store.scope import Scope
from coder.workflows.reporting.later_themes import later_themes
from coder.workflows.reporting.methods_tables import (
    QuestionFacts,
    answers_table,
    coders_table,
    origins_table,
)
from coder.workflows.reporting.weights_note import weight_paragraphs
from coder.workflows.revising.history import history
from coder.workflows.study.question_languages import reading_lines
from coder.workflows.team.agreement_notes import BLIND, doubts, explanations
from coder.workflows.team.agreement_overall import agreement_table, agreements
from coder.workflows.team.comparing_coders import compare_coders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.tables.printed import PrintedTable, Provenance
    from coder.domain.tables.reports import ReportRequest
    from coder.store.methods_facts import NonAnswer, OriginCount
    from coder.workflows.reporting.withheld_beside import WithheldBeside
    from coder.workflows.study.study import Study

_TEXTS_SHOWN = 12
_IN_PROGRAM = ("hand", "suggestion", "space", "similar")
"""Origins of the codings that were made on this program's coding screen."""
"""Of the texts that were taken for no answer, the most frequent."""
_MODELS = {
    "default": "Google's multilingual universal sentence encoder (version 3), which comes with the program, "
    "and beside it all-MiniLM-L6-v2 where that is installed",
    "light": "Google's multilingual universal sentence encoder (version 3), which comes with the program",
    "minilm": "all-MiniLM-L6-v2, which comes with the program",
    "none": "none: suggestions go by words alone",
}
"""What `study.toml` calls a model, where that is not its name."""


def methods_note(
    study: Study,
    request: ReportRequest,
    tables: Sequence[PrintedTable],
    provenance: Provenance,
    withheld: WithheldBeside,
) -> tuple[MethodsPart, ...]:
    """Return the parts of the methods note; call it within one moment of the database.

    Args:
        study: The study.
        request: What the report should hold.
        tables: The report's tables.
        provenance: Where the note's numbers come from.
        withheld: What is not told, since the tables keep it back.
    """
    facts = _facts(study)
    return (
        _answers(study, facts, tables, provenance),
        _coding(study, request, facts, provenance, withheld),
        _origins(study, provenance, withheld),
        _agreement(study, provenance),
        _codebook(study),
        _program(request, provenance),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What became of the open questions."""

    questions: tuple[QuestionFacts, ...]
    non_answers: tuple[NonAnswer, ...]

    @property
    def answers(self) -> int:
        return sum(question.answers for question in self.questions)

    @property
    def unread(self) -> int:
        return sum(question.unread for question in self.questions)


def _facts(study: Study) -> _Facts:
    non_answers = methods_facts.non_answers(study.database)
    blank: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for non_answer in non_answers:
        (met if non_answer.text.strip() else blank)[non_answer.question_id] += non_answer.times
    questions = []
    for question in surveys.questions(study.database):
        scope = Scope([question.id])
        asked, answered = (base_sizes(study.database, kind, scope)[""] for kind in ("asked", "answered"))
        progress = reading(study.database, scope)
        facts = QuestionFacts(question, asked, answered, *progress, blank[question.id], met[question.id])
        questions.append(facts)
    return _Facts(tuple(questions), tuple(non_answers))


def _answers(
    study: Study, facts: _Facts, tables: Sequence[PrintedTable], provenance: Provenance
) -> MethodsPart:
    word = study.settings.respondents
    unit = word[:1].upper() + word[1:]
    respondents = facts.questions[0].asked if facts.questions else 0
    paragraph = (
        f"The study holds the answers of {respondents:,} {word} to "
        f"{counted(len(facts.questions), 'open question')}. {unit} count as having answered a question if at "
        "least one of its boxes holds an answer."
    )
    rates = [table.number for table in tables if table.subject == RESPONSE_RATES and table.number]
    if rates:
        paragraph += (
            f" How many were asked to take part, and how many did, is in Table{'s' * (len(rates) > 1)} "
            f"{listed(rates)}."
        )
    paragraphs = (
        paragraph,
        *_withdrawn(study),
        *_non_responses(study, facts.non_answers),
        *weight_paragraphs(study, tables),
    )
    return MethodsPart("Who answered", paragraphs, (answers_table(facts.questions, unit, provenance),))


def _withdrawn(study: Study) -> Iterator[str]:
    if stones := tombstones(study.database):
        days = listed(list(dict.fromkeys(day_of(stone.at) for stone in stones)))
        yield f"{withdrawn_note(len(stones))} All that they had said was deleted, on {days}."


def _non_responses(study: Study, non_answers: Sequence[NonAnswer]) -> Iterator[str]:
    kinds = counted(len(study.settings.non_responses), "text")
    yield (
        f"A box left blank, or that holds nothing but one of the {kinds} that the study lists as "
        "non-responses (whatever their case, spacing and punctuation), is kept, but counts as no answer."
    )
    texts: Counter[str] = Counter()
    for non_answer in non_answers:
        if non_answer.text.strip():
            texts[normalise(non_answer.text)] += non_answer.times
    if texts:
        total, frequent = texts.total(), texts.most_common(_TEXTS_SHOWN)
        quoted = [f"“{text}” ({times:,})" for text, times in frequent]
        further = total - sum(times for _, times in frequent)
        more = [f"others ({further:,})"] if further else []
        which = listed([*quoted, *more])
        yield f"{counted(total, 'non-response')} of that list {_were(total)} found: {which}."
    if taken := sum(non_answer.taken for non_answer in non_answers):
        yield (
            f"{counted(taken, 'text')} of these kinds {_were(taken)} coded all the same: whoever coded it "
            "judged it to be an answer, and it counts."
        )


def _coding(
    study: Study, request: ReportRequest, facts: _Facts, provenance: Provenance, withheld: WithheldBeside
) -> MethodsPart:
    title = "How the answers were coded"
    coders = coder_work(study.database)
    if not coders:
        return MethodsPart(title, ("Nobody has coded anything yet.",))
    people = [coder.coder_id for coder in coders]
    names = coder_names(study, people, anonymous=request.anonymous)
    many = agreeing(len(people), "One person", f"{len(people):,} people")
    read = facts.answers - facts.unread
    _, twice = answers_read(study.database)
    paragraphs = (
        f"{many} coded the answers: {listed([names[coder_id] for coder_id in people])}.{_when(study)}",
        f"{read:,} of {counted(facts.answers, 'answer')} {_were(read)} read (marked as done) by at least one "
        f"coder, {f'{twice:,}' if twice else 'none'} by two or more. {_unread(facts)}",
        _waiting(study, withheld),
    )
    table = coders_table(coders, names, provenance, sums_withheld=withheld.codings)
    return MethodsPart(title, paragraphs, (table,))


def coder_names(study: Study, coder_ids: Sequence[str], *, anonymous: bool) -> Mapping[str, str]:
    """Return what a report calls each coder; numbered in this order where they are not named."""
    if not anonymous:
        return {coder_id: study.name_of(coder_id) for coder_id in coder_ids}
    return {coder_id: f"coder {number}" for number, coder_id in enumerate(coder_ids, start=1)}


def _when(study: Study) -> str:
    period = methods_facts.period(study.database)
    if period is None:
        return ""
    begun, ended = day_of(period.begun), day_of(period.ended)
    when = f"on {begun}" if begun == ended else f"between {begun} and {ended}"
    return f" The codings were made, or imported, {when}."


def _unread(facts: _Facts) -> str:
    if not facts.unread:
        return "None is left to read."
    return (
        f"{counted(facts.unread, 'answer')} {_are(facts.unread)} not yet read, so counts of themes can only "
        "be too low."
    )


def _waiting(study: Study, withheld: WithheldBeside) -> str:
    codings, answers = methods_facts.waiting(study.database)
    if not codings:
        return "No coding waits to be looked at again after a revision of the codebook."
    wait, which = agreeing(codings, "waits", "wait"), counted(codings, "coding")
    if withheld.codings:
        wait, which = "wait", "Some codings"
    else:
        which = f"{which} on {counted(answers, 'answer')}"
    return (
        f"{which} {wait} to be looked at again, because "
        "the codebook was revised since; until then they count as they stand."
    )


def _origins(study: Study, provenance: Provenance, withheld: WithheldBeside) -> MethodsPart:
    origins = methods_facts.origins(study.database)
    if not origins:
        return MethodsPart("How the codings came about", ("There are no codings yet.",))
    paragraphs = (
        "A coding is one theme on one answer by one coder. What the program suggests is never counted unless "
        "a coder accepts it.",
        *_suggestions(study, origins, withheld),
    )
    table = origins_table(origins, provenance, sums_withheld=withheld.codings)
    return MethodsPart("How the codings came about", paragraphs, (table,))


def _suggestions(study: Study, origins: Sequence[OriginCount], withheld: WithheldBeside) -> Iterator[str]:
    from_program = [origin for origin in origins if origin.origin in _IN_PROGRAM]
    if not from_program:
        yield "None of the codings was made in this program, so no suggestion of its led to any."
        return
    codings, beside = (
        sum(origin.codings for origin in from_program),
        sum(origin.beside for origin in from_program),
    )
    on_screen, hidden = methods_facts.first_sights(study.database)
    if withheld.codings:
        yield (
            "How many codings there are, and how many were made while suggestions were on screen, would tell "
            "of what the tables keep back."
        )
    else:
        yield (
            f"{beside:,} of {counted(codings, 'coding')} made in this program {_were(beside)} made while "
            "suggestions were on screen."
        )
    if (on_screen or hidden) and not withheld.codings:
        yield (
            "Where there were suggestions when a coder first decided about an answer, they were on screen "
            f"{_times(on_screen)}, and hidden until the first choice {_times(hidden)}."
        )
    rule = "hides suggestions until" if study.settings.hide_until_first_choice else "shows suggestions before"
    model = _MODELS.get(study.settings.model, study.settings.model)
    yield f"As it is set now, the study {rule} the first choice on an answer. Language model: {model}."
    if reading := reading_lines(study):
        yield (
            "Languages of the answers (found by py3langid for each question’s answers together, unless "
            f"said otherwise), and what ranked the suggestions last: {'. '.join(reading)}."
        )


def _agreement(study: Study, provenance: Provenance) -> MethodsPart:
    title = "Agreement between coders"
    coders = compare_coders(study)
    if not coders.by_question:
        return MethodsPart(
            title, ("No answer was read by two people, so there is no measure of their agreement.",)
        )
    paragraphs = (
        "Compared are the answers that two or more people have read, which means marked as done. What an "
        f"adjudication settled is left out. {BLIND}",
        *doubts(study, coders),
        *explanations(study),
    )
    table = agreement_table(study, "M4", agreements(study, coders), provenance)
    return MethodsPart(title, paragraphs, (table,))


def _codebook(study: Study) -> MethodsPart:
    latest, *earlier = history(study)
    active = [theme for theme in study.codebook if theme.status == "active"]
    nets = sum(study.codebook.is_net(theme.id) for theme in active)
    themes = sum(theme.codable for theme in active)
    uses = (
        f"The tables use version {latest.number} of the codebook, with {counted(themes, 'theme')} to choose "
        f"from and {counted(nets, 'net')}. The annex defines them."
    )
    if not earlier:
        return MethodsPart("Codebook", (f"{uses} It has not been revised since the study was made.",))
    revisions = [revision for revision in (latest, *earlier[:-1]) if revision.undoes is None]
    undone = sum(revision.undone for revision in revisions)
    taken_back = f"; {undone:,} of these {_were(undone)} taken back" if undone else ""
    revised = (
        f"It was revised {_times(len(revisions))}{taken_back}. The last change was made on "
        f"{day_of(latest.at)}."
    )
    return MethodsPart("Codebook", (uses, revised, *_later(study)))


def _later(study: Study) -> Iterator[str]:
    """Yield which themes came when answers had been read already: these were not looked at for them."""
    later = later_themes(study)
    if not later:
        return
    themes = [
        f"“{later_theme.theme.label}” ({later_theme.answers:,})" for later_theme in later[:_TEXTS_SHOWN]
    ]
    if len(later) > _TEXTS_SHOWN:
        themes.append(f"{counted(len(later) - _TEXTS_SHOWN, 'further theme')}")
    yield (
        "Some themes came into the codebook when answers had been read already, and not all of these were "
        f"looked at again: {listed(themes)}. In brackets: answers last looked at before the theme existed. "
        "Its count can only be too low."
    )


def _program(request: ReportRequest, provenance: Provenance) -> MethodsPart:
    by_and_on = f"by {provenance.program} on {long_date(request.date)}"
    return MethodsPart(
        "Program", (f"All numbers, charts and this note were made {by_and_on} from the study’s database.",)
    )


def _times(number: int) -> str:
    return agreeing(number, "once", f"{number:,} times")


def _were(number: int) -> str:
    return agreeing(number, "was", "were")


def _are(number: int) -> str:
    return agreeing(number, "is", "are")
