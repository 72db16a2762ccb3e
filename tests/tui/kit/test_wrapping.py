"""Text is wrapped: nothing is lost, nothing is too wide."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from coder.tui.kit import wrapping
from coder.tui.kit.wrapping import wrap

if TYPE_CHECKING:
    import pytest

TEXTS = st.text(st.sampled_from("abc  \n日本e\u0301👍🏽👩‍👧"), max_size=120) | st.text(max_size=60)


@given(TEXTS, st.integers(4, 40))
@example("", 10)
@example("\n\n", 10)
@example("日本語" * 10, 5)
def test_lines_cover_the_text(text: str, width: int) -> None:
    """Lines follow each other without a gap but for the newlines between paragraphs."""
    lines = wrap(text, width)
    assert (lines[0].start, lines[-1].end) == (0, len(text))
    for line, following in pairwise(lines):
        assert line.start <= line.end
        assert text[line.end : following.start] in ("", "\n")
    assert "\n".join(text.split("\n")) == text
    assert not any("\n" in text[line.start : line.end] for line in lines)


@given(TEXTS, st.integers(4, 40))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    """But for the blank at its end, a line fits, unless it is a single character."""
    for start, end in wrap(text, width):
        assert cell_len(text[start:end].removesuffix(" ")) <= width or end - start == 1


@given(st.lists(st.text("abcdef", min_size=1, max_size=8), max_size=30), st.integers(8, 40))
def test_words_stay_whole(words: list[str], width: int) -> None:
    """No word that fits on a line is cut."""
    text = " ".join(words)
    pieces = [text[start:end].split() for start, end in wrap(text, width)]
    assert [word for piece in pieces for word in piece] == words


def test_wrapping_measures_each_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work grows with the text, not with its square: an answer may have a million characters."""
    measured: list[int] = []

    def measure(text: str) -> int:
        measured.append(len(text))
        return cell_len(text)

    monkeypatch.setattr(wrapping, "cell_len", measure)
    text = "abc d\u00e9f \u4e2d " * 500
    wrap(text, 40)
    assert sum(measured) < 50 * len(text)
