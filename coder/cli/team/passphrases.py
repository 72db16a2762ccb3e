"""Asking for the passphrase of a file: on the terminal, unseen; else the first line of the input."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.bundles.locked_files import is_locked, refuse_weak

if TYPE_CHECKING:
    from pathlib import Path


def new_passphrase() -> str:
    """Ask for a passphrase, on a terminal twice.

    Raises:
        CoderError: None is given, it is too short, or the second is another.
    """
    passphrase = _given("Passphrase for the file (nothing is shown): ")
    refuse_weak(passphrase)
    if sys.stdin.isatty() and _given("Once more: ") != passphrase:
        msg = "The two passphrases differ."
        raise CoderError(msg, "Nothing was written. Try again.")
    return passphrase


def passphrase_of(path: Path) -> str:
    """Ask for the passphrase of a locked file; empty if it is not locked."""
    return _given(f"Passphrase of {path.name}: ") if is_locked(path) else ""


def _given(question: str) -> str:
    if sys.stdin.isatty():
        return getpass(question)
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        msg = "There is no terminal on which to ask for the passphrase, and nothing came in."
        raise CoderError(msg, "Give it as the first line of the input.")
    return line
