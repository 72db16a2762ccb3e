"""Sheets of what was coded otherwise in a training, or when it was coded again: not to be settled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.team.disagreement_sheets import DisagreementSheet, SheetRow, ThemeInDispute
from coder.errors import CoderError
from coder.store import codings
from coder.version import __version__
from coder.workflows.study.made_moments import moment_made
from coder.workflows.study.questions import question_title
from coder.workflows.team.comparing_coders import questions_meant
from coder.workflows.team.rounds.coded_otherwise import coded_otherwise, names_apart
from coder.workflows.team.settling.sheet_parts import chosen_themes, definition_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Question
    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study
    from coder.workflows.team.rounds.coded_otherwise import CodedOtherwise
    from coder.workflows.team.settling.sheet_parts import SheetRequest


def sheets_apart(
    study: Study, one_round: Round, request: SheetRequest, in_words: str
) -> list[DisagreementSheet]:
    """Return a sheet for each question of whose answers some were coded otherwise in a round.

    Args:
        study: The study as it stood when the round was finished: see `round_then`.
        one_round: The round, which is set apart.
        request: Which of them.
        in_words: Of which moment they are.

    Raises:
        CoderError: Coders are named, or those parked are asked for.
    """
    if request.coder_names or request.show == "parked":
        msg = f"What is coded in {one_round.name} is set apart: nothing of it is anybody else's, or parked."
        raise CoderError(msg, "Leave out --coder and --show.")
    names = ("coder 1", "coder 2") if request.anonymous else names_apart(study, one_round)
    # Why the gold stands as it does, where that was written down.
    memos = {
        mark.response: mark.content
        for mark in (codings.all_marks(study.database, one_round.gold) if one_round.is_training else ())
        if mark.aspect == "memo" and not mark.theme_id
    }
    listed = coded_otherwise(study, one_round)
    sheets = []
    for question in questions_meant(study, request.question_names):
        theme = study.codebook.find(request.theme, question.id).id if _names(study, request, question) else ""
        of_question = [
            otherwise
            for otherwise in listed
            if otherwise.answer.question_id == question.id
            and (not request.theme or theme in otherwise.disputed)
        ]
        if of_question:
            sheets.append(
                DisagreementSheet(
                    study.settings.title,
                    study.settings.note,
                    question.id,
                    question_title(question),
                    names,
                    tuple(_rows(study.codebook, of_question, memos)),
                    tuple(_themes(study.codebook, of_question)),
                    f"{moment_made(request.date)} with coder {__version__}",
                    in_words,
                )
            )
    return sheets


def _names(study: Study, request: SheetRequest, question: Question) -> bool:
    """Tell whether a request names a theme that a question offers."""
    return bool(request.theme and study.codebook.named(request.theme, question.id))


def _rows(
    codebook: Codebook, listed: Sequence[CodedOtherwise], memos: Mapping[int, str]
) -> Iterator[SheetRow]:
    for otherwise in listed:
        both = set(otherwise.choices[0]) & set(otherwise.choices[1])
        in_order = [*(t.id for t in codebook if t.id in both), *_in_order(codebook, otherwise)]
        yield SheetRow(
            otherwise.answer.id,
            otherwise.answer.text,
            tuple(
                tuple(chosen_themes(codebook, otherwise.answer.text, choice, in_order, otherwise.disputed))
                for choice in otherwise.choices
            ),
            (),
            "compared",
            None,
            "",
            is_sure=True,
            why=memos.get(otherwise.answer.number, ""),
            definitions=(),
        )


def _in_order(codebook: Codebook, otherwise: CodedOtherwise) -> list[str]:
    """Return the themes in dispute in the order of the codebook, then those that it lacks."""
    listed = [theme.id for theme in codebook if theme.id in otherwise.disputed]
    return [*listed, *sorted(otherwise.disputed.difference(listed))]


def _themes(codebook: Codebook, listed: Sequence[CodedOtherwise]) -> Iterator[ThemeInDispute]:
    times = Counter(theme_id for otherwise in listed for theme_id in otherwise.disputed)
    for theme_id, answers in sorted(times.items(), key=lambda item: (-item[1], item[0])):
        theme = codebook.by_id.get(theme_id)
        yield ThemeInDispute(codebook.label(theme_id), answers, definition_text(theme) if theme else "", 0)
