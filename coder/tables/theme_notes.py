"""The notes under a table of themes: what is counted, of whom, and what is missing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import of_answers, phrase_of
from coder.domain.grammar import agreeing, counted, listed
from coder.domain.tables.bases import BASES
from coder.tables.several_coders import AGREED, misfit_notes, undecided_notes
from coder.tables.theme_rows import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld
    from coder.tables.theme_counts import ThemeCounts


def theme_notes(job: TableJob, counts: ThemeCounts, withheld: Withheld) -> tuple[str, ...]:
    """Return the notes, one sentence or two each.

    Args:
        job: What the table counts and shows.
        counts: What was counted.
        withheld: What is not printed.
    """
    return (
        *_counted(job, counts),
        *_missing(job, counts, withheld),
        *_rows(job, counts),
        *_sources(job, counts),
    )


def _questions(job: TableJob, counts: ThemeCounts) -> str:
    """Return to what answers are counted: `Q15 or Q16`, `Q15 with wave = 2`."""
    conditions = of_answers(job.request.where)
    return " ".join(filter(None, (listed(counts.question_ids, "or"), phrase_of(conditions))))


def _counted(job: TableJob, counts: ThemeCounts) -> Iterator[str]:
    options, word = job.options, job.respondents
    if options.unit == "mentions":
        yield "Counts are mentions: a theme counts once for each answer that is coded with it."
    else:
        yield f"Counts are {word}: a theme counts once for each that mentions it, in however many answers."
    base = BASES[options.base].note.format(respondents=word, questions=_questions(job, counts))
    yield f"Base: {base}, n = {counts.base(options.base).size:,}."
    if options.unit == "respondents":
        yield (
            f"{job.respondents_heading} may mention several themes, so percentages can add up to more than "
            "100."
        )
    if options.nets and options.unit == "mentions":
        yield "The mentions of a net are those of its themes, added up."
    elif options.nets:
        yield f"A net counts each of the {word} once, however many of its themes they mention."


def _missing(job: TableJob, counts: ThemeCounts, withheld: Withheld) -> Iterator[str]:
    questions, base = _questions(job, counts), counts.base(job.options.base)
    if silent := base.asked - base.answered:
        yield f"No answer to {questions} from {silent:,} of {base.asked:,} {job.respondents}."
    if job.options.base == "read":
        if waiting := base.answered - base.size:
            verb = agreeing(waiting, "is", "are")
            yield (
                f"{waiting:,} of {base.answered:,} {job.respondents} that answered {verb} not counted: "
                "not all of their answers have been read."
            )
    elif counts.unread:
        verb = agreeing(counts.unread, "was" if counts.moment else "is", "were" if counts.moment else "are")
        when = " then" if counts.moment else ""
        yield f"{counts.unread:,} of {counts.answers:,} answers to {questions} {verb} not yet read{when}."
    for label, times in counts.waiting:
        codings, verb = counted(times, "coding"), agreeing(times, "is", "are")
        if withheld.themes_too:
            codings, verb = "Some codings", "are"
        yield f"{codings} of '{label}' {verb} still to be recoded since the codebook was revised."


def _rows(job: TableJob, counts: ThemeCounts) -> Iterator[str]:
    if joined := len(counts.rare.theme_ids):
        themes = counted(joined, "theme")
        percent = f"{job.options.other_percent:g}% of the {counts.base('answered').size:,}"
        fewest = f"{job.options.other:,}" if job.options.other else percent
        answered = "" if job.options.other else f" that answered {_questions(job, counts)}"
        yield (
            f"{OTHER}: {themes} that fewer than {fewest} {job.respondents}{answered} mention; "
            "each counts once, however many of them they mention."
        )
    unmentioned = sum(theme.id not in counts.themes and theme.id not in counts.nets for theme in counts.rows)
    if unmentioned and not job.options.zeros:
        verb = agreeing(unmentioned, "has", "have")
        yield f"{counted(unmentioned, 'theme')} {verb} no mention and no row."


def _sources(job: TableJob, counts: ThemeCounts) -> Iterator[str]:
    options, agreed, number = job.options, counts.agreed, len(counts.coders)
    coders = listed(counts.coders)
    if options.anonymous:
        coders = agreeing(number, "one coder", f"{number} coders")
    if number > 1 or (number and agreed in ("consensus", "settled")):
        yield f"Codings of {coders}; {AGREED[agreed].format(word=job.respondents)}."
        yield from undecided_notes(counts.undecided)
        yield from misfit_notes(counts.misfit, agreed)
    elif job.request.coder_ids:
        yield f"Codings of {coders} alone."
    if counts.moment:
        yield f"Codings as they stood {counts.moment}."
