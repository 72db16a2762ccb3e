"""Answers that were made up to measure finders: what is to be found is marked in them, `{name:Priya}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.privacy.findings import Finding

FOLDER = Path(__file__).parent / "text" / "privacy" / "made"
TUNED_ON, REPORTED_ON, WRITTEN_LAST = "tuned_on", "reported_on", "written_last"
WELSH_AND_POLISH = "welsh_and_polish"
"""Answers of Wales and of Poles, some in these languages, and names that are ordinary words."""
_MARK = re.compile(r"\{([a-zA-Z -]+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """An answer, and the places (start, end, kind) that finders are to find."""

    text: str
    places: tuple[tuple[int, int, str], ...]

    def of_kind(self, kind: str) -> list[tuple[int, int]]:
        """Return the places of a kind."""
        return [(start, end) for start, end, of in self.places if of == kind]


@dataclass(frozen=True, slots=True)
class Score:
    """How well places of a kind are found.

    Attributes:
        wanted: How many there are.
        missed: Those that no finding covers from end to end, as written.
        alarms: Findings that share no character with any place that is to be found, as written.
        answers: How many answers there are.
    """

    wanted: int
    missed: tuple[str, ...]
    alarms: tuple[str, ...]
    answers: int

    @property
    def recall(self) -> float:
        """The share of places found whole."""
        return 1 - len(self.missed) / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """The share of findings that meet a place; 1 where nothing is found."""
        found = self.wanted - len(self.missed)
        return found / (found + len(self.alarms)) if found + len(self.alarms) else 1.0

    @property
    def alarms_in_twenty(self) -> float:
        """False alarms in 20 answers."""
        return 20 * len(self.alarms) / self.answers


def made_answers(half: str) -> list[MadeAnswer]:
    """Read the answers of a half."""
    lines = (FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return [_answer(line) for line in lines]


def score(answers: Iterable[MadeAnswer], findings: Iterable[Iterable[Finding]], kind: str = "name") -> Score:
    """Compare what was found in answers with what is to be found, of a kind."""
    wanted, missed, alarms, many = 0, [], [], 0
    for answer, of_answer in zip(answers, findings, strict=True):
        places = answer.of_kind(kind)
        found = [finding for finding in of_answer if finding.kind == kind]
        many += 1
        wanted += len(places)
        missed += [
            answer.text[start:end]
            for start, end in places
            if not any(finding.start <= start and end <= finding.end for finding in found)
        ]
        alarms += [
            answer.text[finding.start : finding.end]
            for finding in found
            if not any(finding.start < end and start < finding.end for start, end, _ in answer.places)
        ]
    return Score(wanted, tuple(missed), tuple(alarms), many)


def _answer(line: str) -> MadeAnswer:
    text, places, behind = "", [], 0
    for match in _MARK.finditer(line):
        text += line[behind : match.start()]
        places.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        behind = match.end()
    return MadeAnswer(text + line[behind:], tuple(places))
