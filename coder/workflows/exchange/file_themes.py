"""Which themes of the codebook the rows of a codings file mean, and what became of those in use no longer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.errors import CoderError
from coder.workflows.study.old_themes import lineage_of

if TYPE_CHECKING:
    from coder.domain.revising.theme_lineage import Lineage
    from coder.formats.codings.coding_files import CodingRow
    from coder.workflows.study.study import Study


class FileThemes:
    """Finds the themes that rows name, and counts those that stand for another today.

    Args:
        study: The study.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._themes: dict[tuple[str, str, str], str | CoderError] = {}
        self._lineage: Lineage | None = None
        self._merged: Counter[str] = Counter()

    def meant(self, row: CodingRow, question_id: str) -> str:
        """Return the id of the theme that a row means; of one that was merged, that into which it was.

        Raises:
            CoderError: The codebook has no such theme, it only groups others, or it was split.
        """
        key = (row.theme_id, row.theme, question_id)
        if key not in self._themes:
            self._themes[key] = self._look_up(*key)
        theme_id = self._themes[key]
        if isinstance(theme_id, CoderError):
            raise theme_id
        target = self.target(theme_id)
        if target != theme_id:
            self._merged[theme_id] += 1
        return target

    def target(self, theme_id: str) -> str:
        """Return the id of the theme as which a merged one goes on; raise CoderError if it was split."""
        theme = self._study.codebook.by_id.get(theme_id)
        if theme is not None and theme.status == "active":
            return theme_id
        target = self.lineage.merged_into.get(theme_id, theme_id)
        if target in self.lineage.split_into:
            parts = ", ".join(map(self._study.codebook.label, self.lineage.split_into[target]))
            msg = f"'{self._study.codebook.label(theme_id)}' was split into {parts}."
            raise CoderError(msg, "Name the part that it is.")
        return target

    @property
    def lineage(self) -> Lineage:
        """What became of themes in use no longer; worked out when it is first needed."""
        if self._lineage is None:
            self._lineage = lineage_of(self._study)
        return self._lineage

    def notes(self) -> list[str]:
        """Return what is to be told of themes that stand for others today."""
        label = self._study.codebook.label
        return [
            f"'{label(source)}' was merged into '{label(self.target(source))}':"
            f" {counted(number, 'row')} of the file went there."
            for source, number in self._merged.items()
        ]

    def _look_up(self, theme_id: str, label: str, question_id: str) -> str | CoderError:
        codebook = self._study.codebook
        if theme_id and theme_id not in codebook and theme_id in self.lineage.merged_into:
            return theme_id
        try:
            name = label.strip() or theme_id.strip()
            theme = codebook.by_id.get(theme_id) or codebook.find(name, question_id)
        except CoderError as error:
            return error
        if theme.status == "active" and not theme.codable:
            return CoderError(f"'{theme.label}' only groups other themes.", "Name one of those under it.")
        return theme.id
