"""The rule which texts an encoder reads: Welsh by none, German by those that know it, mixes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hashing import THEMES, HashingEncoder, QuickEncoder

from coder.domain.languages.answer_languages import (
    NOT_SURE,
    AnswerLanguages,
    LanguageShare,
    stated_language,
)
from coder.suggest import SuggestionService
from coder.suggest.encoding.encoders import Encoder, SideBySide, parts_of
from coder.suggest.encoding.readable_texts import ReadableTexts
from coder.suggest.encoding.text_vectors import MemoryVectors
from coder.suggest.sliced_work import run_to_end

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = AnswerLanguages((LanguageShare("en", 1.0),))
GERMAN = AnswerLanguages((LanguageShare("de", 1.0),))
WELSH = AnswerLanguages((LanguageShare("cy", 1.0),))
MIXED = AnswerLanguages((LanguageShare("en", 0.7), LanguageShare("cy", 0.3)))
MOSTLY_WELSH = AnswerLanguages((LanguageShare("cy", 0.7), LanguageShare("en", 0.3)))


class Light(QuickEncoder):
    """Stands for an encoder of several languages."""

    languages = frozenset({"de", "en"})


class Minilm(HashingEncoder):
    """Stands for an encoder of English."""

    languages = frozenset({"en"})


def never(text: str, _languages: AnswerLanguages) -> str | None:
    """Fail: nobody is to look at single answers."""
    raise AssertionError(text)


def by_first_word(text: str, _languages: AnswerLanguages) -> str | None:
    """Tell the language of a made-up answer, which begins with its code; `?` is not sure."""
    code = text.split(maxsplit=1)[0]
    return None if code == "?" else code


def read_by(encoder: Encoder, languages: AnswerLanguages, *texts: str) -> list[str]:
    """Return which of the answers to a question an encoder reads."""
    rule = ReadableTexts({"Q": languages}, by_first_word)
    rule.note("Q", texts, encoder)
    return [text for text in texts if rule.reads(encoder, text)]


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (ENGLISH, ["quick@1", "hashing@1"]), (GERMAN, ["quick@1"]), (WELSH, []),
        (MIXED, ["quick@1", "hashing@1"]), (NOT_SURE, ["quick@1", "hashing@1"]),
        (stated_language("cy"), []), (stated_language("de"), ["quick@1"]),
    ],
)  # fmt: skip
def test_an_encoder_that_knows_no_language_of_a_question_is_not_used_for_it(
    languages: AnswerLanguages, names: list[str]
) -> None:
    """Welsh is ranked by words alone, German by the encoder that knows it; where nobody is sure, by all."""
    rule = ReadableTexts({"Q": languages}, never)
    encoder = rule.encoder_for(SideBySide(Light(), Minilm()), ["Q"])
    assert [part.name for part in parts_of(encoder)] == names if encoder else names == []


def test_an_encoder_of_which_nobody_told_reads_everything() -> None:
    """A model of somebody's own may well know Welsh."""
    rule = ReadableTexts({"Q": WELSH}, never)
    encoder = HashingEncoder()
    assert rule.encoder_for(encoder, ["Q"]) is encoder
    rule.note("Q", ["cy dim"], encoder)
    assert rule.reads(encoder, "cy dim")


@pytest.mark.parametrize("languages", [ENGLISH, NOT_SURE, stated_language("en")])
def test_answers_are_not_looked_at_where_nothing_is_odd(languages: AnswerLanguages) -> None:
    """All answers of the sample in known languages, or none clearly in another: no finder is loaded."""
    rule = ReadableTexts({"Q": languages}, never)
    rule.note("Q", ["staff", "money"], Minilm())
    assert rule.reads(Minilm(), "staff")


def test_in_a_mixed_question_each_answer_is_looked_at() -> None:
    """Its own language where that is sure, else that of most answers."""
    texts = ("en staff", "cy dim staff", "? 5", "de Personal")
    assert read_by(Light(), MIXED, *texts) == ["en staff", "? 5", "de Personal"]
    assert read_by(Minilm(), MIXED, *texts) == ["en staff", "? 5"]
    assert read_by(Light(), MOSTLY_WELSH, *texts) == ["en staff", "de Personal"]
    few_others = AnswerLanguages((LanguageShare("en", 1.0),), others=0.01)
    assert read_by(Light(), few_others, *texts) == ["en staff", "? 5", "de Personal"]


def test_sentences_are_looked_at_as_their_answers_are() -> None:
    """A Welsh sentence in an English answer has no vector of its own either."""
    text = "en Nobody applies. cy Does neb yn ymgeisio."
    rule = ReadableTexts({"Q": MIXED}, by_first_word)
    rule.note("Q", [text], Light())
    assert rule.reads(Light(), "en Nobody applies.")
    assert not rule.reads(Light(), "cy Does neb yn ymgeisio.")


