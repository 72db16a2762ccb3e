"""Questions to the team in windows: asked about an answer or a theme, read, answered and closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from coder.domain.grammar import agreeing, counted
from coder.domain.log_moments import local_moment
from coder.domain.near_names import fold_case
from coder.errors import BusyError, CoderError
from coder.store.team.question_rows import questions_seen
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.team.asking_team import (
    about_text,
    answer_question,
    ask_team,
    close_question,
    question_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coder.domain.team.question_threads import TeamQuestion
    from coder.workflows.study.study import Study

QUESTION_LINES = 4
"""Lines of a question's window; there may be more."""
_TOLD_SECONDS = 4

_WhatToDo = Literal["answer", "close", "open", "go"]


class NewQuestion(NamedTuple):
    """A question that is yet to be asked."""

    response_id: str
    theme_id: str
    text: str
    """What was typed already."""


class TeamTalk(NamedTuple):
    """The questions to a team as one person reads and asks them."""

    study: Study
    person_id: str
    subjects: Sequence[tuple[str, str]]
    """What a new one may be about, the likeliest first: the id of an answer and that of a theme, one of them
    empty."""
    changed: Callable[[], object]
    """Called once something was asked, answered or closed."""
    go_to: Callable[[str], object] | None = None
    """Goes to the answer of an id, where there are answers to go to."""


class _Asking(Protocol):
    def ask(self, window: Pick[Any] | Ask, take: Callable[..., object]) -> None:
        """Open a window; `take` is given what it returns."""

    def tell(self, text: str, seconds: float) -> None:
        """Say something for some seconds."""


def open_questions(view: _Asking, talk: TeamTalk) -> None:
    """List ways to ask something, and the questions: open ones first, of these what one is at first."""
    seen = questions_seen(talk.study.database, talk.person_id)
    here = [name for subject in talk.subjects for name in subject if name]

    def rank(question: TeamQuestion) -> tuple[bool, bool]:
        return question.is_closed, (question.response_id or question.theme_id) not in here

    latest_first = seen.questions[::-1]
    listed = [_listed(talk, question) for question in sorted(latest_first, key=rank)]

    def options(typed: str) -> Sequence[Option[TeamQuestion | NewQuestion]]:
        words = fold_case(typed).split()
        fitting = [
            line for line in listed if all(word in fold_case(f"{line.detail} {line.note}") for word in words)
        ]
        new = list(_new_questions(talk, typed))
        return [*fitting, *new] if typed else [*new, *fitting]

    title = "Questions to the team"
    if seen.hidden:
        of_others = counted(seen.hidden, "question")
        title += f" · {of_others} about blind answers {agreeing(seen.hidden, 'is', 'are')} not shown"
    hint = "words of a question, an answer's id, a name; or a new question"
    view.ask(Pick(title, options, placeholder=hint, may_be_text=True), partial(_go_on, view, talk))


def _new_questions(talk: TeamTalk, typed: str) -> Iterator[Option[TeamQuestion | NewQuestion]]:
    for response_id, theme_id in talk.subjects:
        about = response_id or f"the theme {talk.study.codebook.label(theme_id)}"
        label = f"+ ask about {about}{f': {typed}' if typed else ''}"
        detail = "Everybody in the team can read and answer it. It does not say how you have coded."
        yield Option(label, NewQuestion(response_id, theme_id, typed), detail)


def _listed(talk: TeamTalk, question: TeamQuestion) -> Option[TeamQuestion | NewQuestion]:
    sign = "✓" if question.is_closed else "?" if question.waits_for(talk.person_id) else "…"
    state = {"✓": "closed", "?": "waits for you", "…": "waits for others"}[sign]
    about = f"{about_text(talk.study, question)} · {state}"
    lines = [about, "", *question_lines(talk.study, question)]
    signature = f"{talk.study.name_of(question.by)} · {local_moment(question.at):%m-%d}"
    note = f"{about_text(talk.study, question)} · {signature}"
    return Option(f"{sign} {question.text.splitlines()[0]}", question, "\n".join(lines), note)


def _go_on(view: _Asking, talk: TeamTalk, choice: TeamQuestion | NewQuestion | None) -> None:
    """Have a new question typed, or say what can be done about one that was asked."""
    if choice is None:
        return
    if isinstance(choice, NewQuestion):
        about = choice.response_id or f"the theme {talk.study.codebook.label(choice.theme_id)}"
        _write(view, f"Ask the team about {about}", choice.text, partial(_ask, view, talk, choice))
        return
    options = list(_what_to_do(talk, choice))

    def fitting(typed: str) -> Sequence[Option[_WhatToDo]]:
        return [option for option in options if fold_case(typed) in fold_case(option.label)]

    view.ask(Pick(choice.text.splitlines()[0], fitting), partial(_do, view, talk, choice))


def _what_to_do(talk: TeamTalk, question: TeamQuestion) -> Iterator[Option[_WhatToDo]]:
    detail = "\n".join(question_lines(talk.study, question))
    if question.is_closed:
        yield Option("open it again", "open", detail)
    else:
        yield Option("answer it", "answer", detail)
        yield Option("close it: it is settled", "close", detail)
    if question.response_id and talk.go_to is not None:
        yield Option(f"go to {question.response_id}", "go", detail)


def _do(view: _Asking, talk: TeamTalk, question: TeamQuestion, what: _WhatToDo | None) -> None:
    if what == "answer":
        title = f"Answer: {question.text.splitlines()[0]}"
        _write(view, title, "", partial(_reply, view, talk, question))
    elif what == "go" and talk.go_to is not None:
        talk.go_to(question.response_id)
    elif what is not None:
        close_question(talk.study, talk.person_id, question, again=what == "open")
        talk.changed()
        state = "open again" if what == "open" else "closed"
        view.tell(f"The question is {state}. A shows it.", _TOLD_SECONDS)


def _write(view: _Asking, title: str, text: str, take: Callable[[str], object]) -> None:
    """Ask for a text; where it cannot be saved it is asked for again, so that it is not lost."""

    def save(typed: str | None) -> None:
        if typed is None or not typed.strip():
            return
        try:
            take(typed)
        except BusyError:
            # The screen waits, and takes it again.
            raise
        except CoderError as error:
            view.tell(str(error), _TOLD_SECONDS)
            _write(view, title, typed, take)

    view.ask(Ask(title, text, lines=QUESTION_LINES, stands=""), save)


def _ask(view: _Asking, talk: TeamTalk, new: NewQuestion, text: str) -> None:
    ask_team(talk.study, talk.person_id, text, new.response_id, new.theme_id)
    talk.changed()
    view.tell("Asked the team. A shows the answers; it closes it, too (u does not).", _TOLD_SECONDS)


def _reply(view: _Asking, talk: TeamTalk, question: TeamQuestion, text: str) -> None:
    answer_question(talk.study, talk.person_id, question, text)
    talk.changed()
    view.tell("Answered. A closes the question, once it is settled.", _TOLD_SECONDS)
