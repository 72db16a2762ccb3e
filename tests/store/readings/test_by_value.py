"""Counting respondents by their values, against plain counting; and numbers that no respondent has."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.counts import CellCount
from coder.store.readings.by_value import ByValue

numbers = st.one_of(st.integers(1, 12), st.integers(1, 10_000))
studies = st.dictionaries(numbers, st.tuples(st.sampled_from(("North", "South", "")), st.integers(0, 90)))


@given(studies, st.data(), st.booleans())
def test_counts_are_those_of_a_plain_count(
    study: dict[int, tuple[str, int]], data: st.DataObject, is_weighted: bool
) -> None:
    """Respondents once, mentions as often as they come, weights of each once; numbers may have gaps."""
    mentions = data.draw(st.lists(st.sampled_from(sorted(study)), max_size=30)) if study else []
    value_of = {number: value for number, (value, _) in study.items()}
    weights = {number: weight for number, (_, weight) in study.items()} if is_weighted else None
    people, times, sums = Counter[str](), Counter[str](), Counter[str]()
    times.update(value_of[number] for number in mentions)
    for number in set(mentions):
        people[value_of[number]] += 1
        sums[value_of[number]] += study[number][1] if is_weighted else 0
    assert ByValue(value_of, weights).counted(mentions) == {
        value: CellCount(people[value], times[value], sums[value]) for value in people
    }


@pytest.mark.parametrize("value_of", [{1: "a", 2: "b", 4: "a"}, {1: "a", 10_000: "b"}, {}])
@pytest.mark.parametrize("stranger", [3, 5, 20_000, -1, 0])
def test_a_stranger_is_no_respondent(value_of: dict[int, str], stranger: int) -> None:
    """Whether the number is in a gap, beyond the last or below the first: nobody is counted in its place."""
    with pytest.raises(LookupError):
        ByValue(value_of, None).counted([*value_of, stranger])


def test_what_is_no_number_is_refused() -> None:
    """As a damaged database may hold it."""
    with pytest.raises((TypeError, LookupError)):
        ByValue({1: "a"}, None).counted(["x"])  # type: ignore[list-item]
