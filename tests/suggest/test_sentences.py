"""Answers of several sentences: how they are cut, and what they do to the ranking."""

from __future__ import annotations

import numpy as np
import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder
from hypothesis import given
from hypothesis import strategies as st

from coder.suggest import Suggester, SuggestionService
from coder.suggest.encoding.text_vectors import MemoryVectors, Vectors
from coder.suggest.sentences import Sentences, sentences

LONG = (
    "It was a sunny day when we met the team. There is no bed within eighty miles. Thank you for asking us."
)
CHINESE = "\u5e8a\u4f4d\u4e0d\u591f\u7528\u4e86\u3002", "\u8d44\u91d1\u4e5f\u4e0d\u591f\u7528\u3002"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One sentence stands alone.", ()),
        ("Beds are full. Yes. Money is short!", ("Beds are full.", "Money is short!")),
        ("- no beds anywhere\n- no money at all", ("- no beds anywhere", "- no money at all")),
        ("Beds are full. Yes. No.", ()),
        ("".join(CHINESE), CHINESE),
        ("", ()),
    ],
)  # fmt: skip
def test_answers_are_cut_where_sentences_and_lines_end(text: str, found: tuple[str, ...]) -> None:
    """Sentences of one or two words say nothing apart; one sentence alone is the answer itself."""
    assert sentences(text) == found


@given(st.text(max_size=200))
def test_sentences_are_words_of_the_answer(text: str) -> None:
    """Each sentence stands in the answer as it is."""
    assert all(sentence in text and sentence.strip() == sentence for sentence in sentences(text))


def test_rows_stay_with_their_responses() -> None:
    """Taking some responses, or more of them, keeps each sentence with its own."""
    x = np.arange(8.0).reshape(4, 2)
    some = Sentences(x, x, np.array([0, 0, 2, 3])).selected(np.array([True, False, False, True]))
    assert some.owners.tolist() == [0, 0, 1]
    assert some.x[:, 0].tolist() == [0, 2, 6]
    both = some.followed_by(some, 2)
    assert both.owners.tolist() == [0, 0, 1, 2, 2, 3]
    assert both.z[:, 0].tolist() == [0, 2, 6, 0, 2, 6]


def test_a_theme_of_one_sentence_is_found_in_a_long_answer() -> None:
    """Beds, in one sentence of three, are likelier than in the same answer taken as one."""
    suggester = Suggester(THEMES, HashingEncoder())
    suggester.add(TEXTS, LABELS)
    in_parts, as_one = suggester.rank([LONG, LONG.replace(". ", " and ")])[:, 2]
    assert in_parts > as_one + 0.02


def test_sentences_wait_for_their_vectors() -> None:
    """As long as a sentence has no vector the whole answer stands for all of them."""
    vectors = Vectors(HashingEncoder())
    vectors.embed([LONG, *TEXTS])
    suggester = Suggester(THEMES, vectors=vectors)
    suggester.add(TEXTS, LABELS)
    before = suggester.rank([LONG])
    vectors.embed(sentences(LONG)[:2])
    assert (suggester.rank([LONG]) == before).all()
    vectors.embed(sentences(LONG))
    assert (suggester.rank([LONG]) != before).any()


def test_the_service_embeds_answers_first_and_then_their_sentences() -> None:
    """Both count in the progress; the sentences of the answer on screen do not wait for the other answers."""
    encoder = HashingEncoder()
    service = SuggestionService({"Q1": THEMES}, encoder, MemoryVectors())
    service.load([*((n, "Q1", text) for n, text in enumerate(TEXTS)), (99, "Q1", LONG)])
    assert service.embed_some(1) == (1, len(TEXTS) + 4)
    service.prefer([99])
    service.embed_some(4)
    assert set(encoder.encoded[-4:]) == {LONG, *sentences(LONG)}


def test_answers_that_come_later_wait_with_their_sentences() -> None:
    """A second load adds what is new alone, even where all before has its vectors."""
    service = SuggestionService({"Q1": THEMES}, HashingEncoder(), MemoryVectors())
    service.load([(1, "Q1", TEXTS[0])])
    assert service.embed_some(9) == (1, 1)
    service.load([(1, "Q1", TEXTS[0]), (2, "Q1", LONG)])
    assert service.embed_some(1) == (2, 5)
    assert service.embed_some(9) == (5, 5)
