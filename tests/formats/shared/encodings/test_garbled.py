"""Text that was garbled, or lost letters, before the file was made."""

from __future__ import annotations

import pytest

from coder.formats.shared.encodings.garbled import garbled_doubts

SOUND = [
    "café, Müller, Ángel, NÃO, MAÇÃ, são, Œuvre, Århus, PÅ, ÄRA, £5, 20 °C, “so”, it’s, Škoda, Łódź",
    "IRMÃ” and “MAÇÔ", "Ψυχή", "Слишком долго «да»", "待ち時間", "Â", "Ã", "√9 = 3", "â", "Ä", "coöperatie",
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("answer", ["un café très cher", "zu wenig für Ältere", "El niño está"])
def test_garbled_letters_are_told_with_their_number(answer: str, encoding: str) -> None:
    """UTF-8 that was read in another encoding once and saved again is told, cell by cell."""
    garbled = answer.encode().decode(encoding)
    rows = [["A1", garbled], ["A2", "fine"], ["A3", garbled]]
    (doubt,) = garbled_doubts(garbled, rows)
    assert "2 cells hold letters that were garbled" in doubt.message
    assert len(doubt.examples) == 2
    assert "--yes" in doubt.remedy


def test_lost_letters_are_told() -> None:
    """The sign for a letter that was lost is told with the cells that have it."""
    (doubt,) = garbled_doubts("caf\ufffd", [["A1", "caf\ufffd"]])
    assert doubt.message.startswith("1 cell holds \ufffd")


@pytest.mark.parametrize("answer", SOUND)
def test_sound_text_is_not_suspected(answer: str) -> None:
    """Letters of many languages, capitals and signs are no garbled text."""
    assert garbled_doubts(answer, [[answer]]) == ()
