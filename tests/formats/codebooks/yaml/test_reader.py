"""Codebooks in YAML: what is read, and each fault with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.domain.theme_ids import slug
from coder.errors import CoderError
from coder.formats.codebooks.reading import check_codebook, parse_codebook, read_any_codebook, read_codebook

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
title: Staff survey
note: Asked in spring.
themes:
  - id: money
    label: Money
    questions: [Q1]
  - id: q1-budget
    label: Budget
    questions: [Q1, Q2]
    parent: money
    definition: >-
      Strain on
      the budget.
    include: Savings.
    exclude: Pay is Recruitment.
    examples:
      - We are "overspent".
      - 'Costs: up'
    keywords: [budget, 114]
    status: active
"""

FAULTS = {
    "a: [1\nb: 2": (2, 2, "This is not YAML", "Check indents"),
    "title: x\nthemes:\n  - id: a\n    label: b: c\n": (
        4,
        13,
        "mapping values are not allowed",
        "needs quotes",
    ),
    "title: \x07x": (1, 8, "'\\x07' cannot stand", "Delete it"),
    "": (1, 1, "The codebook is empty", "Write themes:"),
    "[" * 1500: (1, 1, "nested too deeply", "right file"),
    "- id: a": (1, 1, "A codebook cannot be a list", "Write themes:"),
    "title: x": (1, 1, "no themes", "Write themes:"),
    "themes: a": (1, 1, "'themes' must be a list, not a text", "Write themes:"),
    "themes:\n  - a": (2, 5, "A theme cannot be a text", "Write '- id:"),
    "themes:\n- id: a\n  lable: A\n  label: A": (3, 3, "no key 'lable'", "Did you mean 'label'"),
    "themes:\n- id: a\n  label: A\n  xyz: A": (4, 3, "no key 'xyz'", "Its keys are id, label"),
    "theme:\n- id: a": (1, 1, "A codebook has no key 'theme'", "Did you mean 'themes'?"),
    "themes:\n- id: a\n  label: A\n  label: B": (4, 3, "'label' is given twice", "line 3"),
    "themes:\n- id: a\n  label: [A]": (
        3,
        3,
        "'label' must be a text, not a list",
        "Write 'label: some text'",
    ),
    "themes:\n- id: a\n  label: A\n  examples: one": (4, 3, "'examples' must be a list", "after '- '"),
    "themes:\n- id: a\n  label: A\n  examples:\n  - b: c": (
        5,
        5,
        "Item 1 of 'examples' must be a text",
        "quotes",
    ),
    "themes:\n- id: a\n  label: A\n  keywords: [x, '']": (4, 3, "Item 2 of 'keywords' is empty", "delete it"),
    "themes:\n- id: a\n  label: A\n  codable: yes": (4, 3, "'codable' cannot be 'yes'", "codable: true or"),
    "themes:\n- id: a\n  label: A\n  status: gone": (4, 3, "'status' cannot be 'gone'", "status: retired"),
    "themes:\n- label: Café au lait": (2, 3, "The theme has no id", "Write id: cafe-au-lait"),
    "themes:\n- id:\n  label: A": (2, 3, "The theme has no id", "Write id: a"),
    "themes:\n- id: a": (2, 3, "The theme 'a' has no label", "Write label:"),
    "themes:\n- id: a\n  label: ' '": (3, 3, "The theme 'a' has no label", "Write label:"),
    "themes:\n- id: a b\n  label: A": (2, 3, "other than letters, digits", "Write id: a-b"),
    "themes:\n- id: a\n  label: A\n- id: a\n  label: B": (4, 3, "'a' is already on line 2", "another id"),
    "themes:\n- id: a\n  label: A\n- id: A\n  label: B": (
        4,
        3,
        "already on line 2 as 'a'",
        "upper and lower",
    ),
    "themes:\n- id: a\n  label: X\n- id: b\n  label: x": (5, 3, "already on line 2 (a)", "Change a label"),
    "themes:\n- id: abc\n  label: A\n- id: b\n  label: B\n  parent: abd": (
        6,
        3,
        "'abd' is no theme",
        "'abc'",
    ),
    "themes:\n- id: a\n  label: A\n  parent: b\n- id: b\n  label: B\n  parent: a": (
        4,
        3,
        "in a circle: a > b > a",
        "Take one of these parents out",
    ),
    "themes:\n- id: a\n  label: A\n  status: retired\n- id: b\n  label: B\n  parent: a": (
        7,
        3,
        "'a' is retired, 'b' under it is not",
        "Move the theme",
    ),
}


