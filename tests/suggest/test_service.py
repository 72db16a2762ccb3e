"""The engine of a study, driven step by step."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hashing import LABELS, TEXTS, THEMES, BrokenEncoder, HashingEncoder, QuickEncoder

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.suggest import Encoder, SuggestionService
from coder.suggest.encoding.encoders import SideBySide
from coder.suggest.encoding.text_vectors import MemoryVectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

OTHER = (Theme("yes", "Agreement", keywords=("agree",)), Theme("no", "Refusal", keywords=("never",)))
QUESTIONS = {"Q1": THEMES, "Q2": OTHER, "Q3": ()}
RESPONSES = [(number, "Q1", text) for number, text in enumerate(TEXTS, start=1)]


def service(encoder: Encoder | None, vectors: MemoryVectors | None = None) -> SuggestionService:
    """Return a service that has loaded the small survey and a second question."""
    engine = SuggestionService(QUESTIONS, encoder, vectors or MemoryVectors())
    engine.load([*RESPONSES, (101, "Q2", "I agree"), (102, "Q2", "Never again"), (103, "Q3", "Hm")])
    return engine


def finish(engine: SuggestionService) -> None:
    """Do all background work there is."""
    while True:
        done, total = engine.embed_some(4)
        if not engine.improve() and done == total:
            return


def code_all(engine: SuggestionService) -> None:
    """Code the small survey."""
    engine.code_many((number, LABELS[number - 1], True) for number, _, _ in RESPONSES)


def test_it_ranks_from_the_first_moment() -> None:
    """Before any background work answers are ranked by their words, questions apart."""
    first, second = service(HashingEncoder()).rank([7, 101])
    assert (first.response, first.stage, first.suggestions[0].theme_id) == (7, "words", "beds")
    assert [suggestion.theme_id for suggestion in second.suggestions] == ["yes", "no"]
    assert [TEXTS[6][a:b] for a, b in first.suggestions[0].spans] == ["bed"]


def test_stages_follow_what_is_known() -> None:
    """Words, then vectors, then codings: each response says what its ranking rests on."""
    engine = service(HashingEncoder())
    engine.prefer([9])
    engine.embed_some(1)
    assert [suggestion.stage for suggestion in engine.rank([9, 1])] == ["embeddings", "words"]
    engine.code(3, ["staff"], reviewed=True)
    assert engine.rank([1])[0].stage == "learned"
    assert engine.rank([102])[0].stage == "words"


def test_embedding_takes_the_preferred_first_then_the_coded() -> None:
    """The answers on screen come before those coded, and these before the rest."""
    encoder = HashingEncoder()
    engine = service(encoder)
    engine.code(14, ["law"], reviewed=True)
    engine.prefer([10, 5])
    engine.embed_some(4)
    assert encoder.encoded[-4:] == [TEXTS[9], TEXTS[4], TEXTS[13], TEXTS[0]]


def test_embedding_says_how_far_it_is() -> None:
    """Each call embeds at most its budget of different texts."""
    engine = service(HashingEncoder())
    assert engine.embed_some(5) == (5, 17)
    assert engine.embed_some(100) == (17, 17)
    assert engine.embed_some(100) == (17, 17)


def test_a_second_start_needs_no_model() -> None:
    """With all vectors stored the encoder is never asked."""
    vectors = MemoryVectors()
    finish(service(HashingEncoder(), vectors))
    encoder = HashingEncoder()
    engine = service(encoder, vectors)
    assert engine.embed_some(1) == (17, 17)
    finish(engine)
    assert encoder.encoded == []
    assert engine.rank([1])[0].stage == "embeddings"


def test_vectors_of_another_length_are_made_again() -> None:
    """A stored vector that does not fit the model is not used."""
    vectors = MemoryVectors()
    finish(service(HashingEncoder(), vectors))
    wider = HashingEncoder()
    vectors.put(wider.name, [(h, b"\0" * 8) for (_, h) in list(vectors._rows)])
    finish(service(wider, vectors))
    assert set(TEXTS) <= set(wider.encoded)


@pytest.mark.parametrize("encoder", [None, HashingEncoder()])
def test_codings_teach_and_are_forgotten(encoder: HashingEncoder | None) -> None:
    """A coding changes the ranking of answers like it; forgetting all of them restores it."""
    engine = service(encoder)
    finish(engine)
    before = {suggestion.theme_id: suggestion.probability for suggestion in engine.rank([9])[0].suggestions}
    code_all(engine)
    finish(engine)
    assert engine.rank([9])[0].suggestions[0].theme_id == "beds"
    taught = {suggestion.theme_id: suggestion.probability for suggestion in engine.rank([9])[0].suggestions}
    assert taught != pytest.approx(before, abs=0.02)
    for number, _, _ in RESPONSES:
        engine.code(number, None, reviewed=False)
    restored = {suggestion.theme_id: suggestion.probability for suggestion in engine.rank([9])[0].suggestions}
    assert restored == pytest.approx(before, abs=0.02)


def test_nothing_chosen_and_not_reviewed_teaches_nothing() -> None:
    """An answer whose themes were taken away again is open, not "nothing here"."""
    engine = service(None)
    engine.code(1, ["staff"], reviewed=False)
    engine.code(1, [], reviewed=False)
    assert engine.rank([2])[0].stage == "words"
    engine.code(1, [], reviewed=True)
    assert engine.rank([2])[0].stage == "learned"


def test_themes_no_longer_offered_are_passed_over() -> None:
    """A coding with a retired theme alone teaches nothing and is no error."""
    engine = service(None)
    engine.code(1, ["retired"], reviewed=True)
    assert engine.rank([2])[0].stage == "words"
    engine.code(1, ["retired", "staff"], reviewed=True)
    assert engine.rank([2])[0].stage == "learned"


def test_a_theme_that_was_split_leaves_its_parts_open() -> None:
    """Beside a theme that is no longer offered, what is not chosen hardly speaks against the others."""
    known, split = service(None), service(None)
    known.code(7, ["staff"], reviewed=True)
    split.code(7, ["staff", "gone"], reviewed=True)
    probability = [
        {suggestion.theme_id: suggestion.probability for suggestion in engine.rank([7])[0].suggestions}
        for engine in (known, split)
    ]
    assert probability[1]["beds"] > probability[0]["beds"]
    assert probability[1]["staff"] > 0.5


def test_codings_of_a_theme_that_was_split_hint_at_its_parts() -> None:
    """Answers that wait to be recoded raise the parts alone, and stand for none as coded examples."""
    engine = {}
    for parts in ({}, {"work": ("staff", "money", "gone")}):
        suggestion = SuggestionService(QUESTIONS, None, MemoryVectors(), parts)
        suggestion.load([*RESPONSES, *((number, "Q1", f"Wombats dig, {number}") for number in range(50, 57))])
        suggestion.code_many((number, ["work"], True) for number in range(50, 56))
        (ranked,) = suggestion.rank([56])
        engine[bool(parts)] = {s.theme_id: s.probability for s in ranked.suggestions}
        finish(suggestion)
        assert suggestion.explain(56, "staff").nearest == ()
        suggestion.code(50, ["staff"], reviewed=True)
        assert [near.key for near in suggestion.explain(56, "staff").nearest] == [50]
    assert set(sorted(engine[True], key=lambda theme_id: -engine[True][theme_id])[:2]) == {"staff", "money"}
    assert engine[True]["staff"] > engine[False]["staff"] + 0.1
    assert engine[True]["beds"] < engine[True]["money"] - 0.1
    assert engine[True]["staff"] < 0.6


def test_unknown_numbers_and_questions_without_themes_are_left_out() -> None:
    """They get no ranking, and coding them does nothing."""
    engine = service(None)
    engine.code(999, ["staff"], reviewed=True)
    engine.code(103, ["staff"], reviewed=True)
    assert [ranked.response for ranked in engine.rank([999, 103, 2, 1])] == [2, 1]
    with pytest.raises(CoderError):
        engine.explain(999, "staff")


def test_explain_names_the_numbers_of_like_responses() -> None:
    """The nearest coded responses go by their numbers, the response itself left out."""
    engine = service(HashingEncoder())
    finish(engine)
    code_all(engine)
    evidence = engine.explain(7, "beds")
    assert {suggestion.key for suggestion in evidence.nearest} <= {8, 9}
    assert evidence.nearest
    assert evidence.keywords == ("bed",)


def test_similar_answers_are_of_the_same_question() -> None:
    """The most alike come first, never the response itself nor another question's."""
    engine = service(HashingEncoder())
    assert engine.similar(1, 3) == []
    finish(engine)
    found = engine.similar(7, 5)
    assert len(found) == 5
    assert found[0][0] == 8
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    assert not {number for number, _ in found} & {7, 101, 102}


