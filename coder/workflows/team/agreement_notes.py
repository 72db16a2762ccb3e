"""What stands under tables of agreement: what was compared, what the figures mean, what they do not say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.agreement.resampling import FEWEST
from coder.domain.grammar import agreeing, counted, listed, listed_few
from coder.domain.near_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.agreement.measuring import OverallAgreement, ThemeAgreement
    from coder.workflows.study.study import Study
    from coder.workflows.team.comparing_coders import CodersCompared, QuestionAnswers

RELIABLE, TENTATIVE = 0.8, 0.667
"""Klaus Krippendorff, Content Analysis (2nd edition, 2004), chapter 11."""
FEW = FEWEST
"""Figures of fewer respondents, or of themes on fewer answers, are marked."""
BLIND = "The figures take for granted that nobody saw what the others had chosen."
EVERY_MEASURE = (
    "Alike %: of all decisions, chosen or not. Kappa: Cohen’s. AC1: Gwet’s. PABAK: twice the share alike, "
    "less 1. AC1 and PABAK are high for any theme that is seldom chosen, agreed on or not (in 500 answers 3 "
    "and 10 times, never together: AC1 .97, PABAK .95, kappa -.01): do not go by them alone."
)
_NAMED = 6
"""Themes that a note names at most."""
_PAIR = 2
_SOON = 7
"""Days within which people remember what they coded."""


def overall_notes(
    study: Study, coders: CodersCompared, by_question: Sequence[tuple[str, OverallAgreement]]
) -> Iterator[str]:
    """Yield the notes of the table of all themes together."""
    if study.settings.note:
        yield study.settings.note
    if coders.twice:
        yield f"Answers: those that {coders.twice} marked as done both times."
        yield from _absences(coders)
        yield from doubts(study, coders)
        yield from _columns_explained(study)
        return
    readers = "both coders" if len(coders.coder_ids) == _PAIR else "two or more of these coders"
    yield f"Answers: those that {readers} have read, which means marked as done."
    yield from _absences(coders)
    yield from _namesakes(coders)
    yield from doubts(study, coders)
    yield f"In plain words: {'; '.join(_verdicts(coders, by_question))}."
    yield from explanations(study)
    yield BLIND


def _verdicts(coders: CodersCompared, by_question: Sequence[tuple[str, OverallAgreement]]) -> Iterator[str]:
    """Yield what the figures allow, for each question and for all together."""
    from_files = [bool(answers.themes_alone) for answers in coders.by_question]
    for (label, overall), is_from_file in zip(by_question, [*from_files, any(from_files)], strict=False):
        # A question's title begins with its id.
        words = "not to be gone by" if is_from_file else verdict(overall)
        yield f"{label.partition('. ')[0]}: {words}"


def _absences(coders: CodersCompared) -> Iterator[str]:
    """Yield which questions and coders were asked for and have nothing to compare."""
    shared = {answers.question.id for answers in coders.by_question}
    if alone := [question.id for question in coders.asked_questions if question.id not in shared]:
        did_what = "coded again" if coders.twice else "read by two"
        yield f"No answer to {listed(alone)} was {did_what}."
    if absent := [coder_id for coder_id in coders.asked_coders if coder_id not in coders.coder_ids]:
        yield f"{listed(absent)}: no answer that another of them has read."


def doubts(study: Study, coders: CodersCompared) -> Iterator[str]:
    """Yield, without naming anybody, what of the codings is left out or may change."""
    if half := sum(answers.half_coded for answers in coders.by_question):
        have, are = agreeing(half, "has", "have"), agreeing(half, "is", "are")
        yield f"{counted(half, 'answer')} {have} themes but {are} not marked as done, and so {are} left out."
    if alone := [answers.question.id for answers in coders.by_question if answers.themes_alone]:
        people = {coder_id for answers in coders.by_question for coder_id in answers.themes_alone}
        files = agreeing(len(people), "one coder’s codings come", f"codings of {len(people)} coders come")
        yield (
            f"{listed(alone)}: {files} from a file that names only answers with a theme. Those read and "
            "given none cannot be compared; most likely the figures are too high."
        )
    for answers in coders.by_question:
        yield from _left_out(study, answers)
    if waiting := sum(answers.waiting for answers in coders.by_question):
        yield (
            f"{counted(waiting, 'coding')} to be looked at again since the codebook was revised "
            f"{agreeing(waiting, 'counts', 'count')} as {agreeing(waiting, 'it stands', 'they stand')}."
        )


def _namesakes(coders: CodersCompared) -> Iterator[str]:
    """Yield which coders have names that differ in case or blanks alone."""
    namesakes: dict[str, list[str]] = defaultdict(list)
    for coder_id in coders.coder_ids:
        namesakes[fold_name(coder_id)].append(f"'{coder_id}'")
    for names in namesakes.values():
        if len(names) > 1:
            yield f"{listed(names)} are taken for {len(names)} people: if they are one, nothing here holds."


def self_agreement_notes(name: str, days: Sequence[int]) -> Iterator[str]:
    """Yield what the agreement of one person with themselves is, and how long lies between.

    Args:
        name: Who it is.
        days: Of each answer how many whole days lie between the two times, in ascending order.
    """
    yield (
        f"It is of one person, {name}, who coded the same answers twice, the second time without seeing the"
        " first: how steady they are, not how right, and nothing of how far people agree. What was coded"
        " again is set apart, and counts in no table."
    )
    if days:
        shortest, longest = days[0], days[-1]
        lies = f"lie {shortest:,} to {longest:,} days, in the middle {days[len(days) // 2]:,}"
        if shortest == longest:
            lies = f"{agreeing(longest, 'lies', 'lie')} {counted(longest, 'day')}"
        if longest == 0:
            lies = "lies less than a day"
        soon = " What is remembered is easily repeated: leave weeks between." if longest < _SOON else ""
        yield f"Between the two times {lies}.{soon}"


def explanations(study: Study) -> Iterator[str]:
    """Yield what the columns of the table of all themes are, and how they are read."""
    yield from _columns_explained(study)
    yield (
        f"Where alpha’s interval begins at {RELIABLE:.2f} or more, others may rely on the codings; from "
        f"{TENTATIVE} on conclusions are tentative; where alpha itself is below that, what is counted "
        "depends on who codes."
    )


def _columns_explained(study: Study) -> Iterator[str]:
    respondents = study.settings.respondents
    yield (
        "Alpha: Krippendorff’s, of the sets of themes on an answer; sets that overlap agree in part (by "
        "MASI). Kappa: Cohen’s, pooled over the themes. 1: always alike; 0: as often as by chance; below 0: "
        "less often."
    )
    yield (
        f"from, to: 95% of the alphas lie between them when the {respondents} are drawn again and again. "
        f"None of fewer than {FEW}, and where nobody differs or few have what is compared."
    )


def _left_out(study: Study, answers: QuestionAnswers) -> Iterator[str]:
    """Yield which themes are not compared on some answers, as only one of the readers could choose them."""
    if answers.left_out:
        labels = [study.codebook.label(theme_id) for theme_id in answers.left_out]
        yield (
            f"{answers.question.id}: a theme that came or went between two readings of an answer is not "
            f"compared there: {listed_few(labels, _NAMED)}."
        )


def verdict(overall: OverallAgreement) -> str:
    """Return in plain words what a figure allows."""
    figure, low, _ = overall.alpha
    if figure is None:
        return "nothing to compare (one choice throughout)"
    if overall.respondents < FEW or (low is None and figure < 1):
        return "too little to say"
    if low is None:
        return "no difference found"
    lower_limits = {"reliable": RELIABLE, "tentative": TENTATIVE}
    uncertain = "uncertain" if figure >= TENTATIVE else "depends on who codes"
    return next((words for words, limit in lower_limits.items() if low >= limit), uncertain)


def theme_notes(study: Study, compared: QuestionAnswers, themes: Sequence[ThemeAgreement]) -> Iterator[str]:
    """Yield the notes of the table of one question's themes; what was compared comes first."""
    comparison = compared.comparison
    yield compared_answers(study, compared)
    if len(comparison.coder_ids) == _PAIR:
        one, other = comparison.coder_ids
        yield f"Both: answers on which both chose the theme. Only {one}, only {other}: the other did not."
    else:
        yield "All: answers on which every reader chose the theme. Some: one or more did, others did not."
    yield (
        "Alike %: where one coder chose the theme, how often another did, too. Alpha: Krippendorff’s, of "
        "chosen or not; from, to: its 95% interval."
    )
    yield f"The least agreed on come first. An alpha of a theme on fewer than {FEW} answers says little."
    if never := sum(not theme.mentioned for theme in themes):
        yield f"{counted(never, 'theme')} that nobody chose here {agreeing(never, 'has', 'have')} no row."
    yield from _left_out(study, compared)


def compared_answers(study: Study, compared: QuestionAnswers) -> str:
    """Return the base of a table of one question's themes."""
    comparison = compared.comparison
    respondents = len(set(comparison.respondents.tolist()))
    of_several = "" if len(comparison.coder_ids) == _PAIR else ", two or more of them each"
    return (
        f"Base: {counted(len(comparison.answers), 'answer')} to {compared.question.id} by {respondents:,} "
        f"{study.settings.respondents} that {listed(comparison.coder_ids)} have read{of_several}."
    )
