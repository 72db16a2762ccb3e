"""The clauses of English answers by their grammar, held against ends that were marked by hand."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import CoderError
from coder.text import english_grammar
from coder.text.clause_readers import MOST_PARSED, GrammarReading
from coder.text.english_grammar import EnglishGrammar
from coder.text.spans import clauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codings import Span

pytest.importorskip("spacy")
READING = GrammarReading(EnglishGrammar())
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MARKED = ("clauses_english.txt", "clauses_english_unseen.txt")


class Marked(NamedTuple):
    """An answer whose clauses were marked by hand; ends are numbers of words."""

    text: str
    ends: set[int]
    possible_ends: set[int]


def marked(name: str) -> Iterator[Marked]:
    """Yield the answers of a file."""
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if line and not line.startswith("#"):
            answer = Marked("", set(), set())
            for piece in re.split(r"\s*([|~])\s*", line):
                n = len(WORD.findall(answer.text))
                if piece in {"|", "~"}:
                    (answer.ends if piece == "|" else answer.possible_ends).add(n)
                else:
                    answer = answer._replace(text=f"{answer.text} {piece}".strip())
            yield answer._replace(possible_ends={*answer.possible_ends, 0, len(WORD.findall(answer.text))})


def in_words(text: str, span: Span) -> tuple[int, int]:
    """Return the numbers [first, end) of the words of a span."""
    numbers = [n for n, m in enumerate(WORD.finditer(text)) if m.start() < span.end and span.start < m.end()]
    return numbers[0], numbers[-1] + 1


@pytest.mark.parametrize("name", MARKED)
def test_clauses_begin_and_end_where_a_person_has_marked_it(name: str) -> None:
    """Of the clauses 95% do, at both ends; of the ends that must be there 85% are."""
    right, n_clauses, hit, n_ends = 0, 0, 0, 0
    for text, ends, possible_ends in marked(name):
        bounds = [in_words(text, span) for span in READING.clauses(text)]
        right += sum({*bound} <= ends | possible_ends for bound in bounds)
        n_clauses += len(bounds)
        hit += len(ends & {end for bound in bounds for end in bound})
        n_ends += len(ends)
    assert right >= 0.95 * n_clauses
    assert hit >= 0.85 * n_ends


@pytest.mark.parametrize(
    "sentence",
    [
        "I value the drivers so much they provide lifts",
        "They were asking if I was warm enough",
        "She asked me if anybody had rung the ward",
        "the staff were very kind and helpful the food was nice",
        "They can film and track whatever people do in that room.",
        "I do not trust him not only as a politician but as a man",
        "They could not hear, understand or remember what I said",
        "Employ wonderful, professional, friendly staff.",
        "Because I was upset at how long it took to get help.",
        "Students agreed (informally) to bring their own books",
        'Nobody there likes "group work," which we have daily',
        "Though I know this could not be helped by anyone",
        "They eat the same bread as they have at home",
        "The only way this gets better is if somebody pays for it",
        "Did everything possible to help [name] with it.",
    ],
)
def test_what_belongs_together_is_one_clause(sentence: str) -> None:
    """What heightens a word, is asked or known, lists single words or is a short bracket ends nothing."""
    assert [sentence[start:end] for start, end in READING.clauses(sentence)] == [sentence]


PIECES = (
    "we", "wait", "and", ",", "because", "(", ")", "-", "nobody", "\n", "e\u0301", "\U0001f6cf", "\u200f",
    "\x00", "who",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_clauses_lie_apart_inside_the_text(text: str) -> None:
    """Whatever is written: in order, none empty, positions in code points of the text as it is."""
    spans = READING.clauses(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_positions_are_those_of_the_text_as_it_is() -> None:
    """Letters with their accents apart, signs outside of the first plane, and halves of characters."""
    text = normalize("NFD", "Das Café \U0001f6cf is full, because nobody leaves \ud800 it.")
    assert [text[start:end] for start, end in READING.clauses(text)] == [
        normalize("NFD", "Das Café \U0001f6cf is full"),
        "because nobody leaves \ud800 it.",
    ]


@pytest.mark.timeout(60)
def test_a_very_long_answer_is_read_by_rules() -> None:
    """A megabyte is not parsed; where it is cut does not depend on what was parsed before."""
    long = "We wait for a bed and nobody comes. " * 30_000
    assert len(long) > MOST_PARSED
    assert READING.clauses(long) == clauses(long)


def test_words_meet_in_their_lemmas() -> None:
    """A word and its forms share one, irregular ones too."""
    for one, other in (
        ("recruit", "recruiting"),
        ("recruiting", "recruited"),
        ("pay", "paid"),
        ("leave", "left"),
    ):
        assert READING.lemmas(one) & READING.lemmas(other)
    assert not READING.lemmas("bed") & READING.lemmas("budget")
    assert READING.lemmas("") == READING.lemmas("") == {""}


def test_a_model_that_was_changed_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are held against a hash before anything of them is read."""
    monkeypatch.setattr(english_grammar, "MODEL_SHA256", "0" * 64)
    with pytest.raises(CoderError, match="is not spaCy's English model"):
        EnglishGrammar().parsed("Beds")


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that has it."""
    monkeypatch.setattr(english_grammar, "find_spec", lambda _: None)
    assert not english_grammar.is_installed()
    with pytest.raises(CoderError, match="not installed") as caught:
        EnglishGrammar().lemmas("beds")
    assert "theme-coder[text]" in caught.value.hint