def test_similar_answers_of_the_same_words_come_once() -> None:
    """Where they are read as one; else each of them comes."""
    for same_words, expected in ((True, 2), (False, 4)):
        engine = SuggestionService({"Q1": THEMES}, None, MemoryVectors(), same_words=same_words)
        texts = ["More beds", "more beds!", "Beds, please", "beds please", "Pay"]
        engine.load([(number, "Q1", text) for number, text in enumerate(texts, start=1)])
        finish(engine)
        assert len(engine.similar(1, 5)) == expected


def test_questions_with_the_same_themes_learn_from_each_other() -> None:
    """What is coded in one teaches the other; answers like one another stay within a question."""
    engine = SuggestionService({"Q1": THEMES, "Q2": THEMES}, None, MemoryVectors())
    engine.load([*RESPONSES, (101, "Q2", "Vacancies stay open"), (102, "Q2", "The wards are full")])
    finish(engine)
    assert engine.rank([101])[0].stage == "words"
    code_all(engine)
    first, second = engine.rank([101, 102])
    assert (first.stage, first.suggestions[0].theme_id) == ("learned", "staff")
    assert second.suggestions[0].theme_id == "beds"
    assert [number for number, _ in engine.similar(101, 5)] == [102]


def test_a_broken_model_is_told_once_and_words_go_on() -> None:
    """The error comes up; afterwards nothing waits for vectors and answers are ranked by words."""
    engine = service(BrokenEncoder())
    with pytest.raises(CoderError):
        engine.embed_some(4)
    assert engine.embed_some(4) == (17, 17)
    finish(engine)
    code_all(engine)
    assert engine.rank([9])[0].suggestions[0].theme_id == "beds"
    assert engine.explain(7, "beds").spans


