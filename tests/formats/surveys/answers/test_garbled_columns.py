"""Garbled text in columns that are kept, and in others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.surveys.import_choices import ImportChoices
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path


def test_garbled_cells_count_where_they_are_kept(tmp_path: Path) -> None:
    """A column that is left out is not told of; one that is kept is, with the number of its cells."""
    path = tmp_path / "survey.csv"
    lines = [f"A{n},cafÃ© {n % 3},the answer number {n} is long enough to be read" for n in range(9)]
    path.write_text("\n".join(["id,place,q1", *lines, ""]), encoding="utf-8")
    raw = read_rows(path)
    kept = understand(raw, ImportChoices(open_columns=("q1",), attributes=("place",)))
    assert [doubt.message.split(" that")[0] for doubt in kept.doubts] == ["9 cells hold letters"]
    assert understand(raw, ImportChoices(open_columns=("q1",), attributes=("id",))).doubts == ()
