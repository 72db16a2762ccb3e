"""The text of a file, in the encoding that its bytes say, a person says, or that gives the likeliest text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.domain.surveys.survey_doubts import Doubt
from coder.errors import CoderError
from coder.formats.shared.encodings.known_encodings import encoding_named, title_of
from coder.formats.shared.encodings.odd_lines import odd_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.formats.shared.encodings.judging import DecodedSample

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000
_MOST_NULS, _MOST_CONTROLS = 0.02, 0.2
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_NON_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_CLOSE = 3.0
"""Of the logarithms of two readings: below it nobody should rely on the likelier one."""
_NO_SENSE = -5.5
"""A letter or sign of so low a likelihood on average: no encoding gives a text."""
_FEWEST_OF_TWO, _LEAST_OF_TWO = 2, 0.1
"""Lines of each, and their share, that make a file one of two encodings."""
_LINES_SHOWN, _RIVALS_SHOWN, _WIDTH = 3, 3, 60
BROKEN_BYTES = "broken bytes"
"""In what is said of a file in which bytes that are no text were replaced."""
ENCODING_KEY = "e"
"""The key of the import's screen that opens the choice of encodings."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text, and what is to be said about its encoding."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    broken: bool = False
    """Whether bytes that are no text were replaced."""


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """An encoding that a file may have, with lines of the file as it reads them."""

    name: str
    title: str
    lines: tuple[str, ...]


def decode(name: str, content: bytes, encoding: str | None = None) -> DecodedText:
    """Decode a file's bytes.

    Args:
        name: The file's name, for messages.
        content: What it holds.
        encoding: The encoding that a person says it has; None: it is found out.

    Raises:
        CoderError: There is no such encoding, the bytes are not text in it, or they are no text at all.
    """
    if encoding is not None:
        return _decode_as(name, content, encoding)
    marked = _marked_encoding(content) or _wide_encoding(name, content)
    try:
        return DecodedText(content.decode(marked or "utf-8"), (marked or "utf-8").removesuffix("-sig"))
    except UnicodeDecodeError as error:
        if marked and not marked.startswith("utf-8"):
            raise _undecodable(name, content, error) from None
    two = None if marked else _lines_of_two(name, content)
    if two is not None:
        return two
    if marked or _is_mostly_utf8(content):
        return _with_broken_bytes(name, content, in_doubt=True)
    return _likeliest(name, content)


def encoding_choices(content: bytes) -> list[EncodingChoice]:
    """Return the encodings that give a text, the likeliest first, each with lines as it reads them."""
    marked = _marked_encoding(content) or _wide_encoding("The file", content)
    if marked and not marked.startswith("utf-8"):
        lines = content.decode(marked, errors="replace").splitlines()
        odd = [line for line in lines if not line.isascii()] or lines
        return [EncodingChoice(marked, "Unicode", tuple(odd[:_LINES_SHOWN]))]
    possible = _readings(content) if not content.isascii() else []
    numbers = _telling_lines(possible[:_RIVALS_SHOWN])
    choices = [
        EncodingChoice(
            reading.encoding.name, reading.encoding.title, tuple(reading.sample[n] for n in numbers)
        )
        for reading in possible
    ]
    if content.isascii() or _is_mostly_utf8(content):
        lines = [line.decode("utf-8", errors="replace") for line in odd_lines(content)]
        choices.insert(0, EncodingChoice("utf-8", "Unicode", tuple(lines[:_LINES_SHOWN])))
    return choices


def _decode_as(name: str, content: bytes, encoding: str) -> DecodedText:
    codec = encoding_named(encoding)
    if codec == "utf-8":
        marked = content.startswith(codecs.BOM_UTF8)
        try:
            return DecodedText(content.decode("utf-8-sig" if marked else "utf-8"), codec)
        except UnicodeDecodeError as error:
            if not _is_mostly_utf8(content):
                raise _undecodable(name, content, error) from None
            return _with_broken_bytes(name, content, in_doubt=False)
    try:
        return DecodedText(content.decode(codec), codec)
    except UnicodeDecodeError as error:
        raise _undecodable(name, content, error) from None


