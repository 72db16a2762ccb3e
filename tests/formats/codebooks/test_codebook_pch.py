"""The codebook of the sample survey: whole, faithful to the printed tables, and its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coder.formats.codebooks.reading import read_codebook
from coder.formats.codebooks.yaml.editing import edited_text

if TYPE_CHECKING:
    from coder.domain.codebook import Theme

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "pch-2023"
CODEBOOK = read_codebook(ROOT / "codebooks" / "pch-2023.yaml")
THEMES = [theme for theme in CODEBOOK if theme.codable]
NETS = [theme for theme in CODEBOOK if not theme.codable]
RUN = 6
"""So many words in a row are no accident."""


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the sample's tables."""
    with (SAMPLE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def runs(text: str) -> set[tuple[str, ...]]:
    """Return each run of words in a text, whatever their case and punctuation."""
    words = [word.strip(".,;:!?\"'()") for word in text.casefold().split()]
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_themes_are_those_of_the_printed_tables() -> None:
    """Each row of Tables 20 to 22 has exactly one theme, in the printed order."""
    printed = [(row["question"], row["theme"]) for row in rows("published_tables.csv")]
    assert [(theme.questions[0], theme.label) for theme in THEMES] == printed
    assert {theme.questions for theme in CODEBOOK} == {("Q15", "Q18"), ("Q16", "Q18"), ("Q17", "Q18")}


def test_every_reference_coding_has_its_theme() -> None:
    """Each coding of the reference finds its theme by label and question, Q18 included."""
    codings = {(row["theme"], row["question"]) for row in rows("reference_codings.csv")}
    assert {CODEBOOK.find(label, question).label for label, question in codings} == {t.label for t in THEMES}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_a_theme_is_described(theme: Theme) -> None:
    """Each theme has a net, a definition, a note on its neighbours, two examples and keywords."""
    assert theme.parent in {net.id for net in NETS}
    assert theme.definition.endswith(".")
    assert len(set(theme.examples)) >= 2
    assert len(set(theme.keywords)) >= 3
    assert list(theme.keywords) == [keyword.casefold() for keyword in theme.keywords]
    assert theme.status == "active"


def test_nets_are_few_and_full() -> None:
    """Each net has two to six themes, all for its own questions, and lies under no other."""
    for net in NETS:
        children = CODEBOOK.children(net.id)
        assert 2 <= len(children) <= 6, net.id
        assert {child.questions for child in children} == {net.questions}
        assert net.parent is None
    assert len(NETS) <= 18


def test_examples_are_not_taken_from_the_answers() -> None:
    """No example stands in an answer, nor shares six words in a row with one."""
    answers = [
        text
        for row in rows("responses.csv")
        for column, text in row.items()
        if column[:3] in {"q15", "q16", "q17", "q18"}
    ]
    examples = [example for theme in CODEBOOK for example in theme.examples]
    whole = "\n".join(answers).casefold()
    taken = set().union(*map(runs, answers))
    assert [e for e in examples if e.casefold().rstrip(".") in whole or runs(e) & taken] == []


def test_an_edit_of_nothing_leaves_the_file_as_it_is() -> None:
    """The file as it is says itself, byte by byte, and first of all where its answers come from."""
    text = (ROOT / "codebooks" / "pch-2023.yaml").read_bytes().decode()
    assert edited_text(text, "pch-2023.yaml", CODEBOOK) == text
    assert "SYNTHETIC" in text.split("title:")[0]
