"""The file of those asked: read in its order, each fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.formats.surveys.frames import read_frame

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "attribute,value,total\n"


def test_one_attribute_is_read_in_order(tmp_path: Path) -> None:
    """Other attributes and other columns are left alone."""
    path = tmp_path / "frame.csv"
    path.write_text(
        "\ufeffvalue,total,attribute,x\nWest,3,region,\nUnitary,9,type,\nEast,0,region,\n", "utf-8"
    )
    assert read_frame(path, "region") == {"West": 3, "East": 0}


FAULTS = {
    "no column": ("attribute,value\nregion,East\n", "no column 'total'", "attribute,value,total"),
    "no number": (HEAD + "region,East,ten\n", "line 2: 'East' has the total 'ten'", "whole number"),
    "no total": (HEAD + "region,East\n", "line 2: 'East' has the total ''", "whole number"),
    "a value twice": (HEAD + "region,East,1\nregion,East,2\n", "line 3: 'East' comes twice", "one line"),
    "another attribute": (HEAD + "regions,East,1\n", "no line for the attribute 'region'", "'regions'"),
    "nothing": ("", "no column 'attribute'", "attribute,value,total"),
}


@pytest.mark.parametrize(("text", "message", "hint"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """The message says file, line and value."""
    path = tmp_path / "frame.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoderError, match=message) as caught:
        read_frame(path, "region")
    assert hint in caught.value.hint
