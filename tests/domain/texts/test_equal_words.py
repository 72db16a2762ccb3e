"""Which texts say the same in the same words, and where the words of one stand in another."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.domain.texts.equal_words import may_repeat, spans_in, words_key, words_of

EQUAL = {
    "case, blanks and marks": ("Pay, and beds!", " pay and\n BEDS"),
    "apostrophes": ("dont know", "Don’t know."),
    "accents behind their letters": ("Café", "cafe\N{COMBINING ACUTE ACCENT}"),
    "full width": ("\uff21\uff22\uff23 12", "abc 12"),
    "a ligature": ("ﬁne", "Fine"),
    "sharp s": ("Straße", "STRASSE"),
    "a hyphen and a blank": ("well-being", "Well being"),
    "three dots and one sign": ("pay ... beds", "pay … beds"),
    "what is invisible": ("pay\N{ZERO WIDTH SPACE}", "pay"),
    "a stop behind a number": ("Beds: 10.", "beds 10"),
    "another script": ("Хорошо!", "хорошо"),
}
DIFFERENT = {
    "a decimal number": ("1.5", "15"),
    "a decimal number and a range": ("1.5", "1-5"),
    "a sign": ("-5", "5"),
    "a point before a number": (".5", "5"),
    "per cent": ("5%", "5"),
    "money": ("£5", "5"),
    "a power": ("5²", "52"),
    "a fraction": ("1½", "11\N{FRACTION SLASH}2"),
    "where words end": ("therapist", "the rapist"),
    "accents": ("resume", "résumé"),
    "another face": ("Fine 👍", "Fine 👎"),
    "an and": ("R&D", "R D"),
    "another word": ("pay", "pays"),
}
LETTERS = st.text(st.sampled_from("aAé-.5 \u2019'ß\uff21\u00b2%"), max_size=6)
NOTHING = ("", "  ", "...", "-", "👍", "?!", "’", "%", "\N{ZERO WIDTH SPACE}")


@pytest.mark.parametrize(("text", "other"), EQUAL.values(), ids=EQUAL)
def test_these_say_the_same(text: str, other: str) -> None:
    """Case, white space, punctuation and how Unicode writes a letter make no difference."""
    assert words_key(text) == words_key(other) != ""


@pytest.mark.parametrize(("text", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_these_do_not(text: str, other: str) -> None:
    """Numbers, symbols, accents and the ends of words make a difference."""
    assert words_key(text) != words_key(other)


@pytest.mark.parametrize(("text", "other"), EQUAL.values(), ids=EQUAL)
def test_what_may_repeat_has_all_that_do(text: str, other: str) -> None:
    """A text of its own words is not among them."""
    assert may_repeat([text, "one of its own", other]) == [0, 2]
    long = f"{text} {'and - so : on ' * 9}"
    assert may_repeat([long, f"{text} and not so", "! " * 40 + other + long.removeprefix(text)]) == [0, 2]


@given(st.lists(LETTERS, max_size=12))
def test_texts_of_equal_words_may_repeat(texts: list[str]) -> None:
    """Whatever the letters: none of those whose keys are equal is left out."""
    keys = [words_key(text) for text in texts]
    repeating = may_repeat(texts)
    assert all(index in repeating for index, key in enumerate(keys) if keys.count(key) > 1)


@given(st.lists(st.text(max_size=3), max_size=4), st.data())
def test_no_repeat_is_missed_in_any_script(pieces: list[str], data: st.DataObject) -> None:
    """Wherever texts stand that say the same, in all of Unicode: case, form and marks hide none."""
    text = "".join(pieces)
    others = [
        text.upper(),
        text.lower(),
        normalize("NFD", text),
        normalize("NFKC", text),
        f"-{text}!\0",
        *pieces,
    ]
    texts = data.draw(st.permutations([text, *others]))
    keys, repeating = [words_key(text) for text in texts], may_repeat(texts)
    assert {n for n, key in enumerate(keys) if key and keys.count(key) > 1} <= set(repeating)
    assert repeating == sorted(set(repeating))


@pytest.mark.parametrize(
    "texts",
    [
        ["Мало коек", "Мало денег", "Денег мало"],
        ["看護師が足りない", "病床が足りない", "給料が安い"],
        ["Zu wenig Ärzte", "Zu wenig Betten", "Zu wenig »Ärztinnen«"],
        ["a\0b", "a", "b"],
    ],
)
def test_texts_of_other_scripts_are_told_apart(texts: list[str]) -> None:
    """Those of their own words do not count as perhaps the same, whatever letters they are written in."""
    assert may_repeat(texts) == []
    assert may_repeat([*texts, f"«{texts[1].upper()}»"]) == [1, 3]


@given(LETTERS, st.text(st.sampled_from(" -,!?"), max_size=60), st.text(st.sampled_from("ab é"), max_size=60))
def test_marks_before_and_behind_hide_no_repeat(letters: str, marks: str, behind: str) -> None:
    """However far a text begins behind its marks."""
    text, other = f"{letters} {behind}", f"{marks} {letters} {marks} {behind}"
    if words_key(text) == words_key(other) != "":
        assert may_repeat([text, "one of its own", other]) == [0, 2]


@pytest.mark.parametrize("mark", ["\U0002ebe1", "\U000e0fff", "\U000f0041", "\U0010ffff"])
def test_a_mark_that_is_no_character_yet_has_its_place_in_a_number(mark: str) -> None:
    """It is one like others: the number is no other number, and nothing fails over it."""
    assert words_key(f"1{mark}5") not in ("", words_key("15"), words_key("1.5"))


@pytest.mark.parametrize("text", NOTHING)
def test_without_a_letter_or_digit_a_text_is_equal_to_nothing(text: str) -> None:
    """It has no key, not even its own."""
    assert words_key(text) == ""


@given(st.text())
def test_the_words_of_a_text_are_its_key(text: str) -> None:
    """The key is made of the words, and each stands where it is said to, in order."""
    words = words_of(text)
    if words_key(text):
        assert len(words_key(text).split()) == len(words)
    ends = [0, *(end for _, (_, end) in words)]
    assert all(
        earlier <= start < end <= len(text) for earlier, (_, (start, end)) in zip(ends, words, strict=False)
    )


@given(st.text(), st.text(alphabet=" .,;:!?\n"))
def test_marks_and_blanks_around_a_text_change_nothing(text: str, around: str) -> None:
    """A text stays equal to itself in brackets, with blanks around them."""
    assert words_key(f"{around} ({text}) {around}") == words_key(f"({text})")


def test_words_are_found_anew() -> None:
    """What spans hold is where the other text has the same words, not where it has the same places."""
    text, other = (
        "Pay; beds,  \u2018Café\u2019 and staff",
        "  pay - BEDS cafe\N{COMBINING ACUTE ACCENT}! And staff.",
    )
    beds, cafe_and = Span(5, 9), Span(13, 22)
    met = spans_in(other, text, [beds, cafe_and])
    assert [other[start:end] for start, end in met] == ["BEDS", "cafe\N{COMBINING ACUTE ACCENT}! And"]
    assert spans_in(other, text, [Span(3, 5)]) == ()
    assert spans_in("pay beds", text, [beds]) == ()


@given(
    st.lists(st.sampled_from(["pay", "Beds", "ﬁne", "é", "1.5", "don't"]), min_size=1, max_size=6), st.data()
)
def test_spans_of_whole_words_come_back(words: list[str], data: st.DataObject) -> None:
    """From a text to one that writes it in another way, and back, whole words are where they were."""
    text, other = " ".join(words), " - ".join(word.upper() for word in words)
    places = [word.span for word in words_of(text)]
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, len(places) - 1))
    span = Span(places[first].start, places[last].end)
    assert spans_in(text, other, spans_in(other, text, [span])) == (span,)
