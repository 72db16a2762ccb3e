"""What becomes of answers that several people settled without knowing of each other.

Where their decisions differ, the answer opens again: no theme of the settled layer stands on it until
somebody who knows all of them decides. The steps that do so follow from all acts alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Change
from coder.domain.copies.logged_steps import CellContent
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Aspect, Origin
    from coder.domain.copies.logged_steps import LoggedStep
    from coder.domain.team.settled_decisions import AnswerDecisions


class SettledBefore(NamedTuple):
    """What there is of settled answers before some place of the log."""

    decisions: dict[int, AnswerDecisions]
    """By response."""
    done: dict[int, str]
    """What the `done` mark of the layer holds, by response."""
    words: dict[tuple[int, str], CellContent]
    """What the layer's coding of a theme on a response held last, also where it was taken off since."""


class LateSettlings:
    """Brings the settled layer in line with all decisions, going through the acts from some place on.

    Args:
        before: What there is before that place, of all answers that steps from there on settle, and of
            those on which somebody did not know of a decision.
    """

    def __init__(self, before: SettledBefore | None) -> None:
        self._decisions, self._done, self._words = before or SettledBefore({}, {}, {})

    def concerned(
        self,
        step: LoggedStep,
        cells: Mapping[tuple[str, int], Mapping[tuple[Aspect, str], CellContent]],
        codebook: Codebook,
    ) -> list[int]:
        """Take in a step of the layer; return the answers to be brought in line behind it.

        Args:
            step: The step, of the layer.
            cells: What stands before it, by coder and response.
            codebook: The codebook of that moment.
        """
        responses = set()
        for change in step.changes:
            decisions = self._decisions.get(change.response)
            if decisions is None:
                continue
            if change.aspect == "kept" and not decisions.take(step.kind, change.old, change.new):
                responses.add(change.response)
            if change.aspect == "done":
                self._note_done(change)
            if change.aspect == "theme" and change.new is not None:
                content = CellContent(change.new, change.words_by)
                self._words[change.response, change.theme_id] = content
            # A revision that knew nothing of a decision does to the layer what was right without it.
            if step.revision and decisions.had_unaware:
                stood = cells.get((SETTLED, change.response), {}).get((change.aspect, change.theme_id))
                is_unlike = (stood.text if stood else None) != change.old
                if is_unlike or decisions.rivals(codebook):
                    responses.add(change.response)
        return sorted(responses)

    def brought_in_line(
        self, response: int, cells: Mapping[tuple[Aspect, str], CellContent], codebook: Codebook
    ) -> list[Change]:
        """Return what makes the layer say what all decisions on an answer say together.

        Args:
            response: The answer.
            cells: What stands on it in the layer.
            codebook: The codebook of that moment.
        """
        agreed, done = self._decisions[response].agreed(codebook)
        themes = agreed or frozenset()
        origins: Mapping[Aspect, Origin] = {"theme": "adjudication"}
        changes = [
            Change(response, aspect, content.text, None, theme_id, origins.get(aspect, "hand"))
            for (aspect, theme_id), content in sorted(cells.items())
            if theme_id and theme_id not in themes
        ]
        for theme_id in sorted(themes):
            if ("theme", theme_id) not in cells:
                words = self._words.get((response, theme_id), CellContent(""))
                changes.append(
                    Change(
                        response, "theme", None, words.text, theme_id, "adjudication", words_by=words.words_by
                    )
                )
        stood = self._done.get(response)
        if stood != done:
            changes.append(Change(response, "done", stood, done))
            self._note_done(changes[-1])
        return changes

    def _note_done(self, change: Change) -> None:
        if change.new is None:
            self._done.pop(change.response, None)
        else:
            self._done[change.response] = change.new
