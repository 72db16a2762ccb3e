"""Questions to the team, about an answer or a theme: asked, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

QuestionEventKind = Literal["asked", "answered", "question closed", "question opened"]
"""What can be done about a question to the team."""


class Reply(NamedTuple):
    """An answer to a question."""

    at: str
    """When, in UTC."""
    by: str
    """The id of who answered."""
    text: str


@dataclass(frozen=True, slots=True)
class TeamQuestion:
    """A question to the team. It names nobody's codings: it may be about an answer of a blind round."""

    id: str
    """A random text: it goes with the question into other copies of the study."""
    at: str
    """When it was asked, in UTC."""
    by: str
    """The id of who asked."""
    text: str
    response_id: str = ""
    """The answer that it is about; empty if it is about a theme."""
    theme_id: str = ""
    """The theme that it is about; empty if it is about an answer."""
    replies: tuple[Reply, ...] = ()
    """Oldest first."""
    is_closed: bool = False

    def waits_for(self, person_id: str) -> bool:
        """Tell whether it is open and the last word is somebody else's."""
        last_by = self.replies[-1].by if self.replies else self.by
        return not self.is_closed and last_by != person_id


def questions_told(told: Iterable[tuple[str, str, str, Mapping[str, Any]]]) -> list[TeamQuestion]:
    """Work out the questions from what was done, in whatever order it is given.

    Args:
        told: For each thing that was done when, by whom, what (`QuestionEventKind`), and its content.

    Returns:
        The questions, oldest first. What is done about a question that is not there is passed over: it has
        not come here yet from another copy of the study.
    """
    questions: dict[str, TeamQuestion] = {}
    events = sorted(told, key=lambda event: (event[0], event[1], event[2], str(event[3])))
    for at, by, kind, content in events:
        if kind == "asked":
            name = content["question"]
            about = content["response"], content["theme"]
            questions.setdefault(name, TeamQuestion(name, at, by, content["text"], *about))
    for at, by, kind, content in events:
        question = questions.get(content["question"])
        if question is None or kind == "asked":
            continue
        if kind == "answered":
            question = replace(question, replies=(*question.replies, Reply(at, by, content["text"])))
        else:
            question = replace(question, is_closed=kind == "question closed")
        questions[question.id] = question
    return sorted(questions.values(), key=lambda question: (question.at, question.id))
