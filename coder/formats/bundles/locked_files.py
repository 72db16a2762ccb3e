"""Bundles locked with a passphrase, in the format of the program age (age-encryption.org/v1).

What encrypts is the library pyrage; nothing of it is this program's own. The tool `age` opens such files too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_BEGINS = b"age-encryption.org/v1\n"
LEAST_SIGNS = 10
"""A passphrase has at least so many: whoever has the file can try as many as they have time for."""


def is_locked(path: Path) -> bool:
    """Tell whether a file is locked with a passphrase; what cannot be read is not."""
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except OSError:
        return False


def refuse_weak(passphrase: str) -> None:
    """Raise CoderError if a passphrase is too short."""
    if len(passphrase) < LEAST_SIGNS:
        msg = f"That passphrase has {len(passphrase)} signs: it is easily guessed."
        raise CoderError(msg, f"Take {LEAST_SIGNS} or more, best of all four or five words drawn at random.")


def locked(content: bytes, passphrase: str) -> bytes:
    """Return the content of a file that only a passphrase opens. It takes a second, by design."""
    from pyrage import passphrase as age

    refuse_weak(passphrase)
    return bytes(age.encrypt(content, passphrase))


def unlocked(path: Path, content: bytes, passphrase: str) -> bytes:
    """Return what a locked file holds; the content itself of one that is not locked.

    Args:
        path: The file, for messages.
        content: What stands in it.
        passphrase: What it was locked with; unused if it is not locked.

    Raises:
        CoderError: It is locked with another passphrase, or is damaged: which of the two nobody can tell.
    """
    if not content.startswith(_BEGINS):
        return content
    from pyrage import DecryptError
    from pyrage import passphrase as age

    if not passphrase:
        msg = f"{path} is locked with a passphrase."
        raise CoderError(msg, "Ask for it whoever made the file, best by telephone.")
    try:
        return bytes(age.decrypt(content, passphrase))
    except DecryptError:
        msg = f"{path} does not open: the passphrase is another one, or the file is damaged."
        raise CoderError(msg, "Try again; then ask for the file again. Nothing was taken from it.") from None
