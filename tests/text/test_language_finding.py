"""The languages that answers are in: made-up answers in 24 languages, alone, mixed and too short."""

from __future__ import annotations

import pickle
from itertools import cycle, islice
from typing import Any

import pytest
from answers_by_language import ANSWERS

from coder.domain.languages.answer_languages import NOT_SURE, AnswerLanguages, LanguageShare
from coder.text.language_finding import SAMPLE, LanguageFinder

ENGLISH = AnswerLanguages((LanguageShare("en", 1.0),))
SHORT = ["staff", "money", "time", "recruitment", "housing", "better pay", "waiting times", "more training"]


@pytest.fixture(scope="module")
def finder() -> LanguageFinder:
    """A finder with its model."""
    return LanguageFinder()


@pytest.mark.parametrize("code", ANSWERS)
def test_two_or_three_sentences_say_which_language_it_is(code: str, finder: LanguageFinder) -> None:
    """The answers to a question are in one language, and it is the right one."""
    assert finder.languages_of(ANSWERS[code]).shares == (LanguageShare(code, 1.0),)


@pytest.mark.parametrize("code", sorted(ANSWERS.keys() - {"en"}))
def test_a_question_in_two_languages(code: str, finder: LanguageFinder) -> None:
    """Both are told with their shares, the short answers among them divided by what they are likeliest."""
    foreign = list(islice(cycle(ANSWERS[code]), 3))
    english = [*ANSWERS["en"], *SHORT, "Nobody applies for the posts that we advertise"]
    # The same words a second time say nothing new: each different answer counts once.
    languages = finder.languages_of([*english, *foreign, *foreign])
    assert languages.codes == ("en", code)
    assert languages.shares[1].share == pytest.approx(len(set(foreign)) / (11 + len(set(foreign))), abs=0.05)


@pytest.mark.parametrize(
    "answers",
    [
        [], [""], ["  ", "?!"], ["5", "10", "2019", "12/03/2021"], ["John Smith", "Li Wei", "Anna Kowalska"],
        ["Leeds", "Cardiff", "York, Hull"], ["xqzt", "vvv", "pffft"],
    ],
)  # fmt: skip
def test_numbers_names_and_noise_are_in_no_language(answers: list[str], finder: LanguageFinder) -> None:
    """Where nobody could be sure, no language is told."""
    assert finder.languages_of(answers) == NOT_SURE


def test_short_answers_are_judged_together(finder: LanguageFinder) -> None:
    """One word or two say nothing alone, eight of them do."""
    assert finder.languages_of(SHORT) == ENGLISH
    assert [finder.language_of(text, NOT_SURE) for text in SHORT] == [None] * len(SHORT)


def test_one_answer_has_a_language_of_its_own_only_where_it_is_long_and_clear(finder: LanguageFinder) -> None:
    """A Welsh sentence among English answers is Welsh; a short or unclear one is what the others are."""
    assert finder.language_of(ANSWERS["cy"][0], ENGLISH) == "cy"
    assert finder.language_of(ANSWERS["zh"][0], ENGLISH) == "zh"
    assert finder.language_of("Diolch", ENGLISH) == "en"
    assert finder.language_of("Leeds, Cardiff, York", ENGLISH) == "en"
    mixed = AnswerLanguages((LanguageShare("en", 0.6), LanguageShare("cy", 0.4)))
    assert finder.language_of("dim digon o staff", mixed) == "cy"
    assert finder.language_of("not enough money", mixed) == "en"
    assert finder.language_of("5", mixed) is None


def test_a_handful_of_odd_answers_is_no_language_of_the_question(finder: LanguageFinder) -> None:
    """One foreign sentence among a hundred is told of that answer, not of the question."""
    english = [f"{text}, and that was {number} weeks ago" for text in ANSWERS["en"] for number in range(60)]
    languages = finder.languages_of([*english, ANSWERS["cy"][0]])
    assert languages.shares == ENGLISH.shares
    assert languages.others == pytest.approx(1 / 121, abs=1e-4)


def test_what_is_looked_at_is_bounded() -> None:
    """Of very many answers, and of a very long one, no more is looked at than decides."""
    looked_at: list[str] = []

    class Counting(LanguageFinder):
        def _probabilities(self, text: str, longest: int = 400) -> dict[str, float]:
            looked_at.append(text[:longest])
            return super()._probabilities(text, longest)

    answers = (f"{number} people are not enough to do the work " * 50 for number in range(20_000))
    assert Counting().languages_of(answers) == ENGLISH
    assert len(looked_at) <= SAMPLE + 1
    assert max(map(len, looked_at[:-1])) <= 400


def test_the_model_is_read_without_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the package is an archive of arrays: nothing in it can run."""

    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    assert LanguageFinder().languages_of(ANSWERS["cy"]).codes == ("cy",)
