"""Acts that come from outside: whatever a file says, they are values of the right kinds, or an error."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from coder.domain.codebook import Theme
from coder.domain.codings import Aspect, Origin, StepKind, WordsBy, read_spans
from coder.domain.copies.acts import ActKind, ActPlace, is_version_name, read_act_name
from coder.domain.copies.received_events import odd_member
from coder.domain.privacy.removals import read_redaction
from coder.domain.privacy.told_places import PLACES_DECIDED, read_decisions
from coder.domain.privacy.tombstones import read_withdrawal
from coder.domain.reading_orders import CameBy
from coder.domain.revising.revisions import read_carried
from coder.domain.team.settled_decisions import read_decision
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Content = dict[str, Any]
"""What an act says: values that JSON can hold."""
_LONGEST_NAME = 1_000
_HIGHEST = 999_999_999_999
_SUBJECTS = ("study", "question", "theme", "decision")


class ReceivedAct(NamedTuple):
    """An act of another copy."""

    place: ActPlace
    kind: ActKind
    salt: bytes
    digest: bytes
    link: bytes
    content: Content | None
    """None where only that it was done has come: a stub."""
    altered: str = ""
    """What was cut out of its texts since it was made, as `domain.privacy.text_leaves` writes it; empty: it
    is as it was made, and as its digest says."""


def answers_referred(acts: Iterable[ReceivedAct]) -> Iterator[str]:
    """Yield the ids of the answers that acts are about: coded, redacted, decided on; some more than once."""
    for act in acts:
        if act.content is not None and act.kind == "step":
            yield from (row[0] for row in (*act.content["changes"], *act.content["exposures"]))
        elif act.content is not None and act.content.get("kind") in ("redacted", PLACES_DECIDED):
            yield from act.content["content"]["answers"]


def answers_withdrawn(acts: Iterable[ReceivedAct]) -> Iterator[str]:
    """Yield the ids of the answers of respondents who withdrew by these acts."""
    for act in acts:
        if act.content is not None and act.content.get("kind") == "withdrawn":
            yield from act.content["content"]["answers"]


class OddContentError(CoderError):
    """An act says what no program writes."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "")


def check_content(kind: ActKind, content: object) -> Content:
    """Return what an act says, once it is known to be of the right form.

    Raises:
        OddContentError: It is not.
    """
    checks = {"step": _STEP, "version": _VERSION, "event": _EVENT}[kind]
    members = _object(content)
    _refuse(members.keys() != checks.keys(), f"A {kind} has {', '.join(map(str, members))[:80]}.")
    for name, check in checks.items():
        try:
            check(members[name])
        except OddContentError:
            raise
        except (CoderError, LookupError, TypeError, ValueError, RecursionError, OverflowError) as error:
            what = f"The '{name}' of a {kind} makes no sense."
            raise OddContentError(what) from error
    if kind == "event":
        _check_event(members)
    return members


