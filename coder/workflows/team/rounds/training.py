"""Training: a new coder codes, blind, what somebody or the team has coded, and is measured by that.

What they code there is set apart, in a layer of its own, and never counts: not before they have passed, as a
beginner's mistakes would be among the figures, and not after. The answers are coded already, by the gold; a
second opinion on them, by somebody who passed as they agree with the first, would tell nothing new.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.agreement.measuring import by_theme
from coder.agreement.side_by_side import CoderReading, compared
from coder.domain.near_names import fold_name
from coder.domain.team.rounds import drawn
from coder.domain.team.settled_layer import SETTLED, SETTLED_NAME
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.database import one_moment
from coder.store.readings.shared_readings import survey_seed
from coder.store.team.round_rows import answers_in, finished_by, rounds_of
from coder.store.team.team_rows import team
from coder.workflows.study.questions import find_question
from coder.workflows.team.rounds.leading import NewRound, begin_round, unused_name
from coder.workflows.team.rounds.round_moments import round_then

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.agreement.measuring import ThemeAgreement
    from coder.domain.responses import Response
    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

_GOLD, _TRAINEE = "a", "b"
"""Whose codings are compared; in this order."""


class TrainingTest(NamedTuple):
    """What a training is to be."""

    name: str
    """Whom it trains."""
    gold_name: str
    """By whose codings it is measured; `settled`: by what the team has settled."""
    to_pass: float
    question_names: tuple[str, ...] = ()
    """Of these questions; empty: of all."""
    most: int | None = None
    """So many answers, drawn at random; None: all that the gold has."""
    seed: int = 0


class ThemeMark(NamedTuple):
    """How a trainee did on a theme."""

    theme_id: str
    label: str
    both: int
    """On how many answers gold and trainee chose it."""
    missed: int
    """On how many the gold chose it alone."""
    added: int
    """On how many the trainee chose it alone."""
    kappa: float | None
    """Cohen's; None where both chose it always, or never."""
    passed: bool


class TrainingDifference(NamedTuple):
    """An answer that a trainee coded otherwise than the gold."""

    response: Response
    missed: tuple[str, ...]
    """Labels of themes that the gold chose alone."""
    added: tuple[str, ...]
    """Labels of those that the trainee chose alone."""
    memo: str
    """Why the gold stands as it does, where that was written down."""


class TrainingResult(NamedTuple):
    """What came of a training."""

    answers: int
    marks: tuple[ThemeMark, ...]
    """The least agreed on first; themes that neither chose are left out."""
    differences: tuple[TrainingDifference, ...]
    in_words: str
    """Of which moment it is."""

    @property
    def passed(self) -> bool:
        """Whether every theme has reached the mark."""
        return all(mark.passed for mark in self.marks)


def training_of(study: Study, person_id: str) -> Round | None:
    """Return the training that somebody began last; None if they have had none."""
    trainings = [r for r in rounds_of(study.database) if r.is_training and person_id in r.finished]
    return trainings[-1] if trainings else None


def gold_meant(study: Study, name: str) -> str:
    """Return whose codings a name means to measure by: somebody's, or the team's settled ones.

    Raises:
        CoderError: Nobody is called so.
    """
    person = team(study.database).called(name)
    if person is None and fold_name(name) == SETTLED_NAME:
        return SETTLED
    return team(study.database).meant(name).id


def begin_training(study: Study, test: TrainingTest, by: str) -> Round:
    """Begin a training: a blind round of one person, on answers that the gold is done with.

    Raises:
        CoderError: There is no such person, question or gold; the mark is none; or too few answers are done.
        ReadOnlyError: The study can only be read.
    """
    trainee, gold = team(study.database).meant(test.name), gold_meant(study, test.gold_name)
    if not 0 <= test.to_pass <= 1:
        msg = f"--pass is {test.to_pass:g}."
        raise CoderError(msg, "Give an agreement between 0 and 1, such as 0.80.")
    if gold == trainee.id:
        msg = f"{trainee.name} would be measured by their own codings."
        raise CoderError(msg, "Name another: --gold PERSON, or --gold settled")
    answers = _drawn(study, test, gold)
    name = unused_name(study, f"Training {trainee.name}")
    new = NewRound(name, {trainee.id: answers}, seed=test.seed, gold=gold, to_pass=test.to_pass)
    return begin_round(study, new, by)


def _drawn(study: Study, test: TrainingTest, gold: str) -> list[str]:
    question_ids = {find_question(study, name).id for name in test.question_names}
    ids = [
        response.id
        for response in _responses(study, finished_by(study.database, gold))
        if not question_ids or response.question_id in question_ids
    ]
    wanted = len(ids) if test.most is None else test.most
    if not ids or not 1 <= wanted <= len(ids):
        who = team(study.database).name_of(gold)
        msg = f"{len(ids):,} such answers are done in the codings to measure by ({who}), not {wanted:,}."
        raise CoderError(msg, "Ask for fewer, or have more coded and marked done first.")
    return drawn(ids, test.seed)[:wanted]


def _responses(study: Study, numbers: Sequence[int]) -> Iterator[Response]:
    wanted = set(numbers)
    return (response for response in surveys.all_responses(study.database) if response.number in wanted)


