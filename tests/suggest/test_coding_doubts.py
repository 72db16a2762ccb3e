"""The second look: which codings are doubted, and that doubts fall on the right responses."""

from __future__ import annotations

import numpy as np
import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.reading_orders import Order
from coder.domain.second_look import Doubted
from coder.errors import CoderError
from coder.suggest import SuggestionService
from coder.suggest.coding_doubts import Finished, doubted, strengths
from coder.suggest.encoding.text_vectors import MemoryVectors
from coder.suggest.sliced_work import run_to_end
from coder.suggest.whole_question import ordered, second_look

THEME_IDS = [theme.id for theme in THEMES]
EDITS = st.lists(
    st.lists(
        st.tuples(
            st.integers(1, len(TEXTS)),
            st.one_of(st.none(), st.lists(st.sampled_from([*THEME_IDS, "gone"]), unique=True)),
            st.booleans(),
        ),
        max_size=4,
        unique_by=lambda edit: edit[0],
    ),
    max_size=6,
)


def service(*, copies: int = 1, encoder: HashingEncoder | None = None) -> SuggestionService:
    """Return a service that has loaded the small survey so many times over."""
    engine = SuggestionService({"Q1": THEMES, "Q2": THEMES, "Q3": ()}, encoder, MemoryVectors())
    engine.load((number, "Q1", text) for number, text in enumerate(TEXTS * copies, start=1))
    engine.load([(1001, "Q2", "No bed anywhere"), (1002, "Q2", "Budgets"), (1003, "Q2", "We recruit nobody")])
    return engine


def test_strengths_compare_wrong_and_missing() -> None:
    """A missing theme is doubted by its probability; one that stands by how unlikely and frequent it is."""
    coded = np.array([[1, 0], [1, 1], [1, 0], [0, 0]])
    found = strengths(np.array([[0.1, 0.9], [0.8, 0.1], [0.6, 0.2], [0.3, 0.4]]), coded)
    assert found[0, 1] == 0.9
    assert found[0, 0] > found[2, 0] > found[1, 0]
    assert found[0, 0] > found[1, 1] > 0.5
    assert ((found > 0) & (found < 1)).all()


def test_the_most_doubtful_come_first() -> None:
    """Cells are listed by strength, each with what is doubted."""
    probabilities, coded = np.array([[0.01, 0.95], [0.9, 0.02]]), np.array([[1, 0], [1, 0]])
    first, second = doubted(probabilities, coded, [7, 9], ["a", "b"], 2)
    assert first == Doubted(7, "a", "wrong", first.strength, 0.01)
    assert second == Doubted(7, "b", "missing", 0.95, 0.95)
    assert first.strength > 0.95


@settings(max_examples=40)
@given(EDITS)
def test_rows_belong_to_their_responses(edits: list[list[tuple[int, list[str] | None, bool]]]) -> None:
    """However codings come and go, each row out of fold is that of the response it is given for."""
    engine = service()
    standing: dict[int, set[str]] = {}
    for batch in edits:
        engine.code_many((number, themes, reviewed) for number, themes, reviewed in batch)
        for number, themes, reviewed in batch:
            standing.pop(number, None)
            offered = set(themes or ()) & set(THEME_IDS)
            complete = reviewed and len(offered) == len(themes or ())
            if complete and themes is not None:
                standing[number] = offered
    whole = engine.whole("Q1")
    numbers = whole.finished.numbers()
    assert set(numbers) == set(standing)
    if numbers:
        _, coded = run_to_end(whole.suggester.out_of_fold())
        assert [{THEME_IDS[k] for k in np.flatnonzero(row)} for row in coded] == [
            standing[number] for number in numbers
        ]


def test_a_coding_nobody_would_expect_is_found() -> None:
    """Among codings that agree with the words, the one that does not is listed first, and what it lacks."""
    engine = service(copies=5, encoder=HashingEncoder())
    while engine.embed_some(50)[0] < engine.embed_some(50)[1] or engine.improve():
        pass
    labels = {number: set(LABELS[(number - 1) % len(TEXTS)]) for number in range(1, 5 * len(TEXTS) + 1)}
    labels[7], labels[12 + 14] = {"money"}, set()
    engine.code_many((number, themes, True) for number, themes in labels.items())
    engine.code(1001, ["staff"], reviewed=True)
    found = run_to_end(second_look(engine.whole("Q1"), 3))
    assert {(d.response, d.theme_id, d.kind) for d in found} == {
        (7, "money", "wrong"), (7, "beds", "missing"), (26, "law", "missing")
    }  # fmt: skip
    assert [d.response for d in run_to_end(second_look(engine.whole("Q2"), 1))] == [1001]


def test_a_few_codings_say_nothing() -> None:
    """Below fifty confirmed answers a second look is refused, in words."""
    engine = service()
    engine.code(1, ["staff"], reviewed=True)
    with pytest.raises(CoderError, match="there are 1"):
        next(second_look(engine.whole("Q1"), 5))
    with pytest.raises(CoderError, match="no themes to suggest for 'Q3'"):
        engine.whole("Q3")


def test_finished_ones_keep_the_order_of_learning() -> None:
    """A response learned anew goes to the end; one that is open again is none."""
    finished = Finished()
    finished.put([1, 2, 3], complete=True)
    finished.put([1, 3], complete=True)
    finished.put([2], complete=False)
    assert finished.numbers() == [1, 3]
    finished.drop([1, 9])
    assert (finished.numbers(), len(finished), 2 in finished) == ([3], 1, False)


@pytest.mark.parametrize("encoder", [None, HashingEncoder()])
def test_orders_put_the_confirmed_last(encoder: HashingEncoder | None) -> None:
    """Every answer of the question comes once, with a model or without; the confirmed come last."""
    engine = service(encoder=encoder)
    while engine.improve() or engine.embed_some(50)[0] < engine.embed_some(50)[1]:
        pass
    engine.code_many([(7, ["beds"], True), (1, ["staff"], True), (2, ["staff"], False)])
    for kind in ("spread", "uncertain", "theme", "alike", "file"):
        order = Order(kind, "beds" if kind == "theme" else "")
        found = run_to_end(ordered(engine.whole("Q1"), order))
        assert sorted(found) == list(range(1, len(TEXTS) + 1)), kind
        assert found[-2:] == [1, 7]
    likely = {
        r.response: s.probability for r in engine.rank(found) for s in r.suggestions if s.theme_id == "beds"
    }
    by_theme = run_to_end(ordered(engine.whole("Q1"), Order("theme", "beds")))[:-2]
    assert by_theme == sorted(by_theme, key=lambda number: -likely[number])
    assert run_to_end(ordered(engine.whole("Q2"), Order("theme", "beds"))) == [1001, 1002, 1003]


def test_an_order_by_a_theme_that_is_not_offered_is_refused() -> None:
    """The nearest theme is named."""
    with pytest.raises(CoderError) as caught:
        run_to_end(ordered(service().whole("Q1"), Order("theme", "bed")))
    assert "beds" in caught.value.hint
