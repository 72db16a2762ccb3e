"""Which words are kept with a suggestion that is accepted, and where they can be moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.workflows.coding.word_places import is_whole, word_alternatives, words_of_suggestion

TEXT = "We lost four staff to agencies last year. The wards are full every night. Budgets fall again."
LOST, FULL, FALL = Span(0, 41), Span(42, 73), Span(74, 93)
"""Its clauses."""
AGENCIES, WARDS = Span(18, 41), Span(42, 60)
"""Two places that an engine might find."""
PLACES = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 80), st.integers(1, 13))


def test_the_best_place_is_kept() -> None:
    """The first of the places; none where none is known."""
    assert words_of_suggestion(TEXT, (WARDS, AGENCIES)) == (WARDS,)
    assert words_of_suggestion(TEXT, ()) == ()


def test_nearly_the_whole_answer_is_no_part_of_it() -> None:
    """From nine tenths of the answer on nothing is kept: it stands for the whole."""
    assert words_of_suggestion("x" * 100, (Span(0, 90),)) == ()
    assert words_of_suggestion("x" * 100, (Span(0, 89),)) == (Span(0, 89),)
    assert is_whole("x" * 100, [Span(0, 50), Span(55, 95)])


def test_words_count_code_points() -> None:
    """A character beyond the first plane is one."""
    assert words_of_suggestion("😀" * 10, (Span(0, 8),)) == (Span(0, 8),)
    assert words_of_suggestion("😀" * 10, (Span(0, 9),)) == ()


def test_words_go_to_the_engines_other_places_then_to_the_whole() -> None:
    """From where they are, best first; from the whole answer, to the best place of all."""
    assert word_alternatives(TEXT, (AGENCIES,), (AGENCIES, WARDS, FALL)) == (
        (AGENCIES,),
        (WARDS,),
        (FALL,),
        (),
    )
    assert word_alternatives(TEXT, (), (WARDS, AGENCIES)) == ((WARDS,), (AGENCIES,), ())


def test_without_an_engine_words_go_to_the_next_clause() -> None:
    """The clauses after them first, then those before; the one they are in is left out."""
    assert word_alternatives(TEXT, (FULL,), ()) == ((FULL,), (FALL,), (LOST,), ())
    assert word_alternatives(TEXT, (WARDS,), (WARDS,)) == ((WARDS,), (FALL,), (LOST,), ())
    assert word_alternatives(TEXT, (), ()) == ((LOST,), (FULL,), (FALL,), ())


def test_several_stretches_move_together() -> None:
    """Words marked by hand in two clauses go to the third."""
    assert word_alternatives(TEXT, (AGENCIES, FULL), ()) == ((AGENCIES, FULL), (FALL,), ())


def test_an_answer_of_one_clause_has_no_parts() -> None:
    """There the words can be the whole answer alone, or what was marked by hand."""
    assert word_alternatives("Beds", (), (Span(0, 4),)) == ((),)
    assert word_alternatives("Beds and wards", (Span(0, 4),), ()) == ((Span(0, 4),), ())


@given(st.lists(PLACES, max_size=4), st.lists(PLACES, max_size=2))
def test_a_round_has_each_place_once_and_ends_with_the_whole(places: list[Span], kept: list[Span]) -> None:
    """First what is kept, last the whole answer; between them no place that lies mostly in what is kept."""
    found = word_alternatives(TEXT, kept, tuple(dict.fromkeys(places)))
    assert len(set(found)) == len(found)
    assert found[-1] == ()
    assert found[0] == tuple(kept) or not kept
    inside = {place for start, end in kept for place in range(start, end)}
    for ((start, end),) in found[bool(kept) : -1]:
        assert 2 * sum(place in inside for place in range(start, end)) <= end - start
        assert not is_whole(TEXT, [Span(start, end)])
