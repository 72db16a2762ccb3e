"""`study.toml`: what is written is read back, and each mistake in it is named."""

from __future__ import annotations

import os
import string
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.study_settings import RESPONSE_RATES, Settings, TableSetting, ValueSelection
from coder.errors import CoderError
from coder.formats.study.study_file import read_settings, write_settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LISTS = st.lists(TEXT, max_size=2).map(tuple)
VALUES = st.builds(ValueSelection, LISTS, st.dictionaries(TEXT, LISTS, max_size=2), LISTS)
LIMITS = st.none() | st.integers(0, 99)
TABLES = st.builds(
    TableSetting,
    TEXT.filter(lambda what: what != RESPONSE_RATES),
    TEXT,
    TEXT,
    LISTS,
    by=TEXT,
    stub=TEXT,
    frame=TEXT,
    rows=VALUES,
    columns=VALUES,
    total=st.booleans(),
    low=LIMITS,
    suppress=LIMITS,
)
SETTINGS = st.builds(
    Settings,
    title=TEXT,
    note=TEXT,
    respondents=TEXT,
    model=TEXT,
    allow_download=st.booleans(),
    hide_until_first_choice=st.booleans(),
    keep_suggested_words=st.booleans(),
    same_words=st.booleans(),
    csv_for_excel=st.booleans(),
    retain_until=st.one_of(st.just(""), st.dates().map(str)),
    non_responses=st.lists(TEXT, max_size=4).map(tuple),
    private=LISTS,
    tables=st.lists(TABLES, max_size=2).map(tuple),
)


def read(folder: Path, text: str) -> Settings:
    """Read settings from a file with this text."""
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_settings(path)


@given(settings=SETTINGS)
def test_what_is_written_is_read_back(settings: Settings) -> None:
    """Whatever the texts: quotes, line ends, control characters, any script."""
    with TemporaryDirectory() as folder:
        assert read(Path(folder), write_settings(settings)) == settings


@given(text=st.text(string.printable, max_size=60))
def test_any_text_gives_settings_or_an_error_in_words(text: str) -> None:
    """No text at all leads to an error of another kind."""
    with TemporaryDirectory() as folder, suppress(CoderError):
        assert isinstance(read(Path(folder), text), Settings)


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    """What is not said has its default; the title is the folder's name."""
    assert read(tmp_path, "") == Settings(tmp_path.name)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """A file saved by any editor of any system is read."""
    assert read(tmp_path, '\ufefftitle = "A"\r\nnote = "B"\r\n') == Settings("A", note="B")


def test_a_table_with_numbers(tmp_path: Path) -> None:
    """A table's number may be written without quotes."""
    text = '[[table]]\nnumber = 20\nquestion = "Q15"\ntitle = "Proud"\nnotes = ["One."]\n'
    assert read(tmp_path, text).tables == (TableSetting("Q15", "20", "Proud", ("One.",)),)


MISTAKES = {
    "not TOML": ('title = "A"\nnote = B', r"line 2", "double quotes"),
    "an open text": ('title = "A', r"end of document|line 1", "double quotes"),
    "a misspelt key": ('titel = "A"', "no setting 'titel'", "'title'"),
    "an unknown key": ("zzzz = 1", "no setting 'zzzz'", "Known are: title"),
    "a number for a text": ("title = 3", "title is 3", "a text in quotes"),
    "a text for a switch": ('allow_download = "yes"', "allow_download is 'yes'", "true or false"),
    "a text for a list": ('non_responses = "n/a"', "non_responses is 'n/a'", "a list of texts"),
    "a list of numbers": ("non_responses = [0]", r"non_responses is \[0\]", "a list of texts"),
    "a table of nothing": ('[[table]]\ntitle = "A"', "block 1 does not say what it counts", "what ="),
    "a table's misspelt key": ('[[table]]\nquestions = "Q1"', "no setting 'questions'", "'question'"),
    "a table that is no block": ("table = 3", "table is 3", r"[[table]]"),
    "a list of no blocks": ("table = [3]", r"table is \[3\]", r"[[table]]"),
    "brackets without end": ("title = " + "[" * 20_000, "recursion", "double quotes"),
    "digits without end": ("title = " + "9" * 10_000, "digits", "double quotes"),
    "a table's limit below none": ('[[table]]\nwhat = "Q1"\nlow = -1', "block 1: low is -1", "0 (for none)"),
    "a table's limit in quotes": (
        '[[table]]\nwhat = "Q1"\nsuppress = "5"',
        "suppress is '5'",
        "a whole number",
    ),
    "rates of nobody": ('[[table]]\nwhat = "responses"\nby = "region"', "lacks frame", "frame.csv"),
    "a join of nothing": (
        '[[table]]\nwhat = "q1"\njoin = ["a"]',
        r"join is \['a'\]",
        "names with the values",
    ),
    "a join of one": ('[[table]]\nwhat = "q1"\njoin = { A = "a" }', "join.A is 'a'", "a list of texts"),
    "notes that are no list": ('[[table]]\nquestion = "Q1"\nnotes = "One."', "notes is 'One.'", "a list"),
}


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """The message says what and where, the hint how it should be."""
    with pytest.raises(CoderError, match=message) as caught:
        read(tmp_path, text)
    assert hint in caught.value.hint


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding is named."""
    (tmp_path / "study.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(CoderError, match="utf-8"):
        read_settings(tmp_path / "study.toml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in the file's place, and a file in the study's, are errors in words."""
    (tmp_path / "study.toml").mkdir()
    with pytest.raises(CoderError, match="cannot be read"):
        read_settings(tmp_path / "study.toml")
    (tmp_path / "survey.csv").write_text("")
    with pytest.raises(CoderError, match="is not a study"):
        read_settings(tmp_path / "survey.csv" / "study.toml")


def test_a_pipe_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    """A study from somebody else cannot have the program read for ever."""
    path = tmp_path / "study.toml"
    os.mkfifo(path)
    with pytest.raises(CoderError, match=r"study\.toml is not an ordinary file"):
        read_settings(path)
    path.unlink()
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CoderError, match=r"study\.toml has 1,024 MB; the limit is 1 MB"):
        read_settings(path)


def test_a_folder_without_the_file_is_no_study(tmp_path: Path) -> None:
    """The hint has the commands that make a study."""
    with pytest.raises(CoderError, match="is not a study") as caught:
        read_settings(tmp_path / "study.toml")
    assert "coder demo" in caught.value.hint
