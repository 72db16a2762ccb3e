"""Changing one setting in the text of `study.toml`: the line it is about, and no other."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.study_settings import SettingChange, Settings, TableSetting, changed
from coder.errors import CoderError
from coder.formats.study.settings_edit import changed_text
from coder.formats.study.study_file import settings_of, write_settings

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
total = false
'''
PATH = Path("study.toml")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CHANGE = st.one_of(
    st.builds(SettingChange, st.sampled_from(["add_non_response", "remove_non_response"]), TEXT),
    st.builds(SettingChange, st.sampled_from(["same_words", "plain", "csv_for_excel"]), st.booleans()),
    st.builds(SettingChange, st.sampled_from(["title", "note", "model"]), TEXT),
)
BY_HAND = """\
title = "By hand"   # ours

same_words   =   true  # as it was
non_responses = [ # what says nothing
    "-",   # a dash
  "none", "no",

    # of the pilot:
    "see above"
]
[[table]]
number = "20"
what = "Q15"
"""


def edited(text: str, key: str, setting: str | bool) -> list[str]:
    """Change a setting; return the lines that differ, with + or - before them."""
    lines = changed_text(PATH, text, [SettingChange(key, setting)])
    return [line for line in ndiff(text.splitlines(), lines.splitlines()) if line[0] in "+-"]


@given(st.lists(TEXT, max_size=4), st.lists(CHANGE, max_size=4))
def test_what_the_text_says_is_what_was_asked(entries: list[str], changes: list[SettingChange]) -> None:
    """Changes of the text and of the settings agree, made once or twice."""
    settings = Settings("T", non_responses=tuple(entries), tables=(TableSetting("Q1"),))
    text = changed_text(PATH, write_settings(settings), changes)
    for change in changes:
        settings = changed(settings, change)
    assert settings_of(PATH, text) == settings
    if changes:
        assert changed_text(PATH, text, changes[-1:]) == text


def test_one_line_changes() -> None:
    """Comments, blanks and the order of everything else stay as people wrote them."""
    assert edited(BY_HAND, "same_words", False) == [
        "- same_words   =   true  # as it was",
        "+ same_words   =   false  # as it was",
    ]
    assert edited(BY_HAND, "remove_non_response", "None") == ['-   "none", "no",', '+   "no",']
    assert edited(BY_HAND, "add_non_response", "ditto") == [
        '-     "see above"',
        '+     "see above",',
        '+     "ditto"',
    ]
    assert edited(BY_HAND, "add_non_response", "See ABOVE.") == []


def test_a_setting_that_the_file_lacks_stands_before_its_tables() -> None:
    """What stands behind [[table]] would belong to the table."""
    assert edited(BY_HAND, "plain", True) == ["+ plain = true"]
    text = changed_text(
        PATH, 'title = "T"\n[[table]]\nwhat = "Q1"\n', [SettingChange("add_non_response", "ditto")]
    )
    settings = settings_of(PATH, text)
    assert settings.non_responses == (*Settings("T").non_responses, "ditto")
    assert len(settings.tables) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_stay(ending: str) -> None:
    """A file from Windows keeps its line ends, the new line too."""
    text = "\ufeff" + BY_HAND.replace("\n", ending)
    new_text = changed_text(PATH, text, [SettingChange("add_non_response", "ditto")])
    assert new_text.startswith("\ufeff")
    assert new_text.count(ending) == new_text.count("\n") == text.count("\n") + 1


def test_a_list_that_is_none_is_refused() -> None:
    """The file has to be right before anything in it is changed."""
    with pytest.raises(CoderError, match="non_responses is 'none'"):
        changed_text(PATH, 'non_responses = "none"\n', [SettingChange("add_non_response", "ditto")])


def test_what_looks_like_a_setting_in_a_text_is_none() -> None:
    """The line that is one changes, and keeps its comment."""
    changes = [SettingChange("same_words", setting=False)]
    assert changed_text(PATH, EDITED, changes) == EDITED.replace("same_words=true", "same_words=false")


def test_a_list_keeps_the_lines_of_what_stays() -> None:
    """Comments behind texts and between them stay; a text that goes takes its line along."""
    changes = [SettingChange("remove_non_response", "-"), SettingChange("add_non_response", "nichts")]
    assert changed_text(PATH, EDITED, changes) == EDITED.replace('    "-",\n', "").replace(
        '    "no comment"  # few\n', '    "no comment",  # few\n    "nichts"\n'
    )


def test_a_list_on_one_line_stays_on_it() -> None:
    """As people wrote it."""
    text = 'non_responses = ["a", "b"] # ours\n'
    assert (
        changed_text(PATH, text, [SettingChange("remove_non_response", "a")])
        == 'non_responses = ["b"] # ours\n'
    )


def test_what_is_no_setting_is_refused() -> None:
    """A text without settings in it is not made into one."""
    with pytest.raises(CoderError, match="same_words is"):
        changed_text(PATH, 'same_words.odd = 1\ntitle = "x"\n', [SettingChange("same_words", setting=True)])
    with pytest.raises(CoderError, match="Invalid value"):
        changed_text(PATH, "title = [", [SettingChange("same_words", setting=True)])
