"""The study's codebook.yaml beside the version in use: what people edited, and what a revision writes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.path_names import on_one_line
from coder.domain.texts.shell_quoting import joined
from coder.errors import BusyError, CoderError
from coder.formats.shared.files_out import link_target, replace_file
from coder.formats.shared.text_in import read_utf8
from coder.store import codebook_versions
from coder.store.database import refuse_changes

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.store.codebook_versions import CodebookVersion
    from coder.workflows.study.study import Study

EDITED = "codebook.yaml edited"
"""The reason noted for what was edited by hand."""
_BEHIND = "codebook.file"
"""The setting that is not empty while codebook.yaml lacks a revision: the hash of the text it has."""
_NOTE_SECONDS = 0.5
"""How long it is tried to note that codebook.yaml has all."""


def read_source(study: Study) -> str:
    """Return the text of codebook.yaml.

    Raises:
        CoderError: It is missing or cannot be read; or it lacks a revision, and is a link that nobody has
            agreed to write through.
    """
    catch_file_up(study)
    return file_text(study)


def file_text(study: Study) -> str:
    """Return the text of codebook.yaml as it is; raise CoderError if it is missing or cannot be read."""
    if not study.codebook_path.is_file():
        if target := link_target(study.codebook_path):
            msg = f"{study.codebook_path} is a link to {on_one_line(target)}, which is no file."
            raise CoderError(msg, "Put the codebook back there, or into the study's folder.")
        msg = f"{study.codebook_path} is missing."
        command = joined(
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


def edited_source(study: Study, latest: CodebookVersion) -> str | None:
    """Return the text of codebook.yaml if it was edited since a version; None if it is that version.

    Raises:
        CoderError: The file is missing or cannot be read.
    """
    source = file_text(study)
    file_hash = codebook_versions.source_hash(source)
    is_known = file_hash == latest.hash or file_hash.hex() == study.database.setting(_BEHIND)
    return None if is_known else source


def lacks_revision(study: Study) -> bool:
    """Tell whether codebook.yaml lacks a revision, as its writing was cut short."""
    return bool(study.database.setting(_BEHIND))


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
    return lacks_revision(study) and link_to_agree_on(study) is not None


def refuse_link(study: Study) -> None:
    """Raise CoderError if codebook.yaml is a link that nobody has agreed to write through."""
    if target := link_to_agree_on(study):
        msg = f"{study.codebook_path} is a link: the codebook would be written to {on_one_line(target)}."
        hint = "Agree to that: coder codebook apply --yes; or put the file itself into the folder."
        raise CoderError(msg, hint)


def note_file_behind(study: Study, old_source: str) -> None:
    """Note, inside a revision's transaction, that codebook.yaml is yet to be written.

    Should the program end before `write_codebook_file`, the next one that opens the study writes it.
    """
    study.database.set_setting(_BEHIND, codebook_versions.source_hash(old_source).hex())


def write_codebook_file(study: Study) -> None:
    """Write the version in use to codebook.yaml.

    Raises:
        CoderError: It cannot be written; the revision stands, and the file follows later.
        ReadOnlyError: The study can only be read.
    """
    refuse_changes(study.database)
    source = codebook_versions.source_of(study.database, in_use(study).number)
    try:
        refuse_link(study)
        replace_file(link_target(study.codebook_path) or study.codebook_path, source)
    except CoderError as error:
        msg = f"The revision is saved in the study, but not in its file: {error.message}"
        raise CoderError(msg, "It is written when the study is next opened and the file can be.") from None
    _note_file_written(study)


def _note_file_written(study: Study) -> None:
    # All is done: while another program is writing, this may wait until the study is next opened.
    with suppress(BusyError), study.database.transaction(patience=_NOTE_SECONDS):
        study.database.set_setting(_BEHIND, "")


def catch_file_up(study: Study) -> None:
    """Write what a program that ended too early has left unwritten, unless the file was edited since."""
    behind_hash = study.database.setting(_BEHIND)
    if not behind_hash:
        return
    refuse_link(study)
    file_text = read_utf8(study.codebook_path) if study.codebook_path.is_file() else ""
    file_hash = codebook_versions.source_hash(file_text)
    if file_hash.hex() == behind_hash or not file_text:
        write_codebook_file(study)
    elif file_hash == in_use(study).hash:
        _note_file_written(study)


def parsed_codebook(study: Study, source: str) -> Codebook:
    """Return the codebook that a text of codebook.yaml says; raise CoderError if it has faults."""
    from coder.formats.codebooks.reading import parse_codebook

    return parse_codebook(source, str(study.codebook_path))
