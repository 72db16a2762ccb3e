"""`study.toml` with settings changed: what is changed is read back, all else is as it was."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.study_settings import Settings, TableSetting
from coder.errors import CoderError
from coder.formats.study.settings_edit import with_settings
from coder.formats.study.study_file import write_settings

EDITED = '''# Ours
title = "Small" # the short one
note = """
same_words = false
"""
  same_words=true   # as the board wants it
non_responses = [
    "n/a",  # most
    "-",
    # said on the phone
    "no comment"  # few
]

[[table]]
what = "Q1"
keep_suggested_words = false
'''
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def test_a_line_keeps_its_comment() -> None:
    """The value alone is another; what looks like the setting in a text is none."""
    changed = with_settings(EDITED, {"same_words": False})
    assert changed == EDITED.replace("same_words=true", "same_words=false")


def test_a_list_keeps_the_lines_of_what_stays() -> None:
    """Comments behind texts and between them stay; a text that goes takes its line along."""
    changed = with_settings(EDITED, {"non_responses": ("n/a", "no comment", "nichts")})
    assert changed == EDITED.replace('    "-",\n', "").replace(
        '    "no comment"  # few\n', '    "no comment",  # few\n    "nichts",\n'
    )


def test_what_is_lacking_is_added_above_the_tables() -> None:
    """A key below a table's heading is the table's."""
    changed = with_settings(EDITED, {"keep_suggested_words": True})
    assert changed == EDITED.replace("[[table]]", "keep_suggested_words = true\n[[table]]")
    assert with_settings('title = "x"', {"plain": True}) == 'title = "x"\nplain = true\n'


def test_a_list_on_one_line_is_written_anew() -> None:
    """It has no lines to keep."""
    assert with_settings('non_responses = ["a", "b"] # ours\n', {"non_responses": ("b",)}) == (
        'non_responses = [\n    "b",\n] # ours\n'
    )


def test_what_cannot_be_changed_line_by_line_is_refused() -> None:
    """Nothing else in the file may change by the way."""
    with pytest.raises(CoderError, match="cannot be changed"):
        with_settings('same_words.odd = 1\ntitle = "x"\n', {"same_words": True})
    with pytest.raises(CoderError, match="cannot be changed"):
        with_settings("title = [", {"same_words": True})


@given(st.booleans(), st.lists(TEXTS, unique=True), st.lists(TEXTS, unique=True), TEXTS)
def test_every_change_is_read_back(hides: bool, before: list[str], after: list[str], note: str) -> None:
    """Of any settings, any list can become any other, and only what is changed changes."""
    settings = Settings("Small", note=note, non_responses=tuple(before), tables=(TableSetting("Q1"),))
    source = write_settings(settings)
    changed = with_settings(source, {"hide_until_first_choice": hides, "non_responses": tuple(after)})
    content = tomllib.loads(changed)
    assert content["hide_until_first_choice"] is hides
    assert sorted(content["non_responses"]) == sorted(after)
    rest = {"hide_until_first_choice": None, "non_responses": None}
    assert {**content, **rest} == {**tomllib.loads(source), **rest}
    assert changed.count("#") >= source.count("#") - sum(text.count("#") for text in before)
