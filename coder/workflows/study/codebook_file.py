"""The study's codebook.yaml beside the version in use: what people edited, and what a revision writes."""

from __future__ import annotations

import shlex
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.revising.decisions import redefined
from coder.domain.revising.revision_text import summary
from coder.domain.revising.revisions import Revision
from coder.domain.revising.version_differences import Difference, compare
from coder.domain.theme_fields import FIELD_NAMED
from coder.errors import CoderError
from coder.formats.shared.files_out import link_target, replace_file
from coder.formats.shared.text_in import read_utf8
from coder.store import codebook_versions, log
from coder.store.codebook_versions import Origin
from coder.workflows.study.revision_effects import forward

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.store.codebook_versions import CodebookVersion
    from coder.workflows.study.study import Study

EDITED = "codebook.yaml edited"
"""The reason noted for what was edited by hand."""
_PROMISED = "codebook.file"


def read_source(study: Study) -> str:
    """Return the text of codebook.yaml.

    Raises:
        CoderError: It is missing or cannot be read; or it lacks a revision, and is a link that nobody has
            agreed to write through.
    """
    _keep_promise(study)
    return _text(study)


def _text(study: Study) -> str:
    if not study.codebook_path.is_file():
        if target := link_target(study.codebook_path):
            msg = f"{study.codebook_path} is a link to {target}, which is no file."
            raise CoderError(msg, "Put the codebook back there, or into the study's folder.")
        msg = f"{study.codebook_path} is missing."
        command = shlex.join(
            ["coder", "codebook", "export", str(study.folder), "--out", str(study.codebook_path)]
        )
        raise CoderError(msg, f"Put it back, or write the version in use: {command}")
    return read_utf8(study.codebook_path)


def codebook_stamp(study: Study) -> int:
    """Return a number that changes when codebook.yaml is edited."""
    try:
        return study.codebook_path.stat().st_mtime_ns
    except OSError:
        return 0


def in_use(study: Study) -> CodebookVersion:
    """Return the version of the codebook in use."""
    latest = codebook_versions.latest_version(study.database)
    if latest is None:
        msg = f"{study.folder} has no codebook in its database."
        raise CoderError(msg, "Restore the study from a copy.")
    return latest


def codebook_now(study: Study) -> Codebook:
    """Return the codebook in use, also where another program has revised it since this one looked."""
    if codebook_versions.latest_number(study.database) == study.version:
        return study.codebook
    return in_use(study).codebook


def take_up(study: Study, coder_id: str) -> None:
    """Go on with codebook.yaml as it was edited, unless the edits concern codings: then they wait.

    Raises:
        CoderError: The file has faults or is missing; the codebook in use stays.
    """
    # A file that cannot be written yet is no reason not to code; whoever revised was told.
    with suppress(CoderError):
        _keep_promise(study)
    source, latest = _text(study), in_use(study)
    file_hash, promised = codebook_versions.source_hash(source), study.database.setting(_PROMISED)
    study.waiting = False
    if file_hash != latest.hash and file_hash.hex() != promised:
        revision = Revision(latest.codebook, parsed(study, source))
        # An edit of a file that lacks a revision, as its writing was cut short, would undo that unseen.
        study.waiting = bool(promised) or not _taken_up(study, revision, source, coder_id)
        latest = in_use(study)
    study.go_on_with(latest)


def _taken_up(study: Study, revision: Revision, source: str, coder_id: str) -> bool:
    """Take up edits that concern no codings; tell whether that could be done."""
    origin = Origin(log.utc_now(), coder_id, summary(revision), EDITED)
    with study.database.transaction():
        # Looked at in here, where nobody can code or revise meanwhile.
        overtaken = in_use(study).codebook != revision.old
        if overtaken or concerning(revision, codebook_versions.themes_in_use(study.database)):
            return False
        number = codebook_versions.add_version(study.database, revision.new, source, origin)
        changes = forward(study.database, revision).changes
        log.append_revision(study.database, number, origin.at, origin.label, changes)
    return True


def concerning(revision: Revision, uses: Mapping[str, int]) -> list[Difference]:
    """Return the differences that concern themes with codings: these need a plan.

    Args:
        revision: What was edited.
        uses: For each theme the codings that stand.
    """
    used = {theme_id for theme_id, times in uses.items() if times}
    for codebook in (revision.old, revision.new):
        used |= {net for theme_id in tuple(used) for net in codebook.ancestors(theme_id)}
    return [
        difference
        for difference in compare(revision.old, revision.new)
        if difference.theme_id in used and _concerns(difference, revision.old, revision.new)
    ]


def _concerns(difference: Difference, old_codebook: Codebook, new_codebook: Codebook) -> bool:
    if difference.kind != "changed":
        return difference.kind == "removed"
    old, new = old_codebook.by_id[difference.theme_id], new_codebook.by_id[difference.theme_id]
    field = FIELD_NAMED[difference.field]
    return field.recounts or (field.redefines != "never" and redefined(old, new))


def refuse_edits(study: Study) -> None:
    """Raise CoderError if codebook.yaml holds edits that are not in use."""
    if codebook_versions.source_hash(read_source(study)) != in_use(study).hash:
        msg = f"{study.codebook_path} has edits that are not in use yet."
        raise CoderError(msg, "Apply them (coder codebook plan shows what they do), or take them out first.")


def link_to_agree_on(study: Study) -> Path | None:
    """Return where codebook.yaml leads, if it is a link that nobody has agreed to write through."""
    return None if study.follows_link else link_target(study.codebook_path)


def is_behind_link(study: Study) -> bool:
    """Tell whether codebook.yaml is such a link, and lacks a revision."""
    return bool(study.database.setting(_PROMISED)) and link_to_agree_on(study) is not None


def refuse_link(study: Study) -> None:
    """Raise CoderError if codebook.yaml is a link that nobody has agreed to write through."""
    if target := link_to_agree_on(study):
        msg = f"{study.codebook_path} is a link: the codebook would be written to {target}."
        hint = "Agree to that: coder codebook apply --yes; or put the file itself into the folder."
        raise CoderError(msg, hint)


def promise(study: Study, old_source: str) -> None:
    """Note, inside a revision's transaction, that codebook.yaml is yet to be written.

    If the program ends before `keep_promise`, the next one that opens the study writes it.
    """
    study.database.set_setting(_PROMISED, codebook_versions.source_hash(old_source).hex())


def keep_promise(study: Study) -> None:
    """Write the version in use to codebook.yaml.

    Raises:
        CoderError: It cannot be written; the revision stands, and the file follows later.
    """
    source = codebook_versions.source_of(study.database, in_use(study).number)
    try:
        refuse_link(study)
        replace_file(link_target(study.codebook_path) or study.codebook_path, source)
    except CoderError as error:
        msg = f"The revision is saved in the study, but not in its file: {error.message}"
        raise CoderError(msg, "It is written when the study is next opened and the file can be.") from None
    with study.database.transaction():
        study.database.set_setting(_PROMISED, "")


def _keep_promise(study: Study) -> None:
    """Write what a program that ended too early has left unwritten, unless the file was edited since."""
    promised = study.database.setting(_PROMISED)
    if not promised:
        return
    refuse_link(study)
    file_text = read_utf8(study.codebook_path) if study.codebook_path.is_file() else ""
    if codebook_versions.source_hash(file_text).hex() == promised or not file_text:
        keep_promise(study)


def parsed(study: Study, source: str) -> Codebook:
    """Return the codebook that a text of codebook.yaml says; raise CoderError if it has faults."""
    from coder.formats.codebooks.reading import parse_codebook

    return parse_codebook(source, str(study.codebook_path))