def test_every_field_is_read() -> None:
    """Each key of the file becomes the field of that name, scalars as they are written."""
    net = Theme("money", "Money", questions=("Q1",), codable=False)
    budget = Theme(
        "q1-budget",
        "Budget",
        definition="Strain on the budget.",
        include="Savings.",
        exclude="Pay is Recruitment.",
        examples=('We are "overspent".', "Costs: up"),
        keywords=("budget", "114"),
        parent="money",
        questions=("Q1", "Q2"),
    )
    assert parse_codebook(WHOLE, "x.yaml") == Codebook((net, budget), "Staff survey", "Asked in spring.")


@pytest.mark.parametrize(
    ("line", "codable"), [("", False), ("codable: true", True), ("codable: false", False)]
)
def test_a_net_is_codable_only_if_the_file_says_so(line: str, codable: bool) -> None:
    """A theme that others name as their parent can be coded only where `codable: true` stands."""
    text = f"themes:\n- id: a\n  label: A\n  {line}\n- id: b\n  label: B\n  parent: a\n"
    codebook = parse_codebook(text, "x.yaml")
    assert (codebook.by_id["a"].codable, codebook.by_id["b"].codable) == (codable, True)


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[-30:])
def test_a_fault_has_its_place_and_a_way_out(text: str) -> None:
    """The first fault names line, column, what is wrong and what to do."""
    line, column, message, hint = FAULTS[text]
    fault = check_codebook(text, "x.yaml")[0]
    assert fault.place == (line, column)
    assert message in fault.message
    assert hint in fault.hint


def test_a_label_may_serve_two_questions_apart() -> None:
    """Two themes share a label as long as no question has both."""
    text = "themes:\n- {id: a, label: X, questions: [Q1]}\n- {id: b, label: X, questions: [Q2]}\n"
    assert check_codebook(text, "x.yaml") == []


def test_a_circle_is_told_once() -> None:
    """A circle of three is one fault, and a theme that hangs on it is none."""
    links = {"a": "b", "b": "c", "c": "a", "d": "a"}
    text = "themes:\n" + "".join(f"- id: {i}\n  label: {i}\n  parent: {p}\n" for i, p in links.items())
    assert [fault.message for fault in check_codebook(text, "x.yaml")] == [
        "The parents go round in a circle: a > b > c > a."
    ]


def test_a_wrong_type_is_told_once() -> None:
    """A label that is a list is not reported as a missing label as well."""
    assert len(check_codebook("themes:\n- id: a\n  label: [A]\n", "x.yaml")) == 1


def test_all_faults_are_told_at_once() -> None:
    """The error lists every fault as name:line:column, in the order of the file."""
    text = "themes:\n- id: a\n  label: A\n  parent: z\n- id: a\n  colour: red\n"
    with pytest.raises(CoderError) as caught:
        parse_codebook(text, "x.yaml")
    places = [line.split(": ")[0] for line in caught.value.message.splitlines()]
    assert places == ["x.yaml:4:3", "x.yaml:5:3", "x.yaml:5:3", "x.yaml:6:3"]
    assert "coder codebook check" in caught.value.hint


def test_other_encodings_are_named_with_their_place(tmp_path: Path) -> None:
    """A byte that is not UTF-8 is reported with line and column."""
    path = tmp_path / "old.yaml"
    path.write_bytes("title: x\nnote: café\n".encode("latin-1"))
    with pytest.raises(CoderError, match=r"old\.yaml:2:10: The byte 0xE9 is not UTF-8"):
        read_codebook(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """A codebook saved with a byte-order mark and CRLF reads like one without."""
    path = tmp_path / "windows.yml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert read_any_codebook(path) == parse_codebook(WHOLE, "x.yaml")


def test_a_missing_file_and_a_foreign_suffix_are_told(tmp_path: Path) -> None:
    """A path that is not there, or whose name is no codebook's, is named."""
    with pytest.raises(CoderError, match=r"gone\.yaml cannot be read"):
        read_any_codebook(tmp_path / "gone.yaml")
    with pytest.raises(CoderError, match=r"must end in one of \.yaml, \.yml, \.csv, \.tsv"):
        read_any_codebook(tmp_path / "themes.docx")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Recruitment & retention", "recruitment-retention"),
        ("Écoute_2", "ecoute-2"),
        ("Трудности", "трудности"),
        ("?!", "theme"),
    ],
)
def test_slugs_are_plain(label: str, expected: str) -> None:
    """A slug is lower case, without accents, with one hyphen between words."""
    assert slug(label) == expected
