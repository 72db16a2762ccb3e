"""Commands in messages can be pasted into the shell that people have."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.surveys.doubt_ways import ways_to_settle
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.texts import shell_quoting
from coder.domain.texts.shell_quoting import joined, quoted, unquoted

NAMES = st.text(st.sampled_from("aé \\'\"$%,;=-"), max_size=8)
ON_WINDOWS = {
    "Q1": "Q1",
    "Q1.2_other": "Q1.2_other",
    "": '""',
    "What else?": '"What else?"',
    "a,b": '"a,b"',
    "Don't know": '"Don\'t know"',
    "costs $5": "'costs $5'",
    "it's 5%": "'it''s 5%'",
    'NAME="a, b",c': "'NAME=\\\"a, b\\\",c'",
    "C:\\my answers\\": "'C:\\my answers\\\\'",
}


@pytest.fixture
def _on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell_quoting, "_ON_WINDOWS", True)


@pytest.mark.usefixtures("_on_windows")
@pytest.mark.parametrize(("argument", "typed"), ON_WINDOWS.items())
def test_as_powershell_has_it(argument: str, typed: str) -> None:
    """In double quotes where these are safe, in single ones where a sign would be more than that."""
    assert quoted(argument) == typed
    assert joined(["coder", argument]) == f"coder {typed}"


@given(NAMES)
def test_elsewhere_as_posix_has_it(name: str) -> None:
    """The shell gives the program what was quoted."""
    assert shlex.split(joined(["--id", name])) == ["--id", name]


@pytest.mark.parametrize("on_windows", [True, False])
@given(name=NAMES)
def test_what_was_quoted_comes_back(on_windows: bool, name: str) -> None:
    """A name that a remedy prints is the one that is taken when the remedy is chosen on screen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shell_quoting, "_ON_WINDOWS", on_windows)
        assert unquoted(quoted(name)) == name
        [way] = ways_to_settle(Doubt("ids", "?", f"--id {quoted(name or 'a')} if that is right"))
        assert way.options == (("id", name or "a"),)
        assert way.text == "if that is right"
