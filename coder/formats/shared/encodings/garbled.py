"""Texts that were garbled before they were exported: read in a wrong encoding once, and saved so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBJECT = "garbled text"
_COMMON = (
    "äöüßéèêëàâáãåæçñíìîïóòôõøúùûýÄÖÜÉÈÊÀÂÁÃÅÆÇÑÍÓÔÕØÚœŒ"
    "\u2019\u2018\u201c\u201d\u201e\u2013\u2014\u2026\u2022€£°«»¿¡\u00a0"
    "ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČŘŠŽőűŐŰğışİĞŞăîșțđ"
)
_MISREAD_AS = ("cp1252", "mac_roman", "cp850", "cp1250")
_LOST = "\ufffd"
_EXAMPLES, _WIDTH = 3, 50


def garbled_doubts(text: str, rows: Sequence[Sequence[str]]) -> tuple[Doubt, ...]:
    """Tell of cells that hold garbled letters, or signs for letters that were lost before the export.

    Args:
        text: All of the file; most have nothing of the kind, and this tells it at once.
        rows: Its cells, looked at only where there is something.
    """
    if text.isascii():
        return ()
    doubts = []
    if _pattern().search(text):
        hits = {cell: hit for row in rows for cell in row if (hit := _garbled_in(cell))}
        cells = [cell for row in rows for cell in row if cell in hits]
        examples = [_garbled_example(cell, hits[cell]) for cell in cells[:_EXAMPLES]]
        if cells:
            doubts.append(_doubt(cells, "hold letters that were garbled before this file was made", examples))
    if _LOST in text:
        cells = [cell for row in rows for cell in row if _LOST in cell]
        examples = [_stretch(cell, cell.index(_LOST)) for cell in cells[:_EXAMPLES]]
        doubts.append(_doubt(cells, f"hold {_LOST} for letters lost before this file was made", examples))
    return tuple(doubts)


def _doubt(cells: Sequence[str], fault: str, examples: Sequence[str]) -> Doubt:
    fault = fault if len(cells) > 1 else fault.replace("hold ", "holds ", 1)
    message = f"{counted(len(cells), 'cell')} {fault}; {agreeing(len(cells), 'it is', 'they are')} stored so."
    return Doubt(
        SUBJECT, message, "Export the survey again, or --yes to take it as it is.", "", tuple(examples)
    )


def _garbled_in(cell: str) -> re.Match[str] | None:
    """Return where a cell is garbled; a quotation mark behind a capital of a word in capitals is not."""
    for hit in _pattern().finditer(cell):
        if not cell[max(hit.start() - 1, 0) : hit.start()].isupper():
            return hit
    return None


def _garbled_example(cell: str, hit: re.Match[str]) -> str:
    return f"{_stretch(cell, hit.start())}  ({hit.group()} was {_sequences()[hit.group()]})"


def _stretch(cell: str, at: int) -> str:
    start = max(0, at - _WIDTH // 2)
    return ("\u2026" if start else "") + " ".join(cell[start : start + _WIDTH].split())


@cache
def _sequences() -> dict[str, str]:
    """Return what each common letter becomes when its UTF-8 is read in another encoding."""
    sequences: dict[str, str] = {}
    for letter in _COMMON:
        for encoding in _MISREAD_AS:
            garbled = "".join(_misread(byte, encoding) for byte in letter.encode())
            sequences.setdefault(garbled, letter)
    return sequences


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_sequences(), key=len, reverse=True))))


def _misread(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        # Programs keep what an encoding lacks as the control character of that number.
        return chr(byte)
