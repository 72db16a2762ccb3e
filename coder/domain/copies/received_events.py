"""What was done to a team, as it comes from outside: all that is read of it is there, and of its kind.

What else an event says is passed over; whether this version knows what it does is looked at elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _text(member: Any) -> bool:
    return isinstance(member, str)


def _name(member: Any) -> bool:
    return isinstance(member, str) and member != ""


def _names(member: Any) -> bool:
    return isinstance(member, list) and all(map(_name, member))


def _act(member: Any) -> bool:
    """Tell whether it names an act: as every copy does, or one that is nowhere by a number."""
    return _name(member) or (isinstance(member, int) and not isinstance(member, bool))


def _acts(member: Any) -> bool:
    return isinstance(member, list) and all(map(_act, member))


def _flag(member: Any) -> bool:
    return isinstance(member, bool)


def _share(member: Any) -> bool:
    return isinstance(member, int | float) and not isinstance(member, bool) and 0 <= member <= 1


_Members = dict[str, "Callable[[Any], bool]"]
_PERSON: _Members = {"id": _name, "name": _text}
_TWO: _Members = {**_PERSON, "into": _name, "into_name": _text}
_ROUND: _Members = {"round": _name, "round_name": _text}
_IN_ROUND: _Members = {**_ROUND, "person": _name, "name": _text}
_QUESTION: _Members = {"question": _name}
_MEMBERS: Mapping[str, _Members] = {
    "added": _PERSON,
    "renamed": {**_PERSON, "new_name": _name},
    "merged": _TWO,
    "parted": _TWO,
    "retired": _PERSON,
    "brought back": _PERSON,
    "round begun": {
        "round": _name, "name": _text, "blind": _flag, "suggests": _flag, "codebook": _text,
        "members": _names, "names": _names,
    },
    "answers assigned": {**_IN_ROUND, "answers": _names},
    "round finished": _IN_ROUND,
    "round reopened": _IN_ROUND,
    "round ended": _ROUND,
    "handed over": {"person": _name, "name": _text, "to": _name, "to_name": _text, "answers": _names},
    "theme proposed": {**_IN_ROUND, "label": _text, "answer": _text},
    "asked": {**_QUESTION, "text": _text, "response": _text, "theme": _text},
    "answered": {**_QUESTION, "text": _text},
    "question closed": _QUESTION,
    "question opened": _QUESTION,
}  # fmt: skip
"""What each kind of event says."""
_OPTIONAL: _Members = {
    "steps": _acts,
    "merge": _act,
    "gold": _text,
    "to_pass": _share,
    "apart": _flag,
    "round": _name,
    "round_name": _name,
}
"""What it may say besides, or need not."""


def odd_member(kind: str, content: Mapping[str, Any]) -> str:
    """Return what of an event is missing, or not what it should be; empty if nothing is."""
    members = _MEMBERS.get(kind, {})
    for name, is_fit in members.items():
        if name not in content or not is_fit(content[name]):
            return name
    if kind == "handed over" and content["answers"] and not {"round", "round_name"} <= content.keys():
        return "round"
    further = _OPTIONAL if members else {}
    return next((n for n, is_fit in further.items() if n in content and not is_fit(content[n])), "")
