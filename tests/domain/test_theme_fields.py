"""The description of a theme's fields."""

from __future__ import annotations

from dataclasses import fields, replace

from coder.domain.codebook import Theme
from coder.domain.theme_fields import EDITED_FIELDS, THEME_FIELDS, fields_to_write


def test_every_field_of_a_theme_is_described_once() -> None:
    """No field is forgotten, and none described that themes lack."""
    described = [field.name for field in THEME_FIELDS]
    assert sorted(described) == sorted(field.name for field in fields(Theme))


def test_what_people_edit_has_a_heading() -> None:
    """A form and a window name every field in them and have room for it; a list says how YAML writes it."""
    assert all(field.heading for field in EDITED_FIELDS)
    assert all(field.form_lines > 1 for field in EDITED_FIELDS if field.kind in ("paragraph", "texts"))
    assert all(field.sample for field in THEME_FIELDS if field.is_list)


def test_a_file_holds_what_is_not_at_its_default() -> None:
    """Of a theme with an id and a label these two are written; a net says besides whether it is codable."""
    theme = Theme("a", "A")
    assert [field.name for field in fields_to_write(theme, is_net=False)] == ["id", "label"]
    assert [field.name for field in fields_to_write(theme, is_net=True)] == ["id", "label", "codable"]
    closed = replace(theme, codable=False, examples=("x",))
    assert [field.name for field in fields_to_write(closed, is_net=False)][2:] == ["examples", "codable"]
