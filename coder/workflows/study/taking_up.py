"""Going on with codebook.yaml as people have edited it, where that concerns no codings."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.store import codebook_versions
from coder.workflows.study.codebook_file import catch_file_up, edited_source, file_text, in_use

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def take_up(study: Study, coder_id: str) -> None:
    """Go on with codebook.yaml as it was edited, unless the edits concern codings: then they wait.

    Where the study can only be read, any edits wait. While the file has faults or is missing, the version
    in use stays, and `study.file_fault` says why.
    """
    if study.read_only:
        _look_at_file(study)
        return
    # A file that cannot be written yet is no reason not to code; whoever revised was told.
    with suppress(CoderError):
        catch_file_up(study)
    study.edits_wait, study.file_fault = False, None
    latest = in_use(study)
    try:
        source = edited_source(study, latest)
    except CoderError as fault:
        study.file_fault, source = fault, None
    if source is not None:
        # Not at the top: most often nothing was edited, and the first paint can do without revisions.
        from coder.workflows.study.codebook_edits import take_up_edits

        take_up_edits(study, source, coder_id)
        latest = in_use(study)
    study.go_on_with(latest)


def _look_at_file(study: Study) -> None:
    """Go on with the version in use, and note whether codebook.yaml is that version."""
    latest = in_use(study)
    study.edits_wait = True
    with suppress(CoderError):
        study.edits_wait = codebook_versions.source_hash(file_text(study)) != latest.hash
    study.go_on_with(latest)
