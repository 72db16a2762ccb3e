"""Orders: kept as text, told in words, random without chance."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.reading_orders import ORDERS, CameBy, Order, OrderKind, at_random, read_order


@pytest.mark.parametrize("kind", get_args(OrderKind))
def test_an_order_is_kept_as_text(kind: OrderKind) -> None:
    """What was written is read back, and every kind is told in words."""
    order = Order(kind, "beds" if kind == "theme" else "")
    assert read_order(order.written()) == order
    assert ORDERS[kind].good_for
    assert kind in get_args(CameBy)


@given(st.text())
def test_whatever_a_setting_holds_is_an_order(text: str) -> None:
    """What is no order means as they came; nothing raises."""
    order = read_order(text)
    assert order == Order() or order.written() == text


@pytest.mark.parametrize("text", ["", "theme", "random beds", "fast", "file x"])
def test_half_an_order_is_none(text: str) -> None:
    """A theme is named where there must be one, and nowhere else."""
    assert read_order(text) == Order()


def test_random_order_is_the_same_each_time() -> None:
    """It hangs on the ids alone, and an answer added later finds its place among the others."""
    ids = {number: f"R{number}.Q1.1" for number in range(1, 41)}
    order = at_random(ids)
    assert order == at_random(dict(reversed(ids.items()))) != sorted(ids)
    assert sorted(order) == sorted(ids)
    more = at_random({**ids, 41: "R41.Q1.1"})
    assert [number for number in more if number != 41] == order
