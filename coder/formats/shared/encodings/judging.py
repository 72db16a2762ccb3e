"""Which encoding bytes have that say so nowhere: candidates are judged by the letters and words they give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.formats.shared.encodings.known_encodings import KNOWN_ENCODINGS, KnownEncoding
from coder.formats.shared.encodings.plausibility import Plausibility, language_weights, plausibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ODD_BYTE = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_STRETCHES = 8
_LINES_OF_A_STRETCH = 50
_LONGEST_LINE = 400
_WORDS_SAMPLE = 200_000
_SWALLOWED = -3.0
"""For a letter of ASCII that an encoding takes for the second byte of another."""


@dataclass(frozen=True, slots=True)
class DecodedSample:
    """What an encoding makes of some bytes."""

    encoding: KnownEncoding
    plausibility: Plausibility
    sample: tuple[str, ...]
    """The lines that have odd bytes, as this encoding reads them; the same lines for every reading."""

    @property
    def likelihood(self) -> float:
        """The logarithm of how likely this reading is, beside others of the same bytes."""
        return self.plausibility.likelihood + self.encoding.weight


def readings(content: bytes) -> list[DecodedSample]:
    """Return how each encoding reads bytes that are not UTF-8, the likeliest first.

    Of encodings that give the same text the commonest alone is among them; none that cannot read every byte.
    """
    odd_bytes = bytes(sorted(set(content.translate(None, _ASCII))))
    lines = list(odd_lines(content))
    weights = language_weights(content[:_WORDS_SAMPLE])
    by_text: dict[object, DecodedSample] = {}
    for encoding in KNOWN_ENCODINGS:
        reading = _reading(encoding, content, odd_bytes, lines, weights)
        if reading is not None:
            by_text.setdefault(reading.sample, reading)
            if reading.likelihood > by_text[reading.sample].likelihood:
                by_text[reading.sample] = reading
    return sorted(by_text.values(), key=lambda reading: -reading.likelihood)


def odd_lines(content: bytes) -> Iterator[bytes]:
    """Yield lines that hold bytes beyond ASCII, from all over the content, long ones cut."""
    stretch = max(len(content) // _STRETCHES, 1)
    position = 0
    for start in range(0, len(content), stretch):
        position = max(position, start)
        for _ in range(_LINES_OF_A_STRETCH):
            hit = _ODD_BYTE.search(content, position, start + stretch)
            if hit is None:
                break
            begin = content.rfind(b"\n", max(0, hit.start() - _LONGEST_LINE), hit.start()) + 1
            begin = begin or max(0, hit.start() - _LONGEST_LINE)
            end = content.find(b"\n", hit.start(), hit.start() + _LONGEST_LINE)
            position = end if end >= 0 else min(hit.start() + _LONGEST_LINE, len(content))
            yield content[begin:position].rstrip(b"\r")


def _reading(
    encoding: KnownEncoding,
    content: bytes,
    odd_bytes: bytes,
    lines: list[bytes],
    weights: Mapping[str, float],
) -> DecodedSample | None:
    try:
        (content if encoding.several_bytes else odd_bytes).decode(encoding.name)
        errors = "ignore" if encoding.several_bytes else "strict"
        sample = tuple(line.decode(encoding.name, errors) for line in lines)
    except UnicodeDecodeError:
        return None
    judged = plausibility(sample, weights)
    if encoding.several_bytes:
        swallowed = sum(map(_ascii_bytes, lines)) - sum(map(_ascii_letters, sample))
        judged = Plausibility(judged.likelihood + _SWALLOWED * swallowed, judged.odd, judged.language)
    return DecodedSample(encoding, judged, sample)


def _ascii_bytes(line: bytes) -> int:
    return len(line) - len(_ODD_BYTE.findall(line))


def _ascii_letters(line: str) -> int:
    return sum(map(str.isascii, line))
