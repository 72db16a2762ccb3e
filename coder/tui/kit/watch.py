"""Has anybody else written to the study, or edited its codebook, while it was open?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import BusyError
from coder.workflows.study.codebook_file import codebook_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.workflows.study.study import Study

_UNKNOWN = -1
"""A stamp that no file has."""


class Watch:
    """Remembers how study and codebook were when last looked at.

    Args:
        study: The study.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._version = study.database.foreign_version()
        self._stamp = codebook_stamp(study)

    def study_changed(self) -> bool:
        """Tell whether another program has written to the database since this was last asked."""
        version = self._study.database.foreign_version()
        changed, self._version = version != self._version, version
        return changed

    def codebook_edited(self) -> bool:
        """Tell whether codebook.yaml is another file than when this was last asked, or was last known."""
        stamp = codebook_stamp(self._study)
        edited, self._stamp = stamp != self._stamp, stamp
        return edited

    def unless_busy(self, take_up: Callable[[], object]) -> None:
        """Take up an edit of codebook.yaml; if another program is writing to the study, look again later."""
        try:
            take_up()
        except BusyError:
            self._stamp = _UNKNOWN

    def codebook_is_known(self) -> None:
        """Take codebook.yaml as it is now for known: only edits from here on count."""
        self._stamp = codebook_stamp(self._study)
