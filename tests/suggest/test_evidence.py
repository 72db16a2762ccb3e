"""The windows of a text among which the words that carry a theme are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.suggest.evidence import windows
from coder.suggest.word_stems import WORD


@given(st.text())
def test_windows_cover_all_words(text: str) -> None:
    """Windows lie in order inside the text and together hold its every word."""
    spans = windows(text)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(set(range(*match.span())) <= covered for match in WORD.finditer(text))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_very_long_text_has_no_more_windows_than_can_be_scored_at_once() -> None:
    """From its first word to its last, at most some 150."""
    text = "word " * 50_000 + "end"
    spans = windows(text)
    assert 150 <= len(spans) <= 155
    assert (spans[0].start, spans[-1].end) == (0, len(text))


@given(st.integers(0, 3000))
def test_there_are_never_more_windows_than_that(words: int) -> None:
    """Just above the length from which they are further apart too."""
    assert len(windows("word " * words)) <= 151
