"""Questions that share themes: who teaches whom, and that each keeps to its own list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Theme, meant_alike, sharing_themes
from coder.domain.reading_orders import Order
from coder.errors import CoderError
from coder.suggest import Suggester, SuggestionService
from coder.suggest.encoding.text_vectors import MemoryVectors
from coder.suggest.offered_themes import OfferedThemes, base_log_odds
from coder.suggest.sliced_work import run_to_end
from coder.suggest.whole_question import ordered, second_look

STAFF, MONEY, BEDS, LAW = THEMES
OFFERED = {"Q1": ["staff", "money"], "Q2": ["beds", "law"], "Q3": ["staff", "money", "beds", "law"]}
LISTS = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.integers(0, 8), max_size=4))


@given(LISTS)
def test_groups_hold_all_that_share_and_no_others(offered: dict[str, list[int]]) -> None:
    """Every question with themes is in one group; two groups share nothing; no group falls in two."""
    groups = sharing_themes(offered)
    assert sorted(q for group in groups for q in group) == sorted(
        q for q, themes in offered.items() if themes
    )
    of_group = [{theme for q in group for theme in offered[q]} for group in groups]
    assert sum(map(len, of_group)) == len(set().union(*of_group))
    for group in groups:
        reached, waiting = {group[0]}, [group[0]]
        while waiting:
            at = set(offered[waiting.pop()])
            more = [q for q in group if q not in reached and at & set(offered[q])]
            reached |= set(more)
            waiting += more
        assert reached == set(group)


def test_masks_tell_what_a_question_offers() -> None:
    """A question that nothing is known of offers everything; numbers stay what they were."""
    questions = OfferedThemes([theme.id for theme in THEMES], OFFERED)
    numbers = questions.numbers(["Q2", "else", "Q1", "Q2"], 4)
    assert numbers.tolist() == [0, 1, 2, 0]
    assert questions.masks(numbers).tolist() == [[0, 0, 1, 1], [1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]]
    assert questions.numbers(None, 2).tolist() == [3, 3]
    assert questions.numbers(["Q1"], 1).tolist() == [2]


def test_each_text_has_its_question() -> None:
    """One question for two texts is refused, not taken for both."""
    with pytest.raises(ValueError, match="2 texts and 1 questions"):
        Suggester(THEMES, HashingEncoder(), offered=OFFERED).rank(TEXTS[:2], ["Q1"])


def test_a_theme_that_is_not_offered_has_no_probability() -> None:
    """Each question's ranking is over its own list, before and after learning."""
    suggester = Suggester(THEMES, HashingEncoder(), offered=OFFERED)
    for _ in range(2):
        probabilities = suggester.rank(TEXTS[:2], ["Q1", "Q2"])
        assert (probabilities > 0).tolist() == [[True, True, False, False], [False, False, True, True]]
        suggester.add([TEXTS[0]], [["staff"]], questions=["Q1"])


def test_a_small_list_starts_with_higher_odds() -> None:
    """Before any coding a theme is likelier where there are fewer to choose from."""
    themes = [Theme(f"t{n}", f"Theme {n}") for n in range(40)]
    ids = [theme.id for theme in themes]
    suggester = Suggester(themes, offered={"long": ids, "short": ids[:10]})
    long, short = suggester.rank(["Something else"] * 2, ["long", "short"])[:, 0]
    assert short > 2 * long
    suggester.add(["This", "That"], [[], []], questions=["short", "long"])
    assert suggester._coded.table.base.tolist() == base_log_odds(np.array([10, 40])).tolist()


def test_codings_of_one_question_teach_another_that_offers_the_theme() -> None:
    """What is coded with beds in one question is suggested in the other; others stay put."""
    suggester = Suggester(THEMES, HashingEncoder(), offered=OFFERED)
    odd = "Wombats everywhere, day and night"
    earlier = suggester.rank([odd], ["Q3"])[0]
    suggester.add([f"{odd} {n}" for n in range(5)], [["beds"]] * 5, questions=["Q2"] * 5)
    later = suggester.rank([odd], ["Q3"])[0]
    assert later[2] > earlier[2] + 0.2
    assert later[0] == pytest.approx(earlier[0], abs=0.05)


def test_nothing_follows_for_themes_a_question_lacks() -> None:
    """A hundred answers without money, to a question that does not offer it, leave money where it was."""
    texts = [f"{text}, {n}" for n in range(18) for text in TEXTS]
    suggester = Suggester(THEMES, HashingEncoder(), offered=OFFERED)
    suggester.prepare(texts)
    earlier = suggester.rank([TEXTS[3]], ["Q3"])[0]
    suggester.add(texts, [labels & {"beds", "law"} for labels in LABELS] * 18, questions=["Q2"] * len(texts))
    later = suggester.rank([TEXTS[3]], ["Q3"])[0]
    assert np.log(later[1] / earlier[1]) == pytest.approx(0, abs=0.7)
    probabilities, coded = run_to_end(suggester.out_of_fold())
    assert not probabilities[:, :2].any()
    assert not coded[:, :2].any()


