"""Decisions of a team on an answer: which of them stand, and whether these say the same.

Each decision names those that whoever made it knew. So it is plain, in every copy of a study and whatever
came first, which were made without knowing of each other.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codebook import Codebook
    from coder.domain.codings import StepKind

SURE, UNSURE = "1", "unsure"
"""What the `done` mark of the settled layer holds."""
_ID_BYTES = 8


class TeamDecision(NamedTuple):
    """What somebody decided on an answer. The mark `kept` of the settled layer holds it, as `written`."""

    id: str
    """A random text, the same in every copy of the study."""
    knew: tuple[str, ...]
    """The ids of the decisions that stood when it was made."""
    theme_ids: tuple[str, ...] | None
    """What the answer was settled on; none: nothing of the codebook is in it. None: it is to be settled
    again."""
    is_sure: bool = True

    @property
    def done(self) -> str | None:
        """What the `done` mark holds by it."""
        if self.theme_ids is None:
            return None
        return SURE if self.is_sure else UNSURE

    def written(self) -> str:
        """Return the decision as the log keeps it."""
        return json.dumps(self._asdict(), ensure_ascii=False, separators=(",", ":"))


def new_decision(
    knew: Iterable[str], theme_ids: Iterable[str] | None, *, is_sure: bool = True
) -> TeamDecision:
    """Return a decision with an id of its own."""
    themes = None if theme_ids is None else tuple(sorted(theme_ids))
    return TeamDecision(os.urandom(_ID_BYTES).hex(), tuple(sorted(knew)), themes, is_sure)


def read_decision(text: str) -> TeamDecision:
    """Read what `written` wrote.

    Raises:
        ValueError: It is no decision.
    """
    members: Any = json.loads(text)
    if not isinstance(members, dict) or members.keys() != set(TeamDecision._fields):
        raise ValueError
    knew, theme_ids = members["knew"], members["theme_ids"]
    if not (isinstance(members["id"], str) and members["id"] and isinstance(members["is_sure"], bool)):
        raise ValueError
    for names in (knew, [] if theme_ids is None else theme_ids):
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise ValueError
    themes = None if theme_ids is None else tuple(theme_ids)
    return TeamDecision(members["id"], tuple(knew), themes, members["is_sure"])


class StandingDecision(NamedTuple):
    """A decision that nobody has taken back, and that none was made after by somebody who knew it."""

    decision: TeamDecision
    by: str = ""
    """The id of who made it."""
    at: str = ""
    """When, in UTC."""


class AnswerDecisions:
    """The decisions on one answer, in the order of the log."""

    def __init__(self) -> None:
        self._made: dict[str, TeamDecision] = {}
        self._standing: dict[str, StandingDecision] = {}
        self.had_unaware = False
        """Whether one was made, or taken back, without knowing all that stood."""

    def take(self, kind: StepKind, old: str | None, new: str | None, by: str = "", at: str = "") -> bool:
        """Take in what a step does to the mark that holds the decision.

        Args:
            kind: Whether the step was made, taken back, or done again.
            old: What the mark held, by the knowledge of who made the step.
            new: What it holds by the step.
            by: The id of who acted.
            at: When, in UTC.

        Returns:
            Whether they knew all decisions that stand.
        """
        text = old if kind == "undo" else new
        if text is None:
            return True
        decision = read_decision(text)
        before = {standing.decision.id for standing in self.heads}
        if kind == "undo":
            self._standing.pop(decision.id, None)
            was_aware = before == {decision.id}
        else:
            was_aware = before == set(decision.knew)
            self._made[decision.id] = decision
            self._standing.pop(decision.id, None)
            self._standing[decision.id] = StandingDecision(decision, by, at)
        self.had_unaware = self.had_unaware or not was_aware
        return was_aware

    @property
    def heads(self) -> list[StandingDecision]:
        """The decisions that stand, but for those that a later one knew."""
        known: set[str] = set()
        waiting = [name for standing in self._standing.values() for name in standing.decision.knew]
        while waiting:
            name = waiting.pop()
            if name not in known:
                known.add(name)
                waiting += self._made[name].knew if name in self._made else ()
        return [standing for name, standing in self._standing.items() if name not in known]

    def rivals(self, codebook: Codebook) -> list[StandingDecision]:
        """Return the decisions that were made without knowing of each other and say different things.

        Args:
            codebook: Tells what became of themes that were merged: a theme and its target are one.
        """
        heads = self.heads
        said = {_said(standing.decision, codebook) for standing in heads}
        return heads if len(said) > 1 else []

    def agreed(self, codebook: Codebook) -> tuple[frozenset[str] | None, str | None]:
        """Return the themes on which an answer is settled by all decisions together, and its `done` mark.

        Both are None where nobody has settled it, somebody has opened it again, or decisions differ.
        """
        heads = self.heads
        if not heads or self.rivals(codebook):
            return None, None
        return _said(heads[-1].decision, codebook), heads[-1].decision.done


def _said(decision: TeamDecision, codebook: Codebook) -> frozenset[str] | None:
    if decision.theme_ids is None:
        return None
    return frozenset(merged_into(theme_id, codebook) for theme_id in decision.theme_ids)


def settled_differently_text(answers: int) -> str:
    """Return, in a sentence, that answers were settled differently in copies; empty if none was."""
    if not answers:
        return ""
    were, them = agreeing(answers, "was", "were"), agreeing(answers, "it", "them")
    return (
        f"{counted(answers, 'answer')} {were} settled differently in several copies, and"
        f" {agreeing(answers, 'is', 'are')} open again: coder disagreements shows who decided what, coder"
        f" settle decides {them}."
    )


def merged_into(theme_id: str, codebook: Codebook) -> str:
    """Return the theme that another was merged into, over as many merges as there were; else itself."""
    passed = {theme_id}
    theme = codebook.by_id.get(theme_id)
    while theme is not None and theme.status == "retired" and len(theme.became) == 1:
        if theme.became[0] in passed:
            break
        passed.add(theme.became[0])
        theme_id = theme.became[0]
        theme = codebook.by_id.get(theme_id)
    return theme_id
