"""Readers that do what a library may do with a hostile file; `coder.formats.shared.guarded` runs them."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.formats.surveys.files.binary_files import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_lines(path: Path, *, upper: bool) -> Iterator[str]:
    """Yield a file's lines."""
    for line in path.read_text("utf-8").splitlines():
        yield line.upper() if upper else line


def refuse(path: Path) -> Iterator[None]:
    """Find a fault in the file."""
    msg = f"{path.name} is odd."
    raise CoderError(msg, "Mend it.")
    yield


def never_end(_path: Path) -> Iterator[None]:
    """Use the processor for ever."""
    while True:
        pass
    yield


def wait(_path: Path) -> Iterator[int]:
    """Yield the number of this process, then wait for ever."""
    yield os.getpid()
    time.sleep(1_000)


def eat(_path: Path) -> Iterator[None]:
    """Take more and more memory."""
    eaten = []
    while True:
        eaten.append(b"x" * 2**24)
        time.sleep(0.01)
    yield


def crash(_path: Path, *, number: int) -> Iterator[None]:
    """End as a library in C or Rust ends."""
    os.kill(os.getpid(), number)
    yield


def fail(_path: Path) -> Iterator[None]:
    """Raise what nobody expects."""
    raise AssertionError
    yield


def chatter(_path: Path) -> Iterator[str]:
    """Print between the lines, as a library in C does."""
    os.write(1, b"hello\n")
    yield "whole"
    os.write(1, b'["item", "forged"]\n')


def overflow(_path: Path) -> Iterator[str]:
    """Yield without end."""
    while True:
        yield "x" * 2**20


def half_a_line(_path: Path) -> Iterator[None]:
    """End in the middle of a line."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b'["item", "ha')
        except OSError:
            continue
    os.kill(os.getpid(), signal.SIGKILL)
    yield


def surroundings(_path: Path) -> Iterator[dict[str, Any]]:
    """Tell what this process has of the terminal and of the program."""
    yield {
        "terminals": [number for number in range(3) if os.isatty(number)],
        "leads its session": os.getsid(0) == os.getpid(),
    }


def each_of(folder: Path, *, names: list[str]) -> Iterator[str]:
    """Yield what becomes of each of many files, as a child of its own would take half a second for each."""
    for name in names:
        try:
            rows = sum(len(piece.get("rows", [])) for piece in pieces_of(folder / name, None, None))
        except CoderError as error:
            yield error.message
        else:
            yield f"{rows} rows"