def service(
    encoder: Encoder, answers: Mapping[int, tuple[str, str]], **languages: AnswerLanguages
) -> SuggestionService:
    """Return the engine of questions with the same themes, all of whose answers it has read."""
    rule = ReadableTexts(languages, by_first_word)
    engine = SuggestionService(dict.fromkeys(languages, THEMES), encoder, MemoryVectors(), readable=rule)
    engine.load((number, question_id, text) for number, (question_id, text) in answers.items())
    while engine.embed_some(100)[0] < engine.embed_some(0)[1] or engine.improve():
        pass
    while engine.beside.embed_some(100) or engine.improve():
        pass
    return engine


def test_a_welsh_question_is_ranked_by_words_alone() -> None:
    """Just as without an encoder, which is not even touched; also by what was coded."""
    answers = {1: ("Q", "cy beds dim"), 2: ("Q", "cy staff recruit"), 3: ("Q", "cy budget arian")}
    light = Light()
    engine = service(light, answers, Q=WELSH)
    words = SuggestionService({"Q": THEMES}, None, None)
    words.load((number, *answer) for number, answer in answers.items())
    while words.improve():
        pass
    assert light.encoded == []
    assert engine.encoders_of("Q") == []
    assert engine.rank([1, 2, 3]) == words.rank([1, 2, 3])
    assert {ranked.stage for ranked in engine.rank([1, 2, 3])} == {"words"}
    for either in (engine, words):
        either.code_many([(1, ["beds"], True), (2, ["staff"], True)])
    assert engine.rank([3]) == words.rank([3])
    assert engine.carrying_spans(3, ["money"]) == words.carrying_spans(3, ["money"])


def test_german_is_ranked_by_words_where_there_is_an_encoder_of_english_alone() -> None:
    """And by meaning with the other; beside it, that of English is not loaded for German."""
    answers = {1: ("Q", "de Betten fehlen"), 2: ("Q", "de Personal fehlt")}
    assert {ranked.stage for ranked in service(Minilm(), answers, Q=GERMAN).rank([1, 2])} == {"words"}
    minilm = Minilm()
    engine = service(SideBySide(Light(), minilm), answers, Q=GERMAN)
    assert {ranked.stage for ranked in engine.rank([1, 2])} == {"embeddings"}
    assert engine.encoders_of("Q") == ["quick@1"]
    assert minilm.encoded == []


def test_each_answer_of_a_mixed_question_is_ranked_by_what_knows_it() -> None:
    """English by meaning, Welsh by words; the Welsh answer and its passages are never encoded."""
    light = Light()
    answers = {1: ("Q", "en no beds here"), 2: ("Q", "cy dim gwelyau beds"), 3: ("Q", "en staff leave")}
    engine = service(light, answers, Q=MIXED)
    assert [ranked.stage for ranked in engine.rank([1, 2, 3])] == ["embeddings", "words", "embeddings"]
    engine.explain(2, "beds")
    engine.carrying_spans(2, ["beds", "staff"])
    assert [text for text in light.encoded if "cy" in text.split()] == []
    assert engine.encoders_of("Q") == ["quick@1"]


def test_questions_in_different_languages_share_an_engine() -> None:
    """What is coded in English teaches the Welsh question too, by its words."""
    light = Light()
    answers = {1: ("Q1", "en no beds here"), 2: ("Q2", "cy dim beds"), 3: ("Q1", "en staff leave")}
    engine = service(light, answers, Q1=ENGLISH, Q2=WELSH)
    assert [ranked.stage for ranked in engine.rank([1, 2])] == ["embeddings", "words"]
    assert (engine.encoders_of("Q1"), engine.encoders_of("Q2")) == (["quick@1"], [])
    assert [text for text in light.encoded if "cy" in text.split()] == []


def test_themes_are_drafted_for_answers_that_nobody_reads_too() -> None:
    """By their words alone they are as alike as without an encoder."""
    said = ["cy beds dim gwelyau", "cy dim beds gwelyau yma", "cy gwelyau beds dim nawr"]
    other = ["cy staff gadael", "cy staff wedi gadael", "cy staff yn gadael nawr"]
    answers = {number: ("Q", text) for number, text in enumerate([*said, *other], start=1)}
    drafts = run_to_end(service(Light(), answers, Q=WELSH).draft_themes("Q", list(answers)))
    words = SuggestionService({"Q": THEMES}, None, None)
    words.load((number, *answer) for number, answer in answers.items())
    assert drafts == run_to_end(words.draft_themes("Q", list(answers)))
