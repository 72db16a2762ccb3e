"""What the commands on questions to the team do; loaded when one of them is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, opened_study
from coder.cli.plain_output import say, show
from coder.domain.grammar import agreeing, counted
from coder.errors import CoderError
from coder.store import surveys
from coder.store.team.question_rows import questions_seen
from coder.workflows.study.coders import coder_called, default_coder
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.asking_team import (
    about_text,
    answer_question,
    ask_team,
    close_question,
    question_lines,
    question_named,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from coder.domain.team.question_threads import TeamQuestion
    from coder.workflows.study.study import Study

_NEAR = 1
"""Answers that are named where an id is not known."""


def _begun(args: argparse.Namespace) -> tuple[Study, str]:
    """Return the study and who is at work on it, as whom it is seen."""
    study = opened_study(args.study)
    person = coder_called(study.database, args.by or default_coder())
    look_as(study, person)
    return study, person


def _list(args: argparse.Namespace) -> int:
    study, person = _begun(args)
    questions, hidden = questions_seen(study.database, person)
    listed = [question for question in questions if args.all or not question.is_closed]
    for question in listed:
        show([f"{question.id}  {about_text(study, question)}"])
        show(f"    {line}" for line in question_lines(study, question))
    if not listed:
        say("No question to the team is open.")
    if hidden:
        them = agreeing(hidden, "it is", "they are")
        say(f"{counted(hidden, 'question')} more: {them} about answers of a blind round of yours.")
    return DONE


def _ask(args: argparse.Namespace) -> int:
    study, person = _begun(args)
    theme_id = study.codebook.find(args.theme).id if args.theme else ""
    question = ask_team(study, person, args.text, _answer_id(study, args.about), theme_id)
    say(f"Asked: {question}. Answers to it: coder team questions list")
    return DONE


def _answer_id(study: Study, name: str | None) -> str:
    """Return the id of an answer; raise CoderError if none has it."""
    if name is None or name in surveys.response_numbers(study.database):
        return name or ""
    near = [response.id for response in surveys.find_responses(study.database, name, _NEAR)]
    msg = f"The study has no response '{name}'."
    raise CoderError(msg, f"Did you mean '{near[0]}'?" if near else "")


def _reply(args: argparse.Namespace) -> int:
    study, person, question = _meant(args)
    answer_question(study, person, question, args.text)
    say(f"Answered: {about_text(study, question)}. To close it: coder team questions close {question.id}")
    return DONE


def _close(args: argparse.Namespace) -> int:
    study, person, question = _meant(args)
    close_question(study, person, question)
    say(f"Closed: {about_text(study, question)}.")
    return DONE


def _open(args: argparse.Namespace) -> int:
    study, person, question = _meant(args)
    close_question(study, person, question, again=True)
    say(f"Open again: {about_text(study, question)}.")
    return DONE


def _meant(args: argparse.Namespace) -> tuple[Study, str, TeamQuestion]:
    study, person = _begun(args)
    return study, person, question_named(study, person, args.question)


RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "questions list": _list,
    "questions ask": _ask,
    "questions answer": _reply,
    "questions close": _close,
    "questions open": _open,
}
"""What each command does."""