def _readings(content: bytes) -> list[DecodedSample]:
    """Return how each encoding reads bytes; what judges is loaded for files that are not UTF-8 alone."""
    from coder.formats.shared.encodings.judging import readings

    return readings(content)


def _marked_encoding(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def _wide_encoding(name: str, content: bytes) -> str | None:
    """Return UTF-16 where the NULs among the bytes say so.

    Raises:
        CoderError: The bytes are no text.
    """
    sample = content[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > _MOST_NULS * len(sample) and min(even, odd) < max(even, odd) / 10:
        codec = "utf-16-le" if odd > even else "utf-16-be"
        if _looks_like_text(sample.decode(codec, errors="replace")):
            return codec
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample.count(0) > _MOST_NULS * len(sample) or controls > _MOST_CONTROLS * len(sample):
        share = f"{controls:,} of its first {len(sample):,} bytes"
        msg = f"{name} is not text: {share} are NUL or control bytes."
        raise CoderError(msg, "Save the table as .xlsx or as CSV UTF-8.")
    return None


def _looks_like_text(text: str) -> bool:
    printable = sum(map(str.isprintable, text)) + sum(map(text.count, "\r\n\t"))
    return printable >= (1 - _MOST_NULS) * len(text)


def _is_mostly_utf8(content: bytes) -> bool:
    """Tell whether more letters of several bytes are whole than there are broken ones."""
    repaired = content.decode("utf-8", errors="replace")
    return len(_NON_ASCII.findall(repaired)) > repaired.count("\ufffd")


def _with_broken_bytes(name: str, content: bytes, *, in_doubt: bool) -> DecodedText:
    text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
    broken = text.count("\ufffd") - content.count("\ufffd".encode())
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]
    places = (
        f"line {lines[0]:,}" if len(lines) == 1 else f"{len(lines):,} lines, the first in line {lines[0]:,}"
    )
    message = f"UTF-8, but for {counted(broken, 'place')} with {BROKEN_BYTES} ({places}): each becomes \ufffd"
    if not in_doubt:
        return DecodedText(text, "utf-8", (message,), broken=True)
    broken_lines = [line for line in text.split("\n") if "\ufffd" in line][:_LINES_SHOWN]
    examples = tuple(_around(line, "\ufffd") for line in broken_lines)
    remedy = "--encoding utf-8, if they are lost; --encoding NAME, if all of the file is in another."
    doubt = Doubt("encoding", f"{name} is {message}.", remedy, ENCODING_KEY, examples)
    return DecodedText(text, "utf-8", (), (doubt,), broken=True)


def _lines_of_two(name: str, content: bytes) -> DecodedText | None:
    """Return the text of a file some of whose lines are UTF-8, and some in another encoding; else None.

    Somebody has put two files together: a line in which letters are whole has no broken ones.
    """
    lines = content.split(b"\n")
    whole = [line for line in lines if not line.isascii() and _is_utf8(line)]
    others = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    few = min(len(whole), len(others)) < max(_FEWEST_OF_TWO, _LEAST_OF_TWO * (len(whole) + len(others)))
    if few or any(_has_whole_letters(lines[number]) for number in others):
        return None
    possible = _readings(b"\n".join(lines[number] for number in others))
    if not possible:
        return None
    codec = possible[0].encoding.name
    try:
        decoded = [line.decode("utf-8" if _is_utf8(line) else codec) for line in lines]
    except UnicodeDecodeError:
        return None
    message = (
        f"{name} has lines of two encodings: {counted(len(whole), 'line')} with odd letters in UTF-8, "
        f"{counted(len(others), 'line')} read as {codec} (the first is line {others[0] + 1:,})."
    )
    remedy = (
        "--yes, if the lines are right; --encoding NAME, if all of the file is in one; or save both as UTF-8."
    )
    examples = tuple(
        f"line {number + 1}: {decoded[number][:_WIDTH].strip()}" for number in others[:_LINES_SHOWN]
    )
    return DecodedText(
        "\n".join(decoded), codec, (), (Doubt("encoding", message, remedy, ENCODING_KEY, examples),)
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_whole_letters(line: bytes) -> bool:
    return _NON_ASCII.search(line.decode("utf-8", "replace")) is not None


def _likeliest(name: str, content: bytes) -> DecodedText:
    possible = _readings(content)
    if not possible:
        msg = f"{name} is not text in any encoding that is known."
        raise CoderError(msg, "Open it in a spreadsheet program and save it as CSV UTF-8.")
    best, rivals = possible[0], possible[1:]
    close = [rival for rival in rivals if best.likelihood - rival.likelihood < _CLOSE]
    bytes_of_a_letter = 2 if best.encoding.several_bytes else 1
    senseless = best.plausibility.likelihood < _NO_SENSE * bytes_of_a_letter * max(best.plausibility.odd, 1)
    try:
        text = content.decode(best.encoding.name)
    except UnicodeDecodeError as error:
        raise _undecodable(name, content, error) from None
    doubts = (_doubt(text, best, close or rivals[:1], senseless=senseless),) if close or senseless else ()
    return DecodedText(text, best.encoding.name, (), doubts)


def _doubt(text: str, best: DecodedSample, rivals: Sequence[DecodedSample], *, senseless: bool) -> Doubt:
    compared = [best, *rivals[: _RIVALS_SHOWN - 1]]
    names = [reading.encoding.name for reading in compared]
    odd = counted(len(text) - len(text.encode("ascii", "ignore")), "odd letter")
    if senseless:
        message = f"no encoding makes sense of its {odd}; it is read as {names[0]}"
    else:
        message = f"its {odd} may be {' or '.join(names)}; it is read as {names[0]}"
    examples = [
        f"{reading.encoding.name}: {_around(reading.sample[number], other.sample[number])}"
        for number in _telling_lines(compared)
        for reading, other in zip(compared, [*compared[1:], compared[0]], strict=True)
    ]
    remedy = f"--encoding NAME, with what gives the right letters ({', '.join(names)} or another)."
    return Doubt("encoding", f"{message}.", remedy, ENCODING_KEY, tuple(examples))


def _telling_lines(compared: Sequence[DecodedSample]) -> list[int]:
    """Return which lines of a sample to show: the first that are read differently."""
    if not compared:
        return []
    samples = [reading.sample for reading in compared]
    differing = [n for n, lines in enumerate(zip(*samples, strict=True)) if len(set(lines)) > 1]
    return (differing or list(range(len(samples[0]))))[:_LINES_SHOWN]


def _around(line: str, other: str) -> str:
    """Return the stretch of a line around the first character that another line or text has otherwise."""
    if len(other) == 1:
        at = max(line.find(other), 0)
    else:
        at = next((n for n, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - _WIDTH // 2)
    stretch = line[start : start + _WIDTH].strip()
    return ("\u2026" if start else "") + stretch + ("\u2026" if start + _WIDTH < len(line) else "")


def _undecodable(name: str, content: bytes, error: UnicodeDecodeError) -> CoderError:
    line = content.count(b"\n", 0, error.start) + 1
    byte = f"byte {error.start:,} (0x{content[error.start]:02x})"
    likely = [reading.encoding.name for reading in _readings(content)[:_RIVALS_SHOWN]]
    hint = f"Likelier are: {listed(likely)} (--encoding NAME); or" if likely else ""
    hint = f"{hint} open it in a spreadsheet program and save it as CSV UTF-8.".strip()
    return CoderError(
        f"{name}, line {line}: {byte} is not {error.encoding} text.", hint[0].upper() + hint[1:]
    )


def described(encoding: str) -> str:
    """Return an encoding's name, and where it comes from."""
    title = title_of(encoding)
    return f"{encoding} ({title})" if title else encoding