def test_the_service_ranks_each_question_by_its_own_list() -> None:
    """Rankings, orders and second looks hold the question's own themes alone."""
    lists = {"Q1": (STAFF, MONEY), "Q2": (BEDS, LAW), "Q3": THEMES, "Q4": ()}
    service = SuggestionService(lists, None, MemoryVectors())
    service.load((n, f"Q{1 + n % 3}", text) for n, text in enumerate(TEXTS * 5))
    service.code(0, ["beds", "staff"], reviewed=True)
    for question_id, themes in lists.items():
        if themes:
            number = int(question_id[1]) - 1
            (ranked,) = service.rank([number])
            assert {s.theme_id for s in ranked.suggestions} == {theme.id for theme in themes}
    with pytest.raises(CoderError, match="does not offer"):
        run_to_end(ordered(service.whole("Q1"), Order("theme", "beds")))
    for n in range(70):
        labels = LABELS[n % len(TEXTS)] & {theme.id for theme in lists[f"Q{1 + n % 3}"]}
        service.code(n, sorted(labels), reviewed=True)
    doubts = run_to_end(second_look(service.whole("Q2"), 500))
    assert {doubt.theme_id for doubt in doubts} <= {"beds", "law"}
    assert {doubt.response % 3 for doubt in doubts} == {1}


WAIT, PAY = Theme("a-wait", "Waiting", questions=("A",)), Theme("a-pay", "Pay", questions=("A",))
WAIT_TOO, FOOD = Theme("b-wait", "waiting", questions=("B",)), Theme("b-food", "Food", questions=("B",))
BY_LABEL = {"A": [WAIT, PAY], "B": [WAIT_TOO, FOOD]}


def alike(offered: dict[str, list[Theme]]) -> set[frozenset[str]]:
    """Return the themes that mean the same, together."""
    same = meant_alike(offered)
    groups = (
        frozenset(one for one, first in same.items() if first == theme_id) for theme_id in same.values()
    )
    return {group for group in groups if len(group) > 1}


def test_themes_of_one_label_mean_the_same_unless_definitions_part_them() -> None:
    """Without a definition and with the same one; different ones part, and then one without stands alone."""
    assert alike(BY_LABEL) == {frozenset({"a-wait", "b-wait"})}
    defined = replace(WAIT, definition="In the queue")
    assert alike({"A": [defined], "B": [WAIT_TOO]}) == {frozenset({"a-wait", "b-wait"})}
    other = replace(WAIT_TOO, definition="For a letter")
    assert alike({"A": [defined], "B": [other]}) == set()
    third = Theme("c-wait", "Waiting", definition="in the QUEUE")
    bare = Theme("d-wait", "Waiting")
    assert alike({"A": [defined], "B": [other], "C": [third], "D": [bare]}) == {
        frozenset({"a-wait", "c-wait"})
    }


def test_two_themes_of_one_question_are_never_taken_for_one() -> None:
    """Under two nets of a question one label may stand twice."""
    again = Theme("a-wait-2", "Waiting")
    assert alike({"A": [WAIT, again], "B": [WAIT_TOO]}) == {frozenset({"a-wait", "b-wait"})}


def test_a_label_that_two_questions_have_is_learned_for_both() -> None:
    """Each question keeps its own list and ids; the service gives both one engine."""
    themes = [WAIT, PAY, WAIT_TOO, FOOD]
    offered = {question: [theme.id for theme in of_question] for question, of_question in BY_LABEL.items()}
    suggester = Suggester(themes, HashingEncoder(), offered=offered)
    before = suggester.rank(["Hours in the queue"], ["B"])[0]
    assert (before > 0).tolist() == [False, False, True, True]
    suggester.add(["Hours in the queue"] * 3, [["a-wait"]] * 3, questions=["A"] * 3)
    after = suggester.rank(["Hours in the queue"], ["B"])[0]
    assert after[2] > before[2]
    assert suggester.explain("Hours waiting", "b-wait").nearest
    assert list(suggester.columns.word_spans(suggester.lexical.hits("Waiting for food"))) == [
        "a-wait",
        "b-wait",
        "b-food",
    ]
    service = SuggestionService(BY_LABEL, HashingEncoder(), MemoryVectors())
    service.load([(1, "A", "Hours in the queue"), (2, "B", "Hours in the queue")])
    low = service.rank([2])[0].suggestions
    service.code(1, ["a-wait"], reviewed=True)
    (ranked,) = service.rank([2])
    assert {suggestion.theme_id for suggestion in ranked.suggestions} == {"b-wait", "b-food"}
    assert ranked.stage == "learned"
    probability = {s.theme_id: s.probability for s in ranked.suggestions}
    assert probability["b-wait"] > {s.theme_id: s.probability for s in low}["b-wait"]


def test_a_net_is_at_least_as_likely_as_what_it_holds() -> None:
    """Before and after codings, through two levels; it comes after what makes it so likely."""
    themes = [
        Theme("top", "Everything"),
        Theme("net", "Net", parent="top"),
        Theme("leaf", "Staffing nurses shortage", parent="net"),
        Theme("other", "Parking"),
    ]
    suggester = Suggester(themes, HashingEncoder())
    text = "A shortage of nurses, and parking"
    for _ in range(2):
        (probabilities,) = suggester.rank([text])
        assert probabilities[0] >= probabilities[1] >= probabilities[2]
        best = [
            theme_id
            for theme_id, _ in suggester.columns.best_first(suggester.theme_ids, probabilities.tolist())
        ]
        assert best.index("leaf") < best.index("net") < best.index("top")
        suggester.add([text] * 4, [["leaf"]] * 4)
    assert suggester._coded.table.cell_weights[0].tolist() == [0, 0, 1, 1]


def test_a_net_that_the_question_does_not_offer_has_no_probability() -> None:
    """What it holds may be offered without it."""
    themes = [Theme("net", "Net"), Theme("leaf", "Staffing", parent="net")]
    suggester = Suggester(themes, HashingEncoder(), offered={"A": ["leaf"], "B": ["net", "leaf"]})
    probabilities = suggester.rank(["Staffing"] * 2, ["A", "B"])
    assert probabilities[0, 0] == 0
    assert probabilities[1, 0] >= probabilities[1, 1] > 0
