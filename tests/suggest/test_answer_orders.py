"""Orders of answers, on points whose distances one can see."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coder.suggest import answer_orders
from coder.suggest.arrays import unit_rows

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

NOBODY = np.zeros((0, 2), dtype=np.float32)
POINTS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(0, 30), st.integers(1, 4)),
    elements=st.floats(-1, 1, width=16),
)


def done(work: Generator[None, None, NDArray[Any]]) -> list[int]:
    """Do all the slices of a work; return the places it gives."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            places: list[int] = end.value.tolist()
            return places


def at(*degrees: float) -> NDArray[np.float32]:
    """Return points on a circle."""
    angles = np.radians(degrees)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def test_spread_begins_typical_and_goes_far() -> None:
    """The most typical comes first, then what is least like it, then least like both; doubles last."""
    assert done(answer_orders.spread(at(0, 2, 2, 180, 90, 1), NOBODY)) == [1, 3, 4, 0, 5, 2]


def test_spread_goes_on_from_what_was_seen() -> None:
    """What is least like the answers already coded comes first."""
    assert done(answer_orders.spread(at(10, 80, 200), at(0, 90)))[0] == 2
    assert done(answer_orders.spread(at(10, 80, 200), at(190, 12)))[:2] == [1, 2]


def test_after_so_many_the_rest_follows_by_distance() -> None:
    """Once enough were chosen one by one, the others come by how unlike those they are."""
    assert done(answer_orders.spread(at(0, 30, 5, 60), NOBODY, most=1)) == [1, 0, 3, 2]


def test_what_is_not_known_comes_last() -> None:
    """An answer without a vector is neither like nor unlike the others."""
    rows = np.vstack([np.zeros((1, 2), dtype=np.float32), at(0, 180)])
    assert done(answer_orders.spread(rows, NOBODY))[-1] == 0


def test_alike_keeps_groups_together() -> None:
    """Each group of like answers is walked to its end before the next one."""
    rows = at(0, 120, 240, 3, 123, 243, 6, 126, 246)
    walked = done(answer_orders.alike(rows))
    groups = [place % 3 for place in walked]
    assert sorted(walked) == list(range(9))
    assert sum(one != other for one, other in pairwise(groups)) == 2


@given(POINTS, POINTS)
@pytest.mark.parametrize("kind", ["spread", "alike"])
def test_every_answer_comes_once(kind: str, points: NDArray[np.float32], seen: NDArray[np.float32]) -> None:
    """Whatever the points are, doubles and zeros among them, each has one place."""
    rows = unit_rows(points)
    before = unit_rows(seen) if seen.shape[1] == rows.shape[1] else rows[:0]
    work = answer_orders.alike(rows) if kind == "alike" else answer_orders.spread(rows, before, most=7)
    assert sorted(done(work)) == list(range(len(rows)))


def test_doubt_is_highest_where_no_theme_is_likely() -> None:
    """However many themes are half likely, one that is likely settles it."""
    assert answer_orders.doubt(np.array([[0.5, 0.9], [0.01, 0.2]])) == pytest.approx([0.1, 0.8])
