"""What respondents and coders wrote, on a terminal: shown, never acted upon; in files and pipes as it is."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.study_settings import Settings
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
"""Renames the window, wipes the screen, turns it red by one byte, and reverses what follows."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a study in which everything that people name holds escape sequences."""
    codebook = Codebook((Theme("pay", f"Pay{ESCAPES}", f"Money{ESCAPES}"),), title=f"Book{ESCAPES}")
    texts = ((f"Too low{ESCAPES}",), (f"Beds{ESCAPES}",))
    settings = Settings(f"Study{ESCAPES}", note=f"Note{ESCAPES}", respondents=f"people{ESCAPES}")
    study = small_study(tmp_path / "study", codebook=codebook, texts=texts, settings=settings)
    for number in (1, 2):
        CodingSession(study, f"jo{ESCAPES}").toggle(number, "pay")
    study.close()
    return tmp_path / "study"


def on_terminal(*arguments: object, cwd: Path) -> tuple[int, bytes]:
    """Run the program with stdout and stderr on a terminal; return its exit code and what arrives there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "coder", *map(str, arguments)]
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, cwd=cwd)
    os.close(theirs)
    arrived = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            # The program has ended, and with it the other side.
            break
        arrived += piece
    os.close(ours)
    return program.wait(timeout=60), arrived


def acted_upon(arrived: bytes) -> set[str]:
    """Return the characters that a terminal acts upon, but for line ends and a wiped line of progress."""
    text = arrived.decode().replace("\r\x1b[K", "").replace("\r\n", "\n")
    return {letter for letter in text if letter < " " and letter != "\n"} | (set(text) & set("\x9b\u202e"))


COMMANDS = (
    "codings export {}",
    "codings export {} --format json",
    "codings export {} --format matrix --excel",
    "codings export {} --out /dev/stdout",
    "tables {}",
    "tables {} --format csv",
    "tables {} --format md",
    "tables {} --format html --coder jo" + ESCAPES,
    "quotes {} --format md",
    "codebook export {}",
    "codebook export {} --format csv",
    "codebook history {} --format json",
    "codebook plan {} --rename pay=P" + ESCAPES,
    "check {}",
    "tables {} --question Q9" + ESCAPES,
    "tables {} " + ESCAPES,
    "tables {} --low " + ESCAPES,
    ESCAPES,
)


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_nothing_reaches_the_terminal_alive(folder: Path, command: str) -> None:
    """No command, whatever its format or its fault, prints what a terminal acts upon."""
    _, arrived = on_terminal(*command.format(folder).split(" "), cwd=folder.parent)
    assert arrived
    assert acted_upon(arrived) == set()


def _timeless(content: bytes) -> bytes:
    """Return a file's content without the time at which it was made."""
    return re.sub(rb"T\d\d:\d\d:\d\d", b"", content)


@pytest.mark.parametrize("command", ["codings export {}", "tables {} --format csv", "quotes {} --format csv"])
def test_a_pipe_and_a_file_get_every_byte(folder: Path, command: str) -> None:
    """Other programs get what people wrote, escape sequences included: the same in a pipe and a file."""
    arguments = [sys.executable, "-m", "coder", *command.format(folder).split(" ")]
    piped = subprocess.run(arguments, capture_output=True, check=True, cwd=folder.parent).stdout
    assert ESCAPES[:10].encode() in piped
    subprocess.run([*arguments, "--out", "out.csv"], check=True, cwd=folder.parent, capture_output=True)
    assert _timeless((folder.parent / "out.csv").read_bytes()) == _timeless(piped)


@pytest.mark.parametrize(
    "command", ["tables {} --format md", "quotes {} --format md", "quotes {} --format html"]
)
def test_a_document_holds_nothing_that_acts(folder: Path, command: str) -> None:
    """Documents are for people, who may print them on a terminal: control characters are shown there."""
    arguments = [sys.executable, "-m", "coder", *command.format(folder).split(" ")]
    piped = subprocess.run(arguments, capture_output=True, check=True, cwd=folder.parent).stdout
    assert acted_upon(piped) == set()
    assert "\N{REPLACEMENT CHARACTER}".encode() in piped


def test_a_file_that_is_no_text(folder: Path) -> None:
    """A workbook is not printed on a terminal: it says how to name a file."""
    code, arrived = on_terminal("tables", folder, "--format", "xlsx", cwd=folder.parent)
    assert code == 1
    assert b"Name a file" in arrived
