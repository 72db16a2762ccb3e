"""Places that a study remembers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.privacy.noted_places import NotedPlace, places_with_cuts, read_places
from coder.domain.privacy.text_cuts import TextCut, joined_cuts, with_cuts, with_further_cuts

TEXT = "abcdefghijklmnopqrstuvwxyz" * 2


def cuts(pairs: list[tuple[int, int]]) -> tuple[TextCut, ...]:
    """Return cuts of at least a character each, joined."""
    return joined_cuts(TextCut(start, start + length + 1, "[name 1]") for start, length in pairs)


pairs = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 4)), max_size=4)


@given(pairs, pairs, st.integers(0, 45), st.integers(1, 6))
def test_places_move_along_with_their_characters(
    made: list[tuple[int, int]], more: list[tuple[int, int]], start: int, length: int
) -> None:
    """A place that no cut meets holds the same characters before and after; one that is met goes."""
    earlier, later = cuts(made), joined_cuts((*cuts(made), *cuts(more)))
    whole = (start, start + length)
    if any(cut.start < whole[1] and whole[0] < cut.end for cut in earlier):
        return
    shift = sum(len(cut.replacement) - (cut.end - cut.start) for cut in earlier if cut.end <= start)
    text = with_cuts(TEXT, earlier)
    place = NotedPlace(start + shift, start + length + shift, "name", "own list")
    moved = places_with_cuts([place], earlier, later)
    after = with_further_cuts(text, earlier, later)
    if any(cut.start < whole[1] and whole[0] < cut.end for cut in later):
        assert moved == ()
    else:
        assert [after[one.start : one.end] for one in moved] == [text[place.start : place.end]]


def test_what_is_no_place_is_left_out() -> None:
    """Cells of another program, or damaged ones, are not taken for places."""
    good = [1, 4, "name", "name column", "keep", ""]
    bad = [[], None, [4, 1, *good[2:]], [1, 4, "secret", *good[3:]], [1, 4, "name", "x", "maybe", ""]]
    assert read_places([good, *bad]) == (NotedPlace(1, 4, "name", "name column", "keep"),)
