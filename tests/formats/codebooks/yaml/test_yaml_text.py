"""Codebooks written as YAML: nothing is lost, and people can read it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Codebook, Theme
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.yaml_text import write_codebook

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.lists(
    st.sampled_from(
        ["null", "- a", "#", "it's", '"x"', "a: b", "£4m", "{", "budget", "two  blanks", "\n  - id: b", ": x"]
    )
).map(" ".join)
FILLED = TEXTS.filter(str.strip)
LISTS = st.lists(FILLED, max_size=3).map(tuple)
LONG = st.lists(st.text("abc-#:é", min_size=1, max_size=12), min_size=20, max_size=60).map(" ".join)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook without faults."""
    ids = draw(
        st.lists(st.from_regex(r"[\w.-]+", fullmatch=True), min_size=1, max_size=6, unique_by=str.casefold)
    )
    themes = [
        Theme(
            theme_id,
            f"{draw(TEXTS)} {number}",
            definition=draw(TEXTS | LONG),
            include=draw(TEXTS),
            exclude=draw(LONG),
            examples=draw(LISTS),
            keywords=draw(LISTS),
            parent=draw(st.sampled_from([None, *ids[:number]])),
            questions=draw(LISTS),
            codable=draw(st.booleans()),
        )
        for number, theme_id in enumerate(ids)
    ]
    if draw(st.booleans()):
        themes[-1] = replace(themes[-1], status="retired")
    return Codebook(tuple(themes), draw(TEXTS), draw(TEXTS))


@given(codebooks())
def test_what_is_written_reads_back_equal(codebook: Codebook) -> None:
    """Any codebook survives writing and reading, whatever its texts hold."""
    assert parse_codebook(write_codebook(codebook), "x.yaml") == codebook


def test_the_written_form_is_plain() -> None:
    """Short texts stand on one line, long ones are folded, keywords flow, defaults are left out."""
    theme = Theme(
        "a", "A", definition="word " * 30 + "end", examples=("One.", "Two: 2."), keywords=("k", "l m")
    )
    lines = write_codebook(Codebook((theme,), title="T")).splitlines()
    assert lines == [
        "title: T",
        "themes:",
        "  - id: a",
        "    label: A",
        "    definition: >-",
        "      " + " ".join(["word"] * 20),
        "      " + " ".join(["word"] * 10) + " end",
        "    examples:",
        "      - One.",
        "      - 'Two: 2.'",
        "    keywords: [k, l m]",
    ]


def test_a_net_says_whether_it_is_codable() -> None:
    """A net keeps its part even when its last theme moves away."""
    net, theme = Theme("n", "N", codable=False), Theme("a", "A", parent="n")
    assert "codable: false" in write_codebook(Codebook((net, theme)))
    assert "codable: true" in write_codebook(Codebook((replace(net, codable=True), theme)))
