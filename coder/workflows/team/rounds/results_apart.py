"""What came of a round that is set apart, as rows for a screen: the result of a training, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.workflows.team.agreement_reading import AgreementTable
from coder.workflows.team.rounds.coded_otherwise import coded_otherwise, names_apart
from coder.workflows.team.rounds.round_moments import round_then
from coder.workflows.team.rounds.training import outcome_text, training_result, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study
    from coder.workflows.team.rounds.coded_otherwise import CodedOtherwise


def training_tables(study: Study, training: Round) -> Iterator[AgreementTable]:
    """Yield what came of a training, theme by theme.

    Raises:
        CoderError: It is not finished.
    """
    result = training_result(study, training)
    rows = [
        (
            mark.theme_id,
            f"{mark.label}: {verdict_text(mark, training)}",
            (
                str(mark.both), str(mark.missed), str(mark.added),
                "" if mark.kappa is None else f"{mark.kappa:.2f}",
            ),
        )
        for mark in result.marks
    ]  # fmt: skip
    headings = ("Both", "Missed", "Added", "Kappa")
    yield AgreementTable("", outcome_text(result, training), headings, rows, (result.in_words,))


def answers_table(study: Study, one_round: Round) -> AgreementTable:
    """Return the answers that were coded otherwise in a round that is set apart.

    Raises:
        CoderError: It is not finished.
    """
    with round_then(study, one_round.name) as (study_then, round_of_then, in_words):
        names = names_apart(study, one_round)
        listed = coded_otherwise(study_then, round_of_then)
        rows = [_row(study_then, names, otherwise) for otherwise in listed]
    title = f"Coded otherwise, {' → '.join(names)}: {len(rows):,}" if rows else "Nothing was coded otherwise."
    return AgreementTable("", title, (), rows, (in_words,), of_answers=True)


def _row(study: Study, names: tuple[str, str], otherwise: CodedOtherwise) -> tuple[str, str, Sequence[str]]:
    first, second = (_labels(study, choice) for choice in otherwise.choices)
    text = " ".join(otherwise.answer.text.split())
    detail = f"{otherwise.answer.id} “{text}” {names[0]}: {first} · {names[1]}: {second}"
    return otherwise.answer.id, f"{otherwise.answer.id}  {first} → {second}", (detail,)


def _labels(study: Study, theme_ids: Iterable[str]) -> str:
    """Return the labels of themes in the order of the codebook, then those that it lacks."""
    places = {theme.id: place for place, theme in enumerate(study.codebook)}
    in_order = sorted(theme_ids, key=lambda theme_id: (places.get(theme_id, len(places)), theme_id))
    return ", ".join(map(study.codebook.label, in_order)) or "nothing"