def test_background_work_ends() -> None:
    """Once all is learned `improve` says so, until something new comes."""
    engine = service(HashingEncoder())
    finish(engine)
    assert not engine.improve()
    engine.load([(200, "Q1", "Another answer about beds")])
    assert engine.improve()
    finish(engine)
    assert engine.rank([200])[0].suggestions[0].theme_id == "beds"


def test_answers_leave_and_come_back() -> None:
    """What was learned of those that left is forgotten, nobody is led to them, and all else stays."""
    engine = service(HashingEncoder())
    finish(engine)
    code_all(engine)
    finish(engine)
    stays = [*RESPONSES[1:], (101, "Q2", "I agree"), (103, "Q3", "Hm")]
    assert engine.take_answers(stays) == []
    assert not engine.improve()
    assert engine.whole("Q1").numbers == [number for number, _, _ in RESPONSES[1:]]
    assert engine.whole("Q1").confirmed() == len(RESPONSES) - 1
    assert engine.whole("Q2").numbers == [101]
    assert 1 not in [number for number, _ in engine.similar(2, 50)]
    assert engine.take_answers([*RESPONSES, (102, "Q2", "Never again"), (201, "Q1", "A new one")]) == [
        1, 102, 201
    ]  # fmt: skip
    finish(engine)
    assert engine.whole("Q1").numbers == [*(number for number, _, _ in RESPONSES), 201]
    assert engine.whole("Q2").numbers == [102]
    assert engine.whole("Q1").confirmed() == len(RESPONSES) - 1
    assert engine.rank([201])[0].stage == "learned"


def test_votes_are_counted_between_requests() -> None:
    """After a full fit with enough answers the background counts every answer's votes, then rests."""
    texts = [f"{text}, {number}" for number in range(16) for text in TEXTS]
    engine = SuggestionService({"Q": THEMES}, None, MemoryVectors())
    engine.load((number, "Q", text) for number, text in enumerate(texts))
    engine.code_many((number, LABELS[number % len(LABELS)], True) for number in range(len(texts)))
    while engine.improve():
        pass
    alike = engine.whole("Q").suggester._model._alike
    assert alike is not None
    assert {text for text, _ in alike._cached} == set(texts)


def test_votes_wait_for_the_last_vector() -> None:
    """It moves the centre, and all that was counted before would be counted anew."""
    texts = [f"{text}, {number}" for number in range(16) for text in TEXTS]
    engine = SuggestionService({"Q": THEMES}, HashingEncoder(), MemoryVectors())
    engine.load((number, "Q", text) for number, text in enumerate(texts))
    engine.code_many((number, LABELS[number % len(LABELS)], True) for number in range(len(texts)))
    engine.embed_some(200)
    while engine.improve():
        pass
    alike = engine.whole("Q").suggester._model._alike
    assert alike is not None
    assert not alike._cached
    finish(engine)
    alike = engine.whole("Q").suggester._model._alike
    assert alike is not None
    assert {text for text, _ in alike._cached} == set(texts)


