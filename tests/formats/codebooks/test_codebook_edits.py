"""Edits of a codebook file touch the lines they are about, and no others."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.codebooks.yaml.editing import CodebookFile

if TYPE_CHECKING:
    from coder.formats.codebooks.yaml.yaml_text import Value

SAMPLE = Path(__file__).parents[3] / "codebooks" / "pch-2023.yaml"
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


@pytest.mark.parametrize(
    ("theme_id", "key", "value", "expected"),
    [
        ("a", "label", "Alpha", ['-   label: "A"  # a note', "+   label: Alpha  # a note"]),
        ("a", "definition", "New.", [*OLD_DEFINITION, "+   definition: New."]),
        ("a", "examples", ["1", "two"], ["-   - one   # first", "+   - '1'", "+   - two"]),
        ("a", "keywords", ["k", "l"], ["+   keywords: [k, l]"]),
        ("a", "parent", "b", ["+   parent: b", "+   codable: true"]),
        ("a", "definition", None, OLD_DEFINITION),
        ("a", "include", "", []),
        ("b", "keywords", [], ["-   keywords: [x,  y]"]),
        ("b", "codable", False, ["+   codable: false"]),
        ("b", "status", "retired", ["+   status: retired"]),
    ],
)
def test_an_edit_changes_its_own_lines(
    theme_id: str, key: str, value: Value | None, expected: list[str]
) -> None:
    """Comments, order, quotes and blank lines around the edited field stay as they were."""
    file = CodebookFile(TEXT, "x.yaml")
    file.set_field(theme_id, key, value)
    assert changes(TEXT, file.text) == expected
    if value:
        stored = getattr(file.codebook.by_id[theme_id], key)
        assert stored == (tuple(value) if isinstance(value, list) else value)


def test_a_theme_is_added_below_the_last() -> None:
    """A new theme follows the last one in the file's own indents, above what closes the file."""
    file = CodebookFile(TEXT, "x.yaml")
    file.add(Theme("c", "C", definition="Words.", parent="a"))
    assert changes(TEXT, file.text) == [
        "+   codable: true",
        "+ ",
        "+ - id: c",
        "+   label: C",
        "+   parent: a",
        "+   definition: Words.",
    ]
    assert file.text.endswith("# foot\n")


def test_windows_line_ends_are_kept() -> None:
    """A file with CRLF has CRLF on each line after an edit."""
    file = CodebookFile(TEXT.replace("\n", "\r\n"), "x.yaml")
    file.set_field("a", "examples", ["1", "two"])
    file.add(Theme("c", "C"))
    assert file.text.count("\n") == file.text.count("\r\n") == len(file.text.splitlines())


def test_a_file_without_a_last_line_end_takes_edits() -> None:
    """Lines can be put below a last line that has no line end."""
    file = CodebookFile("themes:\n  - id: a\n    label: A", "x.yaml")
    file.set_field("a", "include", "More.")
    assert file.text == "themes:\n  - id: a\n    label: A\n    include: More."


@pytest.mark.parametrize(
    ("theme_id", "key", "value", "message"),
    [
        ("a", "colour", "red", "'colour' is no field"),
        ("a", "id", "z", "'id' is no field"),
        ("zz", "label", "Z", "no theme 'zz'"),
        ("a", "label", "b", "already on line 3"),
        ("a", "parent", "a", "circle"),
        ("a", "label", None, "has no label"),
    ],
)
def test_an_edit_that_brings_faults_is_refused(
    theme_id: str, key: str, value: str | None, message: str
) -> None:
    """What cannot be edited is told, and the text stays as it was."""
    file = CodebookFile(TEXT, "x.yaml")
    with pytest.raises(CoderError, match=message):
        file.set_field(theme_id, key, value)
    assert file.text == TEXT
    with pytest.raises(CoderError, match="already on line 3"):
        file.add(Theme("a", "Again"))
    assert file.text == TEXT


def test_a_theme_in_braces_becomes_a_block() -> None:
    """A theme on one line is written with a key a line when it is edited, its comment kept."""
    file = CodebookFile("themes:\n- {id: a, label: A}   # one\n- {id: b, label: B}\n", "x.yaml")
    file.set_field("a", "label", "One, include")
    assert file.text == "themes:\n- id: a   # one\n  label: One, include\n- {id: b, label: B}\n"


@settings(max_examples=8)
@given(st.data())
def test_the_sample_changes_only_where_it_is_edited(data: st.DataObject) -> None:
    """Setting any text of any theme and setting it back gives the same codebook, all other lines kept."""
    file = CodebookFile.read(SAMPLE)
    before, codebook = file.text, file.codebook
    theme = data.draw(st.sampled_from(codebook.themes))
    key = data.draw(st.sampled_from(["label", "definition", "include", "exclude"]))
    file.set_field(
        theme.id, key, data.draw(st.text(min_size=1).filter(str.strip).map(str.split).map(" ".join))
    )
    removed = [line for line in changes(before, file.text) if line.startswith("-")]
    assert len(removed) <= 1 + len(getattr(theme, key)) // 50
    file.set_field(theme.id, key, getattr(theme, key))
    assert file.codebook == codebook
    assert file.text == before
