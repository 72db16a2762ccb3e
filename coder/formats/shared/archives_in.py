"""Zip archives from anywhere: refused if they unpack to too much, or to more than they say."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

MOST_UNPACKED = 2 * 2**30
"""Bytes of all files of an archive together."""
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
"""What reading a damaged archive raises."""
_CHUNK = 2**20
_COPY_AGAIN = "Copy or download it again, or save it anew in Excel."


def names_in(path: Path, content: bytes) -> list[str]:
    """Return the names of the files of an archive that is whole and of a likely size.

    Raises:
        CoderError: It is damaged, unpacks to too much, or holds a file larger than it says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
            unpacked = sum(file.file_size for file in files)
            if unpacked > MOST_UNPACKED:
                raise _unpacks_to_much(path, unpacked)
            for file in files:
                _refuse_larger(path, archive, file)
            return [file.filename for file in files]
    except (*DAMAGES, NotImplementedError):
        msg = f"{path.name} is damaged: it begins like a workbook and cannot be unpacked."
        raise CoderError(msg, _COPY_AGAIN) from None


def _unpacks_to_much(path: Path, unpacked: int) -> CoderError:
    msg = f"{path.name} unpacks to {unpacked / 2**30:,.1f} GB; the limit is {MOST_UNPACKED / 2**30:g} GB."
    return CoderError(msg, "Is it the right file? Export the table as CSV UTF-8.")


def _refuse_larger(path: Path, archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> None:
    """Raise CoderError if a file of an archive is larger than the archive says."""
    stated, file.file_size = file.file_size, MOST_UNPACKED
    unpacked = 0
    # Whether what is damaged or needs a password can do without is for whoever reads the workbook to say.
    with suppress(*DAMAGES, RuntimeError), archive.open(file) as stream:
        while unpacked <= stated and (chunk := stream.read(_CHUNK)):
            unpacked += len(chunk)
    if unpacked > stated:
        msg = f"{path.name} is damaged: a part of it is larger than it says."
        raise CoderError(msg, _COPY_AGAIN)
