"""Folders that appear whole or not at all: filled under another name, and renamed when all is in them."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.shared.files_out import refuse_unfit_name
from coder.formats.shared.leftovers import sweep_folders, unfinished_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


@contextmanager
def whole_folder(folder: Path, contents: Collection[str]) -> Iterator[Path]:
    """Yield the path of a folder to make and fill; at the end it takes its name, with all that is in it.

    If anything fails it is deleted. What a killed program left of an earlier one is deleted before.

    Args:
        folder: The name it takes; nothing is there yet.
        contents: The names of the files that are put into it.

    Raises:
        CoderError: It cannot be made, or something has taken its name meanwhile.
    """
    refuse_unfit_name(folder)
    sweep_folders(folder, contents)
    unfinished = unfinished_path(folder)
    try:
        yield unfinished
        if os.path.lexists(folder):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        unfinished.rename(folder)
    except CoderError as error:
        # Whoever fills it names files in it by the name that it has so far.
        error.message, error.hint = (
            text.replace(str(unfinished), str(folder)) for text in (error.message, error.hint)
        )
        raise
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
