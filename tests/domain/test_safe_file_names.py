"""Names of files that are made of what people wrote: each system can have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.path_names import fit_name, unfit_for_windows

DEVICES = ("con", "PRN", "aux", "NUL", "COM1", "lpt9", "COM²", "CONIN$", "nul.tar.gz", "Aux .txt")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Table 20: themes", "Table 20- themes"), ("a/b\\c", "a-b-c"), ('what <"why">?', "what -why"),
        ("ends in dots...", "ends in dots"), ("...", "table"), ("", "table"), (" \t\n", "table"),
        ("con", "_con"), ("NUL.csv", "_NUL.csv"), ("COM10", "COM10"), ("console", "console"),
        ("Öl 油", "Öl 油"),
        (".hidden", "hidden"), ("x" * 300, "x" * 120), ("\ud800", "table"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_a_text(text: str, name: str) -> None:
    """What no name may hold is taken out, devices of Windows get another name, and it is never empty."""
    assert fit_name(text, "table") == name


@given(
    st.one_of(
        st.text(), st.text(alphabet='. -<>:"/\\|?*\0\x1fCONaux1', max_size=12), st.sampled_from(DEVICES)
    )
)
def test_every_text_gives_a_name_that_windows_can_have(text: str) -> None:
    """By the rules that Microsoft states for names of files, whatever the text was; with a suffix too."""
    name = fit_name(text, "table")
    for full_name in (name, f"{name}.csv", f"{name}-2"):
        stem = full_name.split(".")[0].rstrip(" ").upper()
        assert full_name
        assert full_name == full_name.rstrip(" .")
        assert not set(full_name) & set('<>:"/\\|?*\x7f')
        assert all(character >= " " for character in full_name)
        assert stem not in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
        assert not (stem[:3] in {"COM", "LPT"} and stem[3:] in set("0123456789¹²³"))
        assert len(full_name.encode()) <= 255
        assert unfit_for_windows(Path(full_name)) is None


@pytest.mark.parametrize("name", [*DEVICES, "a:b.csv", "what?.csv", "report. ", "report.", "tab\there"])
def test_what_windows_cannot_have_is_told(name: str) -> None:
    """Devices, signs that mean something else there, and ends that are cut off."""
    assert unfit_for_windows(Path("folder") / name)


@pytest.mark.parametrize("name", [".", "..", "/", "a/b.csv", "nullify", "Öl.txt"])
def test_ordinary_names_are_no_fault(name: str) -> None:
    """The folder one is in, the one above, and every ordinary name."""
    assert unfit_for_windows(Path(name)) is None
