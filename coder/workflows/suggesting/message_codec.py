"""Messages of the screen and the engine's process as lines of JSON; what is read is checked in full.

A line is an object: `message` names the message's class, the other members are its fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from coder.domain.engine_messages import EngineEvent, EngineRequest
from coder.errors import CoderError

_QUOTED = 100
"""Characters of a line that an error repeats."""

T = TypeVar("T")
ValueReader = Callable[[Any], Any]
"""Turns a member of parsed JSON into the field of a message; raises ValueError if it does not fit."""

_REQUESTS: Mapping[str, type[EngineRequest]] = {kind.__name__: kind for kind in get_args(EngineRequest)}
_EVENTS: Mapping[str, type[EngineEvent]] = {kind.__name__: kind for kind in get_args(EngineEvent)}


def write_message(message: EngineRequest | EngineEvent) -> str:
    """Return a message as a line of JSON, newline included."""
    return json.dumps({"message": type(message).__name__, **_members(message)}, default=_members) + "\n"


def read_request(line: str) -> EngineRequest:
    """Read what the screen sends.

    Raises:
        CoderError: It is no request, or not a whole one.
    """
    return _read(line, _REQUESTS, "The suggestion engine does not understand")


def read_event(line: str) -> EngineEvent:
    """Read what the engine sends.

    Raises:
        CoderError: It is no event, or not a whole one.
    """
    return _read(line, _EVENTS, "The suggestion engine sent what makes no sense")


def _members(message: Any) -> dict[str, object]:
    return {field.name: getattr(message, field.name) for field in fields(message)}


def _read(line: str, kinds: Mapping[str, type[T]], complaint: str) -> T:
    try:
        content = json.loads(line)
        _require(isinstance(content, dict))
        name = content.pop("message", None)
        _require(isinstance(name, str) and name in kinds)
        kind: Any = kinds[name]
        message: T = _reader(kind)(content)
    except (ValueError, RecursionError):
        msg = f"{complaint}: {line.strip()[:_QUOTED]}"
        raise CoderError(msg) from None
    return message


def _require(condition: object) -> None:
    if not condition:
        raise ValueError


@cache
def _reader(kind: Any) -> ValueReader:
    """Return a function that reads a field of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of(arguments)
    if origin is tuple:
        return _several(_reader(arguments[0]))
    if origin is Mapping:
        return _by_name(_reader(arguments[1]))
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, tuple):
        return _row(kind)
    return _plain({int, float} if kind is float else {kind})


def _plain(kinds: set[type]) -> ValueReader:
    def read(content: Any) -> Any:
        # Not `isinstance`: for Python, true is a number.
        _require(type(content) in kinds)
        return content

    return read


def _one_of(choices: tuple[str, ...]) -> ValueReader:
    def read(content: Any) -> Any:
        _require(content in choices)
        return content

    return read


def _several(reader: ValueReader) -> ValueReader:
    def read(content: Any) -> Any:
        _require(isinstance(content, list))
        return tuple(map(reader, content))

    return read


def _by_name(reader: ValueReader) -> ValueReader:
    def read(content: Any) -> Any:
        _require(isinstance(content, dict))
        return {name: reader(member) for name, member in content.items()}

    return read


def _row(kind: Any) -> ValueReader:
    """Return a function that reads a named tuple: a list of its fields."""
    readers = [_reader(field) for field in get_type_hints(kind).values()]

    def read(content: Any) -> Any:
        _require(isinstance(content, list) and len(content) == len(readers))
        return kind(*(reader(member) for reader, member in zip(readers, content, strict=True)))

    return read


def _record(kind: Any) -> ValueReader:
    """Return a function that reads a dataclass: an object with its fields and no others."""
    readers = {name: _reader(field) for name, field in get_type_hints(kind).items()}

    def read(content: Any) -> Any:
        _require(isinstance(content, dict) and content.keys() == readers.keys())
        return kind(**{name: reader(content[name]) for name, reader in readers.items()})

    return read
