"""Draft themes as the engine works them out."""

from __future__ import annotations

from hashing import BrokenEncoder, HashingEncoder

from coder.domain.codebook import Theme
from coder.suggest import SuggestionService
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.sliced_work import run_to_end
from coder.suggest.theme_drafts import draft_themes

BEDS = [
    "No beds on the ward", "Beds are full on the ward", "The ward has no free beds", "Ward closed, beds gone",
    "Waiting for beds on a ward",
]  # fmt: skip
PAY = [
    "Low pay drives staff out", "Pay is too low for staff", "Staff want better pay", "Pay freeze, staff gone",
    "Low pay, staff leave",
]  # fmt: skip
LAW = [
    "Training on the Act", "The Act lacks training", "More training about the Act", "No training in the Act",
    "Training in duties of the Act",
]  # fmt: skip
ANSWERS = dict(enumerate((*BEDS, *PAY, *LAW), start=1))
WARDS = Theme("beds", "Beds", "Beds on wards.", keywords=("beds", "ward"))


def service(themes: tuple[Theme, ...]) -> SuggestionService:
    """Return an engine that has read fifteen answers."""
    engine = SuggestionService({"Q": themes}, HashingEncoder(), None)
    engine.load((number, "Q", text) for number, text in ANSWERS.items())
    return engine


def test_alike_answers_are_drafts_with_quotes_and_words_of_their_own() -> None:
    """Each is named by words that stand in its quotes; an answer is in one draft at most."""
    drafts = run_to_end(draft_themes(ANSWERS, Vectors(HashingEncoder())))
    assert drafts
    for draft in drafts:
        texts = [ANSWERS[number] for number in draft.responses]
        assert any(set(texts) <= set(group) for group in (BEDS, PAY, LAW)), texts
        assert 3 == len(draft.quotes) <= len(draft.responses)
        quoted = " ".join(ANSWERS[number] for number in draft.quotes).lower()
        assert draft.words
        assert all(word in quoted for word in draft.words)
        assert draft.name.lower().startswith(draft.words[0])
    numbers = [number for draft in drafts for number in draft.responses]
    assert len(numbers) == len(set(numbers))


def test_answers_of_the_same_words_count_once_and_come_together() -> None:
    """Repeats make no draft by themselves; where one is in a draft, all are."""
    repeated = ANSWERS | {100 + copy: "no beds, ON the ward!" for copy in range(20)}
    for draft in run_to_end(draft_themes(repeated, None)):
        assert len({repeated[number].lower().strip("!") for number in draft.responses}) >= 3
        copies = {number for number in draft.responses if number >= 100}
        assert (1 in draft.responses) == bool(copies)
        assert len(copies) in {0, 20}
    assert run_to_end(draft_themes(dict(enumerate(["no beds"] * 30)), None)) == []


def test_a_model_that_cannot_be_loaded_leaves_the_words() -> None:
    """Drafts come all the same."""
    by_words = run_to_end(draft_themes(ANSWERS, None))
    assert run_to_end(draft_themes(ANSWERS, Vectors(BrokenEncoder()))) == by_words


def test_a_question_without_themes_has_drafts() -> None:
    """Answers in which a coder saw nothing are left out."""
    engine = service(())
    engine.code_many([(1, (), True), (2, (), False)])
    drafts = run_to_end(engine.draft_themes("Q", list(ANSWERS)))
    numbers = {number for draft in drafts for number in draft.responses}
    assert numbers
    assert 1 not in numbers


def test_what_a_theme_covers_is_in_no_draft() -> None:
    """Neither what was coded, nor what the codebook or earlier codings make likely."""
    engine = service((WARDS,))
    engine.code_many([(6, (), True), (1, ("beds",), True), (2, ("beds",), True), (11, (), True)])
    drafts = run_to_end(engine.draft_themes("Q", list(ANSWERS)))
    numbers = {number for draft in drafts for number in draft.responses}
    assert numbers.isdisjoint({1, 2, 3, 4, 5, 6, 11})


def test_what_says_nothing_any_more_is_in_no_draft() -> None:
    """With themes or without any; nor does what a coder saw nothing in come back with the others."""
    for themes in ((), (WARDS,)):
        engine = service(themes)
        assert engine.take_answers((n, "Q", text) for n, text in ANSWERS.items() if n not in {6, 15}) == []
        drafts = run_to_end(engine.draft_themes("Q", list(ANSWERS)))
        assert drafts
        assert not {6, 15} & {number for draft in drafts for number in draft.responses}
        assert engine.take_answers((n, "Q", text) for n, text in ANSWERS.items()) == [6, 15]
        engine.code(15, (), reviewed=True)
        drafts = run_to_end(engine.draft_themes("Q", list(ANSWERS)))
        assert {6, 15} & {number for draft in drafts for number in draft.responses} == {6}
