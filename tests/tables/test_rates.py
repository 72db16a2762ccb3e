"""Response rates: what is kept back cannot be worked out by anybody who knows who was asked and the total."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.responses import Attribute
from coder.domain.study_settings import RESPONSE_RATES, Settings, TableSetting
from coder.domain.tables.requests import TableRequest
from coder.tables.closed_counts import RateCounts
from coder.tables.job import TableJob
from coder.tables.keeping_back.decision import Call, withheld_in_call
from coder.tables.keeping_back.persons import CountedPerson
from coder.tables.rates import rate_rows, rates_crosstab

sizes = st.integers(0, 9).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size)))
groups = st.lists(sizes, min_size=1, max_size=5)


def kept_back_rates(asked: dict[str, int], answered: dict[str, int], limit: int) -> frozenset[str]:
    """Return the groups whose responses are kept back of a table of response rates alone."""
    job = TableJob(
        TableSetting(RESPONSE_RATES, by="region", suppress=limit),
        (),
        TableRequest(),
        Settings("Small"),
        "",
        "",
    )
    counts = RateCounts(Attribute("region"), asked, answered, 0)
    people = [
        CountedPerson({"region": name}, {}, frozenset(), frozenset())
        for name, times in answered.items()
        for _ in range(times)
    ]
    (withheld,) = withheld_in_call(Call([job], [counts], people, {}))
    rows = rates_crosstab(counts).rows
    return frozenset(row.key for number, row in enumerate(rows) if withheld.conceals(number, 0))


@given(groups, st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_no_hidden_number_can_be_worked_out(numbers: list[tuple[int, int]], limit: int) -> None:
    """Trying every table that agrees with what is printed, each hidden group may have had several numbers."""
    asked = {f"g{place}": size for place, (size, _) in enumerate(numbers)}
    answered = {f"g{place}": count for place, (_, count) in enumerate(numbers)}
    hidden = sorted(kept_back_rates(asked, answered, limit))
    rows = {row.label: row for row in rate_rows(asked, answered, hidden=hidden)}
    printed = {label: row.cells[1].value for label, row in rows.items() if row.cells[1].value is not None}
    assert all(printed.get(group) is None for group in hidden)
    for group, size in asked.items():
        small = 0 < answered[group] < limit or 0 < size - answered[group] < limit
        all_is_told = sum(answered.values()) in (0, sum(asked.values()))
        assert not small or group in hidden or all_is_told
    missing = sum(answered[group] for group in hidden)
    if "Total" not in printed:
        assert [group for group, size in asked.items() if size] == hidden
        return
    possible = [
        values for values in product(*(range(asked[group] + 1) for group in hidden)) if sum(values) == missing
    ]
    for place in range(len(hidden)):
        assert len({values[place] for values in possible}) > 1


def test_nothing_is_kept_back_unless_asked() -> None:
    """Without a limit every number is printed, the highest rate first."""
    rows = rate_rows({"a": 10, "b": 4}, {"a": 2, "b": 3})
    assert [(row.label, row.cells[1].value) for row in rows] == [("b", 3), ("a", 2), ("Total", 5)]


def test_the_order_tells_nothing_of_what_is_kept_back() -> None:
    """Groups that are kept back stand last, by name."""
    asked, answered = {"d": 20, "c": 20, "b": 20, "a": 20}, {"d": 15, "c": 2, "b": 18, "a": 9}
    hidden = kept_back_rates(asked, answered, 3)
    assert hidden == {"c", "b"}
    assert [row.label for row in rate_rows(asked, answered, hidden=hidden)] == ["d", "a", "b", "c", "Total"]
