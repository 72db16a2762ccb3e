"""Actions, as people read them."""

from __future__ import annotations

from coder.tui.kit.actions import Action


def test_an_action_is_labelled_as_people_read_it() -> None:
    """A key is shown by its sign, or as the action says."""
    one = Action("one", ("enter", "x"), "one", "One.", print)
    assert one.key_label == "⏎"
    assert Action("two", ("1",), "two", "Two.", print, shown_keys="1-9").key_label == "1-9"
    assert Action("three", ("x",), "three", "Three.", print).key_label == "x"
