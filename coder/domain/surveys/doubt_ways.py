"""The ways to settle a doubt about a survey file: the options that its remedy names, as choices."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coder.domain.texts.shell_quoting import unquoted
from coder.errors import CoderError

if TYPE_CHECKING:
    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_doubts import Doubt

_GIVEN = {
    "sheet": "sheet", "encoding": "encoding", "header": "header", "last-row": "last_row",
    "lone-rows": "lone_rows", "hidden-rows": "hidden_rows", "id": "id_column", "row-is": "row_meaning",
    "boxes": "boxes", "apart": "apart",
}  # fmt: skip
"""Options of `coder new` with a value, and the field of `ImportChoices` that takes it."""
_SAID: dict[str, tuple[str, object]] = {
    "decode-entities": ("decode_entities", True),
    "number-blanks": ("number_blanks", True),
    "drop-tests": ("tests", "drop"),
    "keep-tests": ("tests", "keep"),
    "long": ("row_meaning", "answer"),
    "turned": ("turned", True),
}
"""Options without a value, and what they say."""
_VALUE = r"(?:'[^']*'|\"[^\"]*\"|[^\s'\";])+"
_OPTION = rf"--(?:(?:{'|'.join(_GIVEN)})\s{_VALUE}|(?:{'|'.join(_SAID)})\b)"
_WAY = re.compile(rf"({_OPTION}(?:\s{_OPTION})*)[,\s]*(.*?)(?=;\s|,\s--|\.?$)")
_BLANKS = ("N", "NAME")
"""In a remedy, what a person is to fill in."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to settle a doubt."""

    text: str
    """When it is right: "if that is right"."""
    command: str
    """The options of `coder new` that do it."""
    options: tuple[tuple[str, str], ...]
    """Their names and values."""

    @property
    def blank(self) -> str:
        """The option whose value a person is to fill in; empty if there is none."""
        return next((name for name, text in self.options if text in _BLANKS), "")

    def filled(self, text: str) -> Way:
        """Return the way with what a person has filled in."""
        options = tuple((name, text if old in _BLANKS else old) for name, old in self.options)
        return replace(self, options=options)


def ways_to_settle(doubt: Doubt) -> tuple[Way, ...]:
    """Return the ways that a doubt's remedy names; none if only the file's own program can settle it."""
    ways = []
    for match in _WAY.finditer(doubt.remedy):
        options = []
        for option in re.findall(_OPTION, match[1]):
            name, _, text = option.removeprefix("--").partition(" ")
            options.append((name, unquoted(text.rstrip(","))))
        ways.append(Way(match[2].strip() or "settles it", match[1].rstrip(","), tuple(options)))
    return tuple(ways)


def choices_with(choices: ImportChoices, way: Way) -> ImportChoices:
    """Return choices with what a way says.

    Raises:
        CoderError: A row's number is none.
    """
    changes: dict[str, Any] = {}
    for name, text in way.options:
        if name in _SAID:
            field, meaning = _SAID[name]
            changes[field] = meaning
        elif name in ("boxes", "apart"):
            changes[name] = (*changes.get(name, getattr(choices, name)), text)
        elif name == "last-row":
            changes["last_row"] = _row_number(text)
        else:
            changes[_GIVEN[name]] = text
    return replace(choices, **changes)


def _row_number(text: str) -> int:
    if not text.strip().isdecimal():
        msg = f"'{text}' is no number of a row."
        raise CoderError(msg, "Rows are counted from 1.")
    return int(text)
