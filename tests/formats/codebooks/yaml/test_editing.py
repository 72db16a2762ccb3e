"""Edits of a codebook file touch the lines they are about, and no others."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.editing import edited_text

SAMPLE = Path(__file__).parents[4] / "codebooks" / "pch-2023.yaml"
TEXT = """\
# head
themes:
- id: a   # stays
  label: "A"  # a note
  definition: >-
    Old words
    # not a comment.

  # about examples
  examples:
  - one   # first

# --- second ---
- id: b
  label: B
  keywords: [x,  y]
# foot
"""
OLD_DEFINITION = ["-   definition: >-", "-     Old words", "-     # not a comment."]


def changes(before: str, after: str) -> list[str]:
    """Return the lines taken out and put in, marked - and +."""
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [f"{line[0]} {line[1:]}" for line in diff if line[0] in "+-"]


def changed(text: str, theme_id: str, **fields: Any) -> str:
    """Return a text with fields of a theme edited, which it says afterwards."""
    codebook = parse_codebook(text, "x.yaml")
    themes = tuple(replace(theme, **fields) if theme.id == theme_id else theme for theme in codebook)
    new_text = edited_text(text, "x.yaml", replace(codebook, themes=themes))
    assert parse_codebook(new_text, "x.yaml").themes == themes
    return new_text


def added(text: str, theme: Theme) -> str:
    """Return a text with a theme more."""
    codebook = parse_codebook(text, "x.yaml")
    return edited_text(text, "x.yaml", replace(codebook, themes=(*codebook.themes, theme)))


@pytest.mark.parametrize(
    ("theme_id", "key", "value", "expected"),
    [
        ("a", "label", "Alpha", ['-   label: "A"  # a note', "+   label: Alpha  # a note"]),
        ("a", "definition", "New.", [*OLD_DEFINITION, "+   definition: New."]),
        ("a", "examples", ("1", "two"), ["-   - one   # first", "+   - '1'", "+   - two"]),
        ("a", "keywords", ("k", "l"), ["+   keywords: [k, l]"]),
        ("a", "parent", "b", ["+   parent: b", "+   codable: true"]),
        ("a", "definition", "", OLD_DEFINITION),
        ("a", "include", "", []),
        ("b", "keywords", (), ["-   keywords: [x,  y]"]),
        ("b", "codable", False, ["+   codable: false"]),
        ("b", "status", "retired", ["+   status: retired"]),
    ],
)
def test_an_edit_changes_its_own_lines(theme_id: str, key: str, value: Any, expected: list[str]) -> None:
    """Comments, order, quotes and blank lines around the edited field stay as they were."""
    assert changes(TEXT, changed(TEXT, theme_id, **{key: value})) == expected


def test_a_theme_is_added_below_the_last() -> None:
    """A new theme follows the last one in the file's own indents, above what closes the file."""
    text = added(TEXT, Theme("c", "C", definition="Words.", parent="a"))
    assert changes(TEXT, text) == [
        "+   codable: true",
        "+ ",
        "+ - id: c",
        "+   label: C",
        "+   parent: a",
        "+   definition: Words.",
    ]
    assert text.endswith("# foot\n")


def test_windows_line_ends_are_kept() -> None:
    """A file with CRLF has CRLF on each line after an edit."""
    text = added(changed(TEXT.replace("\n", "\r\n"), "a", examples=("1", "two")), Theme("c", "C"))
    assert text.count("\n") == text.count("\r\n") == len(text.splitlines())


def test_a_file_without_a_last_line_end_takes_edits() -> None:
    """Lines can be put below a last line that has no line end."""
    text = "themes:\n  - id: a\n    label: A"
    assert changed(text, "a", include="More.") == f"{text}\n    include: More."


@pytest.mark.parametrize(
    ("theme_id", "key", "value", "message"),
    [
        ("a", "label", "b", "already on line 3"),
        ("a", "label", "", "has no label"),
        ("a", "parent", "a", "circle"),
        ("a", "parent", "z", "no theme's id"),
        ("a", "id", "b", "The id 'b' is already on line 4"),
        ("a", "guid", "7", "is no guid"),
    ],
)
def test_an_edit_that_brings_faults_is_refused(theme_id: str, key: str, value: str, message: str) -> None:
    """What would break a rule of the codebook is told with the line it would stand on."""
    with pytest.raises(CoderError, match=message):
        changed(TEXT, theme_id, **{key: value})
    with pytest.raises(CoderError, match="already on line 3"):
        added(TEXT, Theme("a", "Again"))


def test_a_theme_in_braces_becomes_a_block() -> None:
    """A theme on one line is written with a key a line when it is edited, its comment kept."""
    text = "themes:\n- {id: a, label: A}   # one\n- {id: b, label: B}\n"
    assert (
        changed(text, "a", label="One, include")
        == "themes:\n- id: a   # one\n  label: One, include\n- {id: b, label: B}\n"
    )


@settings(max_examples=8)
@given(st.data())
def test_the_sample_changes_only_where_it_is_edited(data: st.DataObject) -> None:
    """Setting any text of any theme and setting it back gives the same codebook, all other lines kept."""
    text = SAMPLE.read_text("utf-8")
    theme = data.draw(st.sampled_from(parse_codebook(text, "x.yaml").themes))
    key = data.draw(st.sampled_from(["label", "definition", "include", "exclude"]))
    value = data.draw(st.text(min_size=1).filter(str.strip).map(str.split).map(" ".join))
    new_text = changed(text, theme.id, **{key: value})
    removed = [line for line in changes(text, new_text) if line.startswith("-")]
    assert len(removed) <= 1 + len(getattr(theme, key)) // 50
    assert changed(new_text, theme.id, **{key: getattr(theme, key)}) == text
