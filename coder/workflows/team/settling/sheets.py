"""Sheets of disagreements for a meeting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.team.disagreement_sheets import ChosenTheme, DisagreementSheet, SheetRow, ThemeInDispute
from coder.domain.team.settled_decisions import UNSURE
from coder.errors import CoderError
from coder.store.database import one_moment
from coder.store.team.round_rows import rounds_of
from coder.version import __version__
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.study.questions import question_title
from coder.workflows.team.comparing_coders import coders_meant, questions_meant
from coder.workflows.team.rounds.round_moments import round_then
from coder.workflows.team.settling.disagreements import (
    answers_of_round,
    definitions_to_change,
    disagreements,
)
from coder.workflows.team.settling.sheet_parts import chosen_themes, definition_text
from coder.workflows.team.settling.sheets_apart import sheets_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Question
    from coder.workflows.study.study import Study
    from coder.workflows.team.settling.disagreements import Disagreement, RivalDecision
    from coder.workflows.team.settling.sheet_parts import SheetRequest, SheetShow


@names_damage
def disagreement_sheets(study: Study, request: SheetRequest) -> list[DisagreementSheet]:
    """Return a sheet for each question of which there are such disagreements.

    Of a round that is set apart they are what was coded otherwise in it, as at its end.

    Raises:
        CoderError: There is no such question, coder, round or theme; or the round is not finished.
    """
    with one_moment(study.database):
        questions = questions_meant(study, request.question_names)
        if request.theme and not any(study.codebook.named(request.theme, q.id) for q in questions):
            study.codebook.find(request.theme)
        if request.round_name and rounds_of(study.database).meant(request.round_name).layer:
            with round_then(study, request.round_name) as (study_then, one_round, in_words):
                return sheets_apart(study_then, one_round, request, in_words)
        coder_ids = coders_meant(study, request.coder_names)
        answers = answers_of_round(study, request.round_name)
        sheets = [_sheet(study, request, question, coder_ids, answers) for question in questions]
        return [sheet for sheet in sheets if sheet is not None]


def refuse_no_disagreements(sheets: Sequence[DisagreementSheet]) -> None:
    """Raise CoderError if there is nothing to talk about."""
    if not sheets:
        msg = "There is no such disagreement."
        hint = (
            "One is an answer that two or more people have marked as done and coded otherwise; those settled "
            "are listed with --show all."
        )
        raise CoderError(msg, hint)


def _sheet(
    study: Study,
    request: SheetRequest,
    question: Question,
    coder_ids: Sequence[str],
    answers: Collection[int] | None,
) -> DisagreementSheet | None:
    theme_id = None
    if request.theme:
        named = study.codebook.named(request.theme, question.id)
        if not named:
            return None
        theme_id = study.codebook.find(request.theme, question.id).id
    listed = disagreements(study, question, coder_ids, answers, theme_id)
    shown = [disagreement for disagreement in listed if _is_shown(disagreement, request.show)]
    if not shown:
        return None
    readers = sorted({reader.coder_id for disagreement in shown for reader in disagreement.readers})
    places = {coder_id: place for place, coder_id in enumerate(readers)}
    names = [study.name_of(coder_id) for coder_id in readers]
    if request.anonymous:
        names = [f"coder {place}" for place in range(1, len(readers) + 1)]
    note = f"{moment_made(request.date)} with coder {__version__}"
    return DisagreementSheet(
        study.settings.title,
        study.settings.note,
        question.id,
        question_title(question),
        tuple(names),
        tuple(
            _row(study.codebook, disagreement, places, names, anonymous=request.anonymous)
            for disagreement in shown
        ),
        tuple(_themes(study, shown)),
        note,
    )


def _is_shown(disagreement: Disagreement, show: SheetShow) -> bool:
    if show == "all":
        return True
    return disagreement.state == "parked" if show == "parked" else disagreement.state != "settled"


def _row(
    codebook: Codebook,
    disagreement: Disagreement,
    places: Mapping[str, int],
    names: Sequence[str],
    *,
    anonymous: bool,
) -> SheetRow:
    choices: list[tuple[ChosenTheme, ...] | None] = [None] * len(places)
    for reader in disagreement.readers:
        choices[places[reader.coder_id]] = tuple(
            chosen_themes(
                codebook,
                disagreement.answer.text,
                reader.words,
                (*disagreement.agreed, *disagreement.disputed),
                disagreement.disputed,
            )
        )
    unoffered = [
        f"{names[places[reader.coder_id]]}: {', '.join(map(codebook.label, sorted(reader.unoffered)))}"
        for reader in disagreement.readers
        if reader.unoffered
    ]
    settled_on, marks = disagreement.settled_on, disagreement.marks
    by = disagreement.settled_by or ", ".join(disagreement.adjudicated)
    return SheetRow(
        disagreement.answer.id,
        disagreement.answer.text,
        tuple(choices),
        tuple(unoffered),
        disagreement.state,
        None if settled_on is None else tuple(map(codebook.label, settled_on)),
        "" if anonymous or settled_on is None else by,
        marks.done != UNSURE,
        marks.memo,
        tuple(map(codebook.label, marks.definitions)),
        tuple(_rival_texts(codebook, disagreement, anonymous=anonymous)),
    )


def _rival_texts(codebook: Codebook, disagreement: Disagreement, *, anonymous: bool) -> Iterator[str]:
    """Yield what people settled an answer on without knowing of each other."""
    for number, rival in enumerate(disagreement.rivals, start=1):
        yield f"{number if anonymous else rival.name}: {rival_themes(codebook, rival)}"


def rival_themes(codebook: Codebook, rival: RivalDecision) -> str:
    """Return what one person decided, in words."""
    if rival.theme_ids is None:
        return "(open again)"
    return "; ".join(map(codebook.label, rival.theme_ids)) or "(nothing)"


def _themes(study: Study, shown: Sequence[Disagreement]) -> Iterator[ThemeInDispute]:
    to_change = definitions_to_change(study, shown)
    times = Counter(
        theme_id
        for disagreement in shown
        if disagreement.state != "settled"
        for theme_id in disagreement.disputed
    )
    answers_of = {theme_id: times[theme_id] for theme_id in (*times, *to_change)}
    for theme_id, answers in sorted(answers_of.items(), key=lambda item: (-item[1], item[0])):
        theme = study.codebook.by_id.get(theme_id)
        text = definition_text(theme) if theme else ""
        yield ThemeInDispute(study.codebook.label(theme_id), answers, text, len(to_change.get(theme_id, ())))
