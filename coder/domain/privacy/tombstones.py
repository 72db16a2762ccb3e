"""Respondents who withdrew: what is left of them is that they did, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_REASON = 1_000
"""Characters of a reason."""


class Tombstone(NamedTuple):
    """A respondent who withdrew."""

    respondent_id: str
    at: str
    """When it was carried out, in UTC."""
    by: str
    """The id of who carried it out."""
    reason: str
    answers: tuple[str, ...]
    """The ids of their answers: what comes later about these is not taken in."""


def written_withdrawal(respondent_id: str, reason: str, answers: tuple[str, ...]) -> dict[str, Any]:
    """Return what the event of a withdrawal says."""
    return {"respondent": respondent_id, "reason": reason, "answers": list(answers)}


def read_withdrawal(at: str, by: str, content: Mapping[str, Any]) -> Tombstone:
    """Return what the event of a withdrawal says; raise ValueError, TypeError or LookupError for others."""
    respondent_id, reason, answers = content["respondent"], content["reason"], content["answers"]
    if not isinstance(reason, str) or not isinstance(answers, list):
        raise TypeError
    if not all(isinstance(name, str) and name for name in (respondent_id, *answers)):
        raise ValueError
    return Tombstone(respondent_id, at, by, reason, tuple(answers))


def withdrawn_note(withdrawn: int) -> str:
    """Return what tables say of those who withdrew; nothing if nobody did."""
    if not withdrawn:
        return ""
    who, verb = counted(withdrawn, "respondent"), agreeing(withdrawn, "is", "are")
    return f"{who} withdrew and {verb} counted in no base, as no response, and as of no earlier moment."
