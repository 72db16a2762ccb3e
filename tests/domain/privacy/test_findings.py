"""Findings of several finders become one list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.privacy.findings import Certainty, Finding, one_a_place

PROVED, LISTED, GUESS = Certainty.PROVED, Certainty.LISTED, Certainty.GUESS


def name(start: int, end: int, certainty: Certainty = GUESS) -> Finding:
    """Return a finding of a name."""
    return Finding(start, end, "name", "finder", certainty)


def test_a_guess_over_two_listed_names_leaves_nothing_between_them() -> None:
    """Of "Priya Shah Khan" a list knows the first and the last: the place is the whole, and listed."""
    (place,) = one_a_place([name(0, 15), name(0, 5, LISTED), name(11, 15, LISTED)])
    assert (place.start, place.end, place.certainty) == (0, 15, LISTED)


def test_what_is_proved_stays_as_it_is_where_a_guess_is_of_another_kind() -> None:
    """A number that a guess runs into is a number, to the character."""
    phone = Finding(4, 16, "phone", "phone", PROVED)
    assert one_a_place([name(0, 10), phone]) == (phone,)


@given(
    st.lists(
        st.builds(
            lambda start, length, certainty: name(start, start + length, certainty),
            st.integers(0, 20),
            st.integers(1, 8),
            st.sampled_from(list(Certainty)),
        ),
        max_size=6,
    )
)
def test_every_character_that_was_found_is_in_one_place(findings: list[Finding]) -> None:
    """Places of one kind share no character, and cover all that was found."""
    places = one_a_place(findings)
    covered = [position for place in places for position in range(place.start, place.end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {position for one in findings for position in range(one.start, one.end)}
