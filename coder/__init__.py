"""Turn open survey answers into numbers one can defend, on one's own machine.

import coder

study = coder.open("my-study")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.version import __version__

if TYPE_CHECKING:
    import os

    from coder.analysis import StudyFrames

__all__ = ["CoderError", "__version__", "open"]


def open(folder: str | os.PathLike[str] = ".") -> StudyFrames:  # noqa: A001  # read as coder.open
    """Open a study to have its answers, codings and tables as pandas frames.

    Raises:
        CoderError: No study there, or a fault in `study.toml` or `codebook.yaml`.
    """
    from coder.analysis import StudyFrames

    return StudyFrames(folder)
