"""A coded data set: answers that people have coded, to measure suggestions against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.domain.codebook import meant_alike, sharing_themes

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook, Theme

DataSetPart = Literal["train", "test", ""]
"""Where a set's own split puts a response; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class CodedResponse:
    """One answer and the themes people gave it."""

    id: str
    respondent_id: str
    question_id: str
    text: str
    theme_ids: frozenset[str]
    """By the first coder; empty when nothing is there."""
    second: frozenset[str] | None = None
    """By the second coder; None if only one coded it."""
    answered: bool = True
    """False for a non-response, such as "Did not answer"."""
    split: DataSetPart = ""


@dataclass(frozen=True, slots=True)
class CodingTask:
    """A list of themes and the responses that are coded with it."""

    name: str
    """The question's id, or empty where all questions share one list."""
    themes: tuple[Theme, ...]
    responses: tuple[CodedResponse, ...]


TaskGroup = tuple[CodingTask, ...]
"""Questions that share themes, each with its own list."""


def group_name(tasks: TaskGroup) -> str:
    """Return the name of a group: the names of its tasks, with commas between."""
    return ", ".join(task.name for task in tasks)


@dataclass(frozen=True, slots=True)
class CodedDataSet:
    """Everything a folder of three or four CSV files says."""

    codebook: Codebook
    responses: tuple[CodedResponse, ...]
    coder_ids: tuple[str, ...]
    """In the order of the file; the first one's codings are learned."""
    notes: tuple[str, ...] = ()
    """What its reader should know, such as themes that are used but not listed."""

    @property
    def has_split(self) -> bool:
        """Tell whether the set says itself what to learn from and what to test on."""
        return {"train", "test"} <= {response.split for response in self.responses}

    def groups(self) -> list[TaskGroup]:
        """Return the tasks by what can be learned together: those that share themes are in one group."""
        tasks = {task.name: task for task in self.tasks()}
        same = meant_alike({name: task.themes for name, task in tasks.items()})
        meant = {name: [same[theme.id] for theme in task.themes] for name, task in tasks.items()}
        return [tuple(tasks[name] for name in names) for names in sharing_themes(meant)]

    def tasks(self) -> list[CodingTask]:
        """Return one task for each question with themes of its own, or one for all questions together."""
        if not any(theme.questions for theme in self.codebook):
            return [CodingTask("", tuple(t for t in self.codebook if t.codable), self.responses)]
        questions = dict.fromkeys(response.question_id for response in self.responses)
        tasks = (
            CodingTask(q, self.codebook.offered(q), tuple(r for r in self.responses if r.question_id == q))
            for q in questions
        )
        return [task for task in tasks if task.themes]
