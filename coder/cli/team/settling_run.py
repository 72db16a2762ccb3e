"""From `coder settle` to the settling screen on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, opened_study
from coder.cli.screen_opening import open_screen
from coder.domain.team.disagreement_sheets import TO_SETTLE
from coder.store import surveys
from coder.workflows.study.questions import find_question
from coder.workflows.team.settling.disagreements import answers_of_round, disagreements

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from textual.screen import Screen

    from coder.domain.responses import Question
    from coder.workflows.study.study import Study


def open_settling(args: argparse.Namespace) -> int:
    """Open the settling screen as the options of `coder settle` ask for; return the exit code."""
    study = opened_study(args.study)
    answers = answers_of_round(study, args.round)
    question = find_question(study, args.question) if args.question else _with_most_to_settle(study, answers)
    theme_id = study.codebook.find(args.theme, question.id).id if args.theme else None

    def settling_screen(person_id: str) -> Screen[None]:
        from coder.tui.settling.desk import SettlingDesk
        from coder.tui.settling.screen import SettlingScreen

        return SettlingScreen(SettlingDesk(study, person_id, question, theme_id, answers))

    open_screen(study, args.coder, alone=settling_screen)
    return DONE


def _with_most_to_settle(study: Study, answers: Collection[int] | None) -> Question:
    questions = surveys.questions(study.database)
    left = {
        question: sum(d.state in TO_SETTLE for d in disagreements(study, question, (), answers))
        for question in questions
    }
    return max(questions, key=left.__getitem__)
