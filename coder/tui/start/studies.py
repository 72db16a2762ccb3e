"""The studies of a folder, with how far each has come. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.tui.start.keys import KEYS
from coder.tui.start.rows import StartRow
from coder.workflows.study.nearby import is_read_only, progress_of, studies_in

if TYPE_CHECKING:
    from pathlib import Path

OFFERS = (
    StartRow("s", "The sample study", "71 invented councils, to try everything on", "sample"),
    StartRow("n", "New study", "from a survey file: CSV, TSV, Excel, ODS or SPSS", "new"),
    StartRow("o", "Open a study", "somewhere else, by its folder", "open"),
)
"""Ways to begin a study, below those that there are."""


class NearbyStudies:
    """The studies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._studies = studies_in(folder)
        self._progress: dict[Path, str] = {}

    def count_progress(self, coder_id: str) -> None:
        """Count how far a coder has come in each, which takes a while."""
        for study in self._studies:
            if study.fault:
                continue
            if is_read_only(study.folder):
                # To count it, all of it would have to be copied.
                self._progress[study.folder] = "read only"
                continue
            try:
                done, answers = progress_of(study.folder, coder_id)
            except CoderError as error:
                self._progress[study.folder] = error.message
            else:
                self._progress[study.folder] = f"{done:,} of {answers:,} answers done"

    def rows(self) -> list[StartRow]:
        """Return a row for each study, with what is known of it so far, and one for each way to begin."""
        rows = []
        for number, study in enumerate(self._studies, start=1):
            about = study.fault or self._progress.get(study.folder, "")
            key = f"{number}" if number <= KEYS else " "
            rows.append(StartRow(key, study.title, about, folder=study.folder))
        return [*rows, *OFFERS]

    def folder(self, number: int) -> Path | None:
        """Return the folder of a study of the list, counted from 1, if it has as many."""
        return self._studies[number - 1].folder if number <= len(self._studies) else None
