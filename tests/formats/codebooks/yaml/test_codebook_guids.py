"""The guid of a theme in a codebook's YAML."""

from __future__ import annotations

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.formats.codebooks.reading import check_codebook, parse_codebook
from coder.formats.codebooks.yaml.yaml_text import write_codebook

GUID = "211f1010-b36e-44ab-ab07-4b2a53018d84"


def test_a_guid_is_read_and_written() -> None:
    """A theme's guid stands on a line of its own; a theme without one has no such line."""
    codebook = Codebook((Theme("a", "A", guid=GUID), Theme("b", "B")))
    text = write_codebook(codebook)
    assert text.count("guid") == 1
    assert f"    guid: {GUID}\n" in text
    assert parse_codebook(text, "x.yaml") == codebook


@pytest.mark.parametrize(
    ("guid", "hint"),
    [
        (GUID.upper(), f"Write guid: {GUID}."),
        (f"'{{{GUID}}}'", f"Write guid: {GUID}."),
        (GUID[:-1], "Copy it anew"),
        ("7", "Copy it anew"),
    ],
)
def test_a_guid_in_another_form_is_a_fault(guid: str, hint: str) -> None:
    """Only lower case with hyphens will do; the hint gives that form where it can be told."""
    (fault,) = check_codebook(f"themes:\n- id: a\n  label: A\n  guid: {guid}\n", "x.yaml")
    assert fault.place == (4, 3)
    assert "is no guid" in fault.message
    assert hint in fault.hint


def test_a_guid_stands_for_one_theme() -> None:
    """The second theme with the same guid is a fault at its line."""
    block = "- id: {0}\n  label: {0}\n  guid: " + GUID + "\n"
    (fault,) = check_codebook("themes:\n" + block.format("a") + block.format("b"), "x.yaml")
    assert fault.place == (7, 3)
    assert "already on line 2 ('a')" in fault.message