def training_result(study: Study, training: Round) -> TrainingResult:
    """Measure a trainee by the gold, theme by theme, as at the moment when they finished.

    Raises:
        CoderError: They have not finished.
    """
    with one_moment(study.database), round_then(study, training.name) as (study_then, one_round, in_words):
        (person_id,) = one_round.member_ids
        trainee = one_round.layer
        responses = list(_responses(study_then, answers_in(study.database, one_round.id, person_id)))
        chosen = {coder_id: _chosen(study_then, coder_id) for coder_id in (one_round.gold, trainee)}
        marks = _marks(study_then, one_round, responses, chosen[one_round.gold], chosen[trainee])
        memos = {
            mark.response: mark.content
            for mark in codings.all_marks(study.database, one_round.gold)
            if mark.aspect == "memo" and not mark.theme_id
        }
        label = study_then.codebook.label
        differences = tuple(
            TrainingDifference(
                response,
                tuple(map(label, sorted(gold - own))),
                tuple(map(label, sorted(own - gold))),
                memos.get(response.number, ""),
            )
            for response in responses
            if (gold := chosen[one_round.gold].get(response.number, frozenset()))
            != (own := chosen[trainee].get(response.number, frozenset()))
        )
        return TrainingResult(len(responses), marks, differences, in_words)


def _chosen(study: Study, coder_id: str) -> dict[int, frozenset[str]]:
    theme_ids: dict[int, set[str]] = defaultdict(set)
    for coding in codings.all_codings(study.database, coder_id):
        theme_ids[coding.response].add(coding.theme_id)
    return {number: frozenset(ids) for number, ids in theme_ids.items()}


def _marks(
    study: Study,
    training: Round,
    responses: Sequence[Response],
    gold: dict[int, frozenset[str]],
    own: dict[int, frozenset[str]],
) -> tuple[ThemeMark, ...]:
    by_question: dict[str, list[Response]] = defaultdict(list)
    for response in responses:
        by_question[response.question_id].append(response)
    respondents = {name: number for number, name in enumerate({r.respondent_id for r in responses})}
    marks = []
    for question_id, answers in by_question.items():
        offered = frozenset(theme.id for theme in study.codebook.offered(question_id))
        readings = [
            CoderReading(
                response.number, respondents[response.respondent_id], who, theme_ids, offered | theme_ids
            )
            for response in answers
            for who, themes in ((_GOLD, gold), (_TRAINEE, own))
            for theme_ids in (themes.get(response.number, frozenset()),)
        ]
        comparison = compared(readings, {}, [theme.id for theme in study.codebook])
        several = len(by_question) > 1
        for theme in by_theme(comparison, survey_seed(study.database)):
            if theme.mentioned:
                label = study.codebook.label(theme.theme_id)
                where = f"{question_id}: {label}" if several else label
                marks.append(_mark(theme, where, training.to_pass))
    return tuple(sorted(marks, key=lambda mark: 1.0 if mark.kappa is None else mark.kappa))


def _mark(theme: ThemeAgreement, label: str, to_pass: float) -> ThemeMark:
    missed, added = theme.only
    # Chosen on every answer by both there is no chance to speak of, and nothing differs.
    passed = not (missed or added) or (theme.kappa is not None and theme.kappa >= to_pass)
    return ThemeMark(theme.theme_id, label, theme.by_all, missed, added, theme.kappa, passed)


def result_lines(result: TrainingResult, training: Round) -> Iterator[str]:
    """Yield what came of a training, and what there is to learn from it."""
    width = max((len(mark.label) for mark in result.marks), default=5)
    yield result.in_words
    yield f"{'theme':<{width}}  {'both':>5}  {'missed':>6}  {'added':>5}  {'kappa':>5}"
    for mark in result.marks:
        kappa = "" if mark.kappa is None else f"{mark.kappa:.2f}"
        verdict = verdict_text(mark, training)
        counts = f"{mark.both:>5}  {mark.missed:>6}  {mark.added:>5}"
        yield f"{mark.label:<{width}}  {counts}  {kappa:>5}  {verdict}"
    yield outcome_text(result, training)
    if result.differences:
        yield "To learn from:"
    for difference in result.differences:
        yield f"  {difference.response.id}  “{' '.join(difference.response.text.split())}”"
        if difference.missed:
            yield f"    missed: {', '.join(difference.missed)}"
        if difference.added:
            yield f"    chosen besides: {', '.join(difference.added)}"
        if difference.memo:
            yield f"    why: {' '.join(difference.memo.split())}"


def verdict_text(mark: ThemeMark, training: Round) -> str:
    """Return whether a theme has reached the mark of a training."""
    return "passed" if mark.passed else f"below {training.to_pass:.2f}"


def outcome_text(result: TrainingResult, training: Round) -> str:
    """Return, in a sentence, whether a training was passed."""
    below = sum(not mark.passed for mark in result.marks)
    outcome = "Passed: every theme" if result.passed else f"Not passed: {below} of {len(result.marks)} themes"
    does = "reaches" if result.passed else "stay below"
    return f"{outcome} {does} a kappa of {training.to_pass:.2f}, on {result.answers:,} answers."
