"""What a rule about several coders leaves out of a table, or does not fit."""

from __future__ import annotations

from typing import NamedTuple


class Undecided(NamedTuple):
    """What the rule `settled` leaves out."""

    answers: int = 0
    """Answers on which those who finished them differ, and that nobody has settled."""
    themes: int = 0
    """The themes in dispute on them, each once an answer."""
    half_coded: int = 0
    """Answers with themes of people who have not finished them."""
    settled_differently: int = 0
    """Answers that people settled differently in several copies of the study: they are open again."""
    in_trainings: int = 0
    """Answers that somebody has coded in a training, which is set apart."""


NOTHING_UNDECIDED = Undecided()


class RuleMisfit(NamedTuple):
    """Answers that another rule than `settled` was not made for."""

    by_some: int = 0
    """Answers with themes that some of the coders have finished, but not all."""
    disputed: int = 0
    """Answers on which those who finished them differ, and that nobody has settled."""
    overruled: int = 0
    """Answers with a theme that somebody chose, and that the team, or an adjudication, settled otherwise."""
    by_two: int = 0
    """Of those in dispute, the ones that two people alone have finished."""


FITS = RuleMisfit()
