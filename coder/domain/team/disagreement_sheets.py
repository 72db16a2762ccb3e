"""Disagreements between coders as a sheet for a meeting: what each chose, and room for what is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from coder.domain.grammar import counted

DisagreementState = Literal["open", "again", "differs", "parked", "settled", "compared"]
"""`open`: still to settle. `again`: settled, but a theme of it was split or redefined since. `differs`:
settled differently in several copies of the study. `parked`: put aside for a meeting. `compared`: coded
otherwise in a training, or when it was coded again, and not to be settled."""
TO_SETTLE: tuple[DisagreementState, ...] = ("open", "again", "differs")
IN_DISPUTE = "≠"
"""Stands before a theme that not all who read the answer chose."""


class ChosenTheme(NamedTuple):
    """A theme that somebody chose."""

    label: str
    words: str = ""
    """Those that carry it, where any were marked."""
    in_dispute: bool = False

    def __str__(self) -> str:
        sign = f"{IN_DISPUTE} " if self.in_dispute else ""
        return f"{sign}{self.label}{f' (“{self.words}”)' if self.words else ''}"


class SheetRow(NamedTuple):
    """An answer that was read by several people, who differ."""

    response_id: str
    text: str
    choices: tuple[tuple[ChosenTheme, ...] | None, ...]
    """What each of the sheet's coders chose; None: they have not read it to the end."""
    unoffered: tuple[str, ...]
    """Who read it before the codebook had a theme that others chose: `jo: Transport`."""
    state: DisagreementState
    settled_on: tuple[str, ...] | None
    """Labels of themes; none: nothing of the codebook is in it. None: it is not settled."""
    settled_by: str
    is_sure: bool
    why: str
    definitions: tuple[str, ...]
    """Labels of themes whose definition is to change because of it."""
    settled_differently: tuple[str, ...] = ()
    """What people settled it on without knowing of each other: `jo: Housing; Pay`."""

    def choice_text(self, place: int, separator: str = "\n") -> str:
        """Return what one of the coders chose, as it is printed."""
        choice = self.choices[place]
        if choice is None:
            return "(not read)"
        return separator.join(map(str, choice)) or "(nothing)"

    @property
    def settled_text(self) -> str:
        """What it was settled on, as it is printed; empty before."""
        if self.settled_on is None:
            return ""
        themes = "; ".join(self.settled_on) or "(nothing)"
        return themes if self.is_sure else f"{themes} (not sure)"


class ThemeInDispute(NamedTuple):
    """A theme that is in dispute, with what the codebook says of it."""

    label: str
    times: int
    """On how many answers that are not settled yet."""
    definition: str
    """With what it includes and what not."""
    to_change: int
    """Answers that say that its definition is to change."""


@dataclass(frozen=True, slots=True)
class DisagreementSheet:
    """The disagreements on the answers to a question."""

    study: str
    study_note: str
    """What its readers should know first; may be empty."""
    question_id: str
    title: str
    """The question: `Q16. Three most pressing challenges`."""
    coders: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    themes: tuple[ThemeInDispute, ...]
    """Those in dispute on most answers first."""
    made: str
    """When, in UTC, and by which program."""
    about: str = ""
    """Of a round that is set apart, which is compared and not settled: which moment it is of; else empty."""

    @property
    def is_to_settle(self) -> bool:
        """Whether its readers settle what it lists."""
        return not self.about

    @property
    def summary(self) -> str:
        """How many disagreements there are, and how far they are settled."""
        if not self.is_to_settle:
            return f"{counted(len(self.rows), 'answer')} coded otherwise"
        states = [row.state for row in self.rows]
        parts = [f"{sum(state in TO_SETTLE for state in states)} to settle"]
        parts += [f"{states.count(state)} {state}" for state in ("parked", "settled") if state in states]
        return f"{len(states)} {'answer' if len(states) == 1 else 'answers'}: {', '.join(parts)}"
