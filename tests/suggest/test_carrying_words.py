"""Which words of an answer carry a theme: clauses, the same ones whatever was learned."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hashing import LABELS, TEXTS, THEMES, BrokenEncoder, HashingEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.suggest.carrying_words import CarryingWords, _windows
from coder.suggest.suggester import Suggester
from coder.text.clause_readers import RuleReading
from coder.text.spans import clauses

if TYPE_CHECKING:
    from coder.domain.codings import Span

IDS = [theme.id for theme in THEMES]
BY_RULES = RuleReading()
LONG = (
    "We met on a sunny day and talked over tea and cake, but there was no bed on any ward that night. "
    "The budget is overspent again because agency rates went up, and nobody knows the Act."
)


def spans_of(text: str, theme_id: str) -> tuple[Span, ...]:
    """Return the spans of a text that carry a theme."""
    return CarryingWords(THEMES, HashingEncoder()).spans(text, [theme_id], IDS, BY_RULES)[theme_id]


def test_the_same_answer_and_theme_have_the_same_words_whatever_was_learned() -> None:
    """Before the first coding, after it, after many in another order, and after they are forgotten."""
    suggester = Suggester(THEMES, HashingEncoder())
    first = suggester.carrying_spans(LONG, IDS)
    coded = list(zip(TEXTS, LABELS, strict=True))
    for seed in range(3):
        random.Random(seed).shuffle(coded)  # noqa: S311 - no secret
        suggester.add([text for text, _ in coded], [labels for _, labels in coded], keys=range(len(coded)))
        assert suggester.carrying_spans(LONG, IDS) == first
        suggester.remove(range(len(coded)))
        suggester.prepare([text for text, _ in coded[seed:]])
        assert suggester.carrying_spans(LONG, IDS) == first
    assert all(first.values())


@given(st.text(), st.sampled_from(IDS))
def test_words_begin_and_end_with_clauses_of_one_sentence(text: str, theme_id: str) -> None:
    """Whatever the text: apart from one another, from the start of a clause to the end of one."""
    spans = spans_of(text, theme_id)
    starts, ends = {span.start for span in clauses(text)}, {span.end for span in clauses(text)}
    assert all(span.start in starts and span.end in ends for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(sorted(spans)))


def test_a_theme_that_no_words_carry_has_none() -> None:
    """A theme that has nothing to do with an answer of several clauses keeps no part of it."""
    weather = (
        "It was a sunny day when we met, and then it rained until the evening while we had tea with cake."
    )
    themes = (Theme("law", "Zoning"), Theme("beds", "Sunny day when we met"))
    found = CarryingWords(themes, None).spans(weather, ["law", "beds"], ["law", "beds"], BY_RULES)
    assert found["law"] == ()
    ((start, end),) = found["beds"][:1]
    assert "sunny" in weather[start:end]


def test_a_short_answer_is_not_cut() -> None:
    """Of an answer of thirteen words or fewer there is one part: all of it."""
    text = "No beds, no money and nobody to talk to."
    assert spans_of(text, "beds") == ((0, len(text)),)


@pytest.mark.timeout(60)
def test_a_very_long_answer_takes_no_longer_than_a_long_one() -> None:
    """A megabyte has no more parts to compare than some hundred clauses and a few windows."""
    encoder = HashingEncoder()
    text = "We wait for a bed in the corridor, and nobody comes. " * 20_000
    CarryingWords(THEMES, encoder).spans(text, ["beds"], IDS, BY_RULES)
    assert len(encoder.encoded) < 500


@given(st.integers(0, 5000), st.sampled_from([8, 12, 16]))
def test_windows_hold_every_word_and_are_few(words: int, length: int) -> None:
    """They lie in order, the last ends with the last word; a long text has some eighty at most."""
    windows = _windows(words, length)
    assert windows == sorted(windows)
    assert windows[-1][1] == words
    assert len(windows) <= 80
    assert all(other[0] <= one[1] or words > 500 for one, other in pairwise(windows))


@pytest.mark.parametrize("answer", ["We recruited nobody", "RECRUITMENT is slow", "Recruiters ring daily"])
def test_a_keyword_meets_other_forms_of_its_words(answer: str) -> None:
    """By the stems of words alone: what the keyword "recruiting" stands for is met in other forms."""
    theme = Theme("staff", "Staff", keywords=("recruiting",))
    met = CarryingWords((theme,), None).keywords(answer, "staff", BY_RULES)
    assert met == [answer.split(maxsplit=1)[0].lower() if answer[0] != "W" else "recruited"]


def test_keywords_of_several_words_are_met_as_one() -> None:
    """Each word may have another form; what stands between them may not."""
    theme = Theme("wait", "Waiting", keywords=("waiting times",))
    carrying = CarryingWords((theme,), None)
    assert carrying.keywords("Waiting  time is long", "wait", BY_RULES) == ["waiting  time"]
    assert carrying.keywords("Waiting for better times", "wait", BY_RULES) == []


def test_without_its_encoder_words_decide_once_that_was_told() -> None:
    """The first time it is an error; from then on words alone are compared."""
    carrying = CarryingWords(THEMES, BrokenEncoder())
    with pytest.raises(CoderError):
        carrying.spans(LONG, ["beds"], IDS, BY_RULES)
    ((start, end), *_) = carrying.spans(LONG, ["beds"], IDS, BY_RULES)["beds"]
    assert "no bed" in LONG[start:end]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["e\u0301", "\U0001f6cf", "bed", " ", ", ", ". ", "\u200b", "ﬁ", "ß"])))
def test_positions_are_code_points_of_the_text_as_it_is(pieces: list[str]) -> None:
    """Composed or not: the spans of both forms hold the same words."""
    text = "".join(pieces)
    for start, end in spans_of(text, "beds"):
        assert text[start:end].strip()
        assert not text[start:end][0].isspace()
