"""Edits of codebook.yaml by hand: taken up at once where they concern no codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.revising.decisions import differences_to_plan
from coder.domain.revising.revision_text import summary
from coder.domain.revising.revisions import Revision
from coder.errors import CoderError
from coder.store import codebook_versions, log
from coder.store.codebook_versions import VersionOrigin
from coder.store.team.round_rows import is_codebook_fixed
from coder.workflows.study.codebook_file import EDITED, in_use, lacks_revision, parsed_codebook
from coder.workflows.study.revision_effects import effect_of

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def take_up_edits(study: Study, source: str, coder_id: str) -> None:
    """Take up a text of codebook.yaml, unless its edits concern codings: then they wait.

    While it has faults the version in use stays, and `study.file_fault` says why.
    """
    try:
        revision = Revision(in_use(study).codebook, parsed_codebook(study, source))
    except CoderError as fault:
        study.file_fault = fault
        return
    # An edit of a file that lacks a revision, as its writing was cut short, would undo that unseen.
    study.edits_wait = lacks_revision(study) or not _taken_up(study, revision, source, coder_id)


def _taken_up(study: Study, revision: Revision, source: str, coder_id: str) -> bool:
    """Take up edits that concern no codings; tell whether that could be done."""
    origin = VersionOrigin(log.utc_now(), coder_id, summary(revision), EDITED)
    with study.database.transaction():
        # Looked at in here, where nobody can code or revise meanwhile.
        overtaken = in_use(study).codebook != revision.old
        uses = codebook_versions.themes_in_use(study.database)
        # The codebook of a blind round stays as it began, whoever has edited the file.
        if overtaken or is_codebook_fixed(study.database) or differences_to_plan(revision, uses):
            return False
        number = codebook_versions.add_version(study.database, revision.new, source, origin)
        changes = effect_of(study.database, revision).changes
        log.append_revision(study.database, number, origin.at, origin.label, changes)
    return True