def _check_event(members: Content) -> None:
    """Raise OddContentError if an event does not say whom it concerns, or of what words leave the study."""
    if name := odd_member(members["kind"], members["content"]):
        what = f"The '{name}' of what was done to a team ({members['kind'][:80]}) makes no sense."
        raise OddContentError(what)
    try:
        if members["kind"] == "redacted":
            read_redaction(members["content"])
        elif members["kind"] == PLACES_DECIDED:
            read_decisions(members["content"])
        elif members["kind"] == "withdrawn":
            read_withdrawal(members["at"], members["by"], members["content"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        what = f"What was {members['kind']} makes no sense."
        raise OddContentError(what) from error


def _refuse(condition: bool, what: str) -> None:
    if condition:
        raise OddContentError(what)


def _object(content: object) -> dict[str, Any]:
    _refuse(not isinstance(content, dict), "What an act says is no object.")
    return content  # type: ignore[return-value]


def _text(content: object) -> None:
    if not isinstance(content, str):
        raise TypeError
    content.encode("utf-8")


def _name(content: object) -> None:
    _text(content)
    if not 0 < len(str(content)) <= _LONGEST_NAME:
        raise ValueError


def _moment(content: object) -> None:
    _name(content)
    if datetime.fromisoformat(str(content)).utcoffset() is None:
        raise ValueError


def _version_name(content: object) -> None:
    _text(content)
    if content and not is_version_name(str(content)):
        raise ValueError


def _act(content: object) -> None:
    _text(content)
    if content and read_act_name(str(content)) is None:
        raise ValueError


def _one_of(*choices: str) -> Callable[[object], None]:
    def check(content: object) -> None:
        _text(content)
        if content not in choices:
            raise ValueError

    return check


def _count(content: object, least: int = 0) -> None:
    if not isinstance(content, int) or isinstance(content, bool) or not least <= content <= _HIGHEST:
        raise ValueError


def _rank(content: object) -> None:
    if content is not None:
        _count(content)


def _flag(content: object) -> None:
    if not isinstance(content, int) or content not in (0, 1):
        raise ValueError


def _share(content: object) -> None:
    if content is not None and (
        isinstance(content, bool) or not isinstance(content, (int, float)) or not 0 <= content <= 1
    ):
        raise ValueError


def _rows(*checks: Callable[[object], None]) -> Callable[[object], None]:
    def check(content: object) -> None:
        if not isinstance(content, list):
            raise TypeError
        for row in content:
            if not isinstance(row, list) or len(row) != len(checks):
                raise TypeError
            for cell, cell_check in zip(row, checks, strict=True):
                cell_check(cell)

    return check


def _changed(content: object) -> None:
    if content is not None:
        _text(content)


_CHANGE_CELLS = _rows(
    _name, _one_of(*get_args(Aspect)), _text, _changed, _changed, _one_of(*get_args(Origin)), _flag, _rank,
    _share, _one_of(*get_args(WordsBy)),
)  # fmt: skip


def _changes(content: object) -> None:
    _CHANGE_CELLS(content)
    for row in content:  # type: ignore[attr-defined]
        if row[1] == "kept" and not row[2]:
            for text in filter(None, row[3:5]):
                read_decision(text)
    spans = {text for row in content if row[1] == "theme" for text in row[3:5] if text}  # type: ignore[attr-defined]
    for text in spans:
        read_spans(text)


def _replaced(content: object) -> None:
    _text(content)
    if content:
        name, _, place = str(content).partition("/")
        _count(int(place), 1)
        if read_act_name(name) is None:
            raise ValueError


def _themes(content: object) -> None:
    codebook = _object(content)
    for name in ("title", "note"):
        _text(codebook[name])
    ids = set()
    for members in codebook["themes"]:
        theme = Theme(**members)
        _name(theme.id)
        ids.add(theme.id)
        for field in fields(Theme):
            _check_field(field.name, getattr(theme, field.name))
    if len(ids) != len(codebook["themes"]):
        raise ValueError


def _check_field(name: str, content: object) -> None:
    plain = getattr(_PLAIN, name)
    if name == "status":
        _one_of("active", "retired")(content)
    elif name == "parent":
        _changed(content)
    elif isinstance(plain, tuple):
        if not isinstance(content, list | tuple):
            raise TypeError
        for text in content:
            _text(text)
    elif isinstance(plain, bool):
        if not isinstance(content, bool):
            raise TypeError
    else:
        _text(content)


_PLAIN = Theme("", "")


def _carried(content: object) -> None:
    members = _object(content)
    carried = read_carried(members)
    for theme_id in carried.themes():
        _name(theme_id)
    for key in members.get("decided", ()):
        theme_id, name = key
        _text(theme_id)
        _name(name)


def _parents(content: object) -> None:
    if not isinstance(content, list) or len(content) > 1:
        raise TypeError
    for parent in content:
        _name(parent)
        _version_name(parent)


def _told(content: object) -> None:
    for name in ("id", "name", "into", "new_name"):
        if name in _object(content):
            _text(_object(content)[name])


_STEP: Mapping[str, Callable[[object], None]] = {
    "at": _moment, "coder": _name, "by": _text, "kind": _one_of(*get_args(StepKind)), "target": _act,
    "label": _text, "knows": _version_name, "revision": _version_name,
    "came_by": _one_of(*get_args(CameBy)), "changes": _changes,
    "exposures": _rows(_name, _flag, _count, _name, _share),
    "journal": _rows(_one_of(*_SUBJECTS), _text, _text, _replaced),
}  # fmt: skip
_VERSION: Mapping[str, Callable[[object], None]] = {
    "at": _moment, "coder": _text, "source": _text, "themes": _themes, "label": _text, "reason": _text,
    "carried": _carried, "undoes": _version_name, "parents": _parents,
}  # fmt: skip
_EVENT: Mapping[str, Callable[[object], None]] = {
    "at": _moment, "by": _text, "kind": _name, "content": _told,
}  # fmt: skip
