"""What was done to a team, from outside: what is read of an event is there, and of its kind."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from coder.domain.copies.received_acts import OddContentError, check_content
from coder.domain.team.question_threads import QuestionEventKind
from coder.domain.team.rounds import RoundEventKind

AT = "2026-11-29T10:00:00.000Z"
PERSON = {"id": "jo-1", "name": "jo"}
TWO = {**PERSON, "into": "sam-1", "into_name": "sam"}
ROUND = {"round": "r1", "round_name": "Pilot"}
IN_ROUND = {**ROUND, "person": "jo-1", "name": "jo"}
EVENTS: dict[str, dict[str, Any]] = {
    "added": PERSON,
    "renamed": {**PERSON, "new_name": "Jo Hart"},
    "merged": {**TWO, "steps": ["0123456789abcdef:1", 4]},
    "parted": {**TWO, "merge": "0123456789abcdef:2"},
    "retired": PERSON,
    "brought back": PERSON,
    "round begun": {
        "round": "r1", "name": "Pilot", "blind": True, "suggests": False, "codebook": "ab", "seed": 7,
        "members": ["jo-1"], "names": ["jo"], "gold": "sam-1", "to_pass": 0.8, "apart": True,
    },
    "answers assigned": {**IN_ROUND, "answers": ["R1.Q1.1"]},
    "round finished": IN_ROUND,
    "round reopened": IN_ROUND,
    "round ended": ROUND,
    "handed over": {**IN_ROUND, "to": "sam-1", "to_name": "sam", "answers": ["R1.Q1.1"]},
    "theme proposed": {**IN_ROUND, "label": "Pay", "answer": "R1.Q1.1"},
    "asked": {"question": "q1", "text": "?", "response": "R1.Q1.1", "theme": ""},
    "answered": {"question": "q1", "text": "No"},
    "question closed": {"question": "q1"},
    "question opened": {"question": "q1"},
}  # fmt: skip
NOT_READ = {("round begun", "seed")}
OPTIONAL = {"steps", "merge", "gold", "to_pass", "apart"}


def checked(kind: str, content: dict[str, Any]) -> None:
    """Check an event."""
    check_content("event", {"at": AT, "by": "jo-1", "kind": kind, "content": content})


def test_every_kind_is_looked_at() -> None:
    """Those of rounds and of questions, and of people; and none is refused as the program writes it."""
    assert EVENTS.keys() >= {*get_args(RoundEventKind), *get_args(QuestionEventKind)}
    for kind, content in EVENTS.items():
        checked(kind, content)
    checked("handed over", {"person": "jo-1", "name": "jo", "to": "sam-1", "to_name": "sam", "answers": []})


@pytest.mark.parametrize(("kind", "member"), [(kind, name) for kind in EVENTS for name in EVENTS[kind]])
def test_what_is_read_must_be_there_and_fit(kind: str, member: str) -> None:
    """Nothing that a screen or a command would fall over later is taken in."""
    if (kind, member) in NOT_READ:
        return
    odd_ones: tuple[Any, ...] = (None, {}, [{}], [""])
    for odd in odd_ones:
        with pytest.raises(OddContentError):
            checked(kind, {**EVENTS[kind], member: odd})
    if member not in OPTIONAL:
        with pytest.raises(OddContentError):
            checked(kind, {name: part for name, part in EVENTS[kind].items() if name != member})
