"""The natural order of values: ages, amounts, moments and scales; none where any value cannot be placed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.value_orders import natural_order, residual_last

ORDERED = (
    ("Under 18", "18-24", "25-34", "35\N{EN DASH}44", "65+"),
    ("16-24", "25-44", "45-64", "65 and over", "Prefer not to say"),
    ("16 to 24", "25 to 44", "100 or older"),
    ("Less than £10,000", "£10,000-£19,999", "£20,000 to £99,999", "£100,000 or more", "Don't know"),
    ("Up to £10k", "£10k to £50k", "£50k to £1m", "Over £1m"),
    ("None", "1-2", "3-5", "6 or more"),
    ("None", "One", "Two", "Three or more"),
    ("Less than 6 months", "6 months to 1 year", "1-2 years", "More than 10 years"),
    ("Less than 1 year", "1 to 5 years", "Over 5 years"),
    ("1", "2", "9", "10", "99"),
    ("5", "15", "105"),
    ("Wave 1", "Wave 2", "Wave 10"),
    ("Year 7", "Year 10", "Year 11"),
    ("2019/20", "2020/21", "2021/22"),
    ("2026-01", "2026-02", "2026-11"),
    ("2025-12-31", "2026-01-01", "2026-01-02"),
    ("January", "February", "April", "December"),
    ("Nov 2025", "Dec 2025", "Jan 2026"),
    ("Q3 2025", "Q4 2025", "Q1 2026"),
    ("Mon", "Tue", "Thu", "Sunday"),
    ("1 - Not at all satisfied", "2", "3", "4", "5 - Very satisfied"),
    (
        "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
        "Don\N{RIGHT SINGLE QUOTATION MARK}t know",
    ),
    ("Strongly agree", "Tend to agree", "Neither", "Tend to disagree", "Strongly disagree"),
    ("Agree strongly", "Agree slightly", "Disagree slightly", "Disagree strongly"),
    (
        "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied",
        "Very dissatisfied",
    ),
    ("Very likely", "Fairly likely", "Not very likely", "Not at all likely"),
    ("Very important", "Quite important", "Not very important", "Not at all important", "Don't know"),
    ("To a great extent", "To some extent", "Not at all", "Don't know"),
    ("Always", "Often", "Sometimes", "Rarely", "Never"),
    ("Daily", "Weekly", "Monthly", "Less often", "Never"),
    ("A great deal", "A fair amount", "Not very much", "Not at all"),
    ("Excellent", "Good", "Fair", "Poor"),
    ("Very good", "Good", "Fair", "Bad", "Very bad"),
    ("Yes", "No", "Not applicable", "Don't know"),
    ("Yes, definitely", "Yes, to some extent", "No", "Other (please specify)"),
    ("Much better", "Slightly better", "About the same", "Slightly worse", "Much worse"),
    ("Increased a lot", "Increased a little", "Stayed the same", "Decreased a little", "Decreased a lot"),
    ("High", "Medium", "Low"),
    ("Small", "Medium", "Large"),
    ("Very easy", "Easy", "Neutral", "Difficult", "Very difficult"),
)  # fmt: skip

UNORDERED = (
    ("London", "North West", "Yorkshire and Humber"),
    ("County", "Unitary", "Metropolitan district", "London borough"),
    ("Male", "Female", "Other"),
    ("Agree", "Satisfied"),
    ("Strongly agree", "Agree", "It depends on the council"),
    ("Ward 1", "Parish 2"),
    ("Under 18", "Students"),
    ("1-2 weeks", "3 years", "4"),
    ("Leading or involved as a valued partner", "No influence or not involved"),
    ("Yes", "Don't know"),
    ("", "Other"),
    ("May", "June", "Sally"),
)


@pytest.mark.parametrize("ordered", ORDERED)
def test_values_with_a_natural_order(ordered: tuple[str, ...]) -> None:
    """They come in it whatever order they are given in; what says nothing of the subject stands last."""
    for given_so in (ordered, ordered[::-1], sorted(ordered), [*ordered[1::2], "", *ordered[::2]]):
        assert natural_order(given_so) == ordered


@pytest.mark.parametrize("unordered", UNORDERED)
def test_values_without_one(unordered: tuple[str, ...]) -> None:
    """Where one value cannot be placed there is no order at all."""
    assert natural_order(unordered) == ()


@given(st.lists(st.text(max_size=12), max_size=8))
def test_nothing_is_lost_or_made_up(texts: list[str]) -> None:
    """Whatever the values: an order has each of them once, or there is none."""
    ordered = natural_order(texts)
    assert not ordered or sorted(ordered) == sorted(set(texts) - {""})


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8, unique=True))
def test_numbers_go_by_size(numbers: list[int]) -> None:
    """With or without commas between their thousands."""
    assert natural_order(map(str, numbers)) == tuple(map(str, sorted(numbers)))
    assert natural_order(f"{number:,}" for number in numbers) == tuple(f"{n:,}" for n in sorted(numbers))


def test_the_residual_last() -> None:
    """Of values without an order, those that say nothing of the subject stand last, in their own order."""
    texts = ["Don't know", "Other", "London", "Prefer not to say", "Leeds", "None of these"]
    assert residual_last(texts) == [
        "London", "Leeds", "Other", "None of these", "Don't know", "Prefer not to say",
    ]  # fmt: skip
