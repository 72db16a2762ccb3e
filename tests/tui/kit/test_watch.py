"""What the watch tells of others' work on a study, and what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making import small_study

from coder.tui.kit.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study


def edit(study: Study, comment: str) -> None:
    """Add a comment to codebook.yaml."""
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(f"{text}# {comment}\n", encoding="utf-8")


def test_only_edits_after_the_codebook_was_known_are_told(tmp_path: Path) -> None:
    """An edit is told once; one that is said to be known is not told, and the next one is."""
    study = small_study(tmp_path / "study")
    watch = Watch(study)
    assert not watch.codebook_edited()
    edit(study, "one")
    assert watch.codebook_edited()
    assert not watch.codebook_edited()
    edit(study, "two")
    watch.codebook_is_known()
    assert not watch.codebook_edited()
    edit(study, "three")
    assert watch.codebook_edited()
    study.close()
