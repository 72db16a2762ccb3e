"""Taking the themes of another codebook's file into a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.revising.joining_codebooks import join_codebooks
from coder.domain.theme_guids import guid_of
from coder.formats.codebooks.reading import import_codebook
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study


def begin_import(study: Study, path: Path) -> tuple[Revision, tuple[str, ...]]:
    """Return the revision that takes a codebook's themes into a study's.

    Returns:
        The revision, with people's edits of codebook.yaml; and remarks on what of the file is not in it.

    Raises:
        CoderError: The file cannot be read, or does not go together with the study's codebook.
    """
    imported = import_codebook(path)
    revision = revising.begin(study)
    guids = {theme.id: guid_of(theme) for theme in revision.new}
    return join_codebooks(revision, imported.codebook, guids), imported.remarks
