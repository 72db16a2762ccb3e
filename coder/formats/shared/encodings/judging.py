"""Which encoding bytes have that say so nowhere: candidates are judged by the letters and words they give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.formats.shared.encodings.known_encodings import KNOWN_ENCODINGS, KnownEncoding
from coder.formats.shared.encodings.odd_lines import ODD_BYTE, odd_lines
from coder.formats.shared.encodings.plausibility import Plausibility, language_weights, plausibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ASCII = bytes(range(128))
_FIRST_LOOK, _LOOKED_AT_CLOSELY = 20, 8
"""Lines that tell which encodings are worth reading all of the sample in, and how many these are."""
_WORDS_SAMPLE = 200_000
_SWALLOWED = -3.0
"""For a letter of ASCII that an encoding takes for the second byte of another."""


_OUT_OF_USE = -4.0
"""For an encoding of another script, of which there is not one letter."""


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
    weights = language_weights(content[:_WORDS_SAMPLE])
    able = [encoding for encoding in KNOWN_ENCODINGS if _can_read(encoding, content, odd_bytes)]
    lines = list(odd_lines(content))
    if len(lines) > 2 * _FIRST_LOOK:
        first_look = _samples(able, lines[:: len(lines) // _FIRST_LOOK], weights)
        able = [sample.encoding for sample in first_look[:_LOOKED_AT_CLOSELY]]
    return _samples(able, lines, weights)


def _samples(
    encodings: Iterable[KnownEncoding], lines: Sequence[bytes], weights: Mapping[str, float]
) -> list[DecodedSample]:
    """Return how each encoding reads some lines, the likeliest first, each reading once."""
    by_text: dict[tuple[str, ...], DecodedSample] = {}
    for encoding in encodings:
        sample = tuple(line.decode(encoding.name, "ignore") for line in lines)
        rival = by_text.get(sample)
        judged = rival.plausibility if rival else _judged(encoding, lines, sample, weights)
        if rival is None or encoding.weight > rival.encoding.weight:
            by_text[sample] = DecodedSample(encoding, judged, sample)
    return sorted(by_text.values(), key=lambda sample: -sample.likelihood)


def _can_read(encoding: KnownEncoding, content: bytes, odd_bytes: bytes) -> bool:
    try:
        (content if encoding.several_bytes else odd_bytes).decode(encoding.name)
    except UnicodeDecodeError:
        return False
    return True


def _judged(
    encoding: KnownEncoding, lines: Sequence[bytes], sample: Sequence[str], weights: Mapping[str, float]
) -> Plausibility:
    judged = plausibility(sample, weights)
    if not encoding.several_bytes:
        out_of_use = not encoding.latin and judged.is_latin
        return replace(judged, likelihood=judged.likelihood + _OUT_OF_USE * out_of_use)
    swallowed = sum(map(_ascii_bytes, lines)) - sum(map(_ascii_letters, sample))
    likelihood = judged.likelihood + _SWALLOWED * swallowed + min(weights.values())
    return replace(judged, likelihood=likelihood)


def _ascii_bytes(line: bytes) -> int:
    return len(line) - len(ODD_BYTE.findall(line))


def _ascii_letters(line: str) -> int:
    return sum(map(str.isascii, line))