def test_a_quick_encoder_ranks_by_meaning_from_the_first_moment() -> None:
    """No background work is needed: what is ranked is read first, and what themes there are."""
    encoder = QuickEncoder()
    engine = service(encoder)
    (first,) = engine.rank([9])
    assert (first.stage, first.suggestions[0].theme_id) == ("embeddings", "beds")
    assert TEXTS[8] in encoder.encoded
    already = len(encoder.encoded)
    assert [ranked.stage for ranked in engine.rank([9, 101])] == ["embeddings", "embeddings"]
    assert encoder.encoded[already:] == ["Agreement", "Refusal", "I agree", "Never again"]


def test_a_quick_encoder_that_is_broken_is_told_once_and_words_go_on() -> None:
    """A ranking comes all the same; the fault is told where texts are embedded."""

    class Broken(BrokenEncoder):
        is_quick = True

    engine = service(Broken())
    assert engine.rank([9])[0].stage == "words"
    with pytest.raises(CoderError, match="cannot be loaded"):
        engine.embed_some(4)
    assert engine.rank([9])[0].stage == "words"
    finish(engine)


def test_later_vectors_are_used_once_every_text_has_them() -> None:
    """Until then rankings go by the leading encoder alone; then all of them go by both."""

    class Slow(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return super().encode([text[:12] for text in texts])

    slow = Slow()
    alone, both = service(QuickEncoder()), service(SideBySide(QuickEncoder(), slow))
    for engine in (alone, both):
        finish(engine)
    assert both.beside.embed_some(0) > len(TEXTS)
    assert slow.encoded == []
    while both.beside.embed_some(4):
        assert not both.beside.are_used
        assert not both.improve()
        assert probabilities(both) == pytest.approx(probabilities(alone), abs=1e-5)
    assert both.beside.are_used
    assert both.improve()
    finish(both)
    assert probabilities(both) != pytest.approx(probabilities(alone), abs=0.01)


def probabilities(engine: SuggestionService) -> list[float]:
    """Return the probabilities of all themes of the small survey's answers."""
    ranked = engine.rank([number for number, _, _ in RESPONSES])
    return [suggestion.probability for answer in ranked for suggestion in answer.suggestions]


def test_later_vectors_that_are_stored_need_no_encoder() -> None:
    """A second sitting has both at once; texts that came since are read."""
    stored = MemoryVectors()
    first = service(SideBySide(QuickEncoder(), HashingEncoder()), stored)
    finish(first)
    while first.beside.embed_some(4):
        pass
    slow = HashingEncoder()
    second = service(SideBySide(QuickEncoder(), slow), stored)
    finish(second)
    assert second.beside.embed_some(0) == 0
    assert second.beside.are_used
    second.load([(200, "Q1", "Something quite new")])
    assert second.beside.embed_some(0) == 1
    assert second.beside.embed_some(4) == 0
    assert slow.encoded == ["Something quite new"]


def test_a_later_encoder_that_is_broken_is_given_up() -> None:
    """It is told once; the leading one goes on alone."""
    engine = service(SideBySide(QuickEncoder(), BrokenEncoder()))
    finish(engine)
    with pytest.raises(CoderError, match="cannot be loaded"):
        engine.beside.wake()
    with pytest.raises(CoderError, match="cannot be loaded"):
        engine.beside.embed_some(4)
    assert engine.beside.embed_some(4) == 0
    assert not engine.beside.are_used
    assert engine.rank([9])[0].stage == "embeddings"


FIRST_RANKING = """
import sys
from coder.domain.codebook import Theme
from coder.suggest import SuggestionService, load_encoder
themes = [Theme("staff", "Staffing"), Theme("damp", "Wet walls")]
engine = SuggestionService({"Q": themes}, load_encoder("default"), None)
engine.load([(number, "Q", f"Nobody applies for job {number}. We have asked twice.") for number in range(30)])
(ranked,) = engine.rank([7])
assert (ranked.stage, ranked.suggestions[0].theme_id) == ("embeddings", "staff"), ranked
assert engine.carrying_spans(7, ["staff"])["staff"]
large = {"pandas", "scipy", "sklearn", "spacy", "torch"} & set(sys.modules)
assert not large, large
print("ranked")
"""


def test_the_first_ranking_by_meaning_loads_numpy_alone() -> None:
    """Neither scipy nor scikit-learn, which take a second, nor PyTorch, which takes six."""
    ended = subprocess.run([sys.executable, "-c", FIRST_RANKING], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "ranked\n"), ended.stderr
