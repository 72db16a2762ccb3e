"""The codebook of a study, or one in a file, in the format that somebody else needs."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

from coder.domain.log_moments import moment_of
from coder.formats.codebooks.reading import YAML_SUFFIXES, read_any_codebook
from coder.formats.codebooks.writing import codebook_as
from coder.formats.shared.text_in import read_utf8
from coder.store.codebook_versions import latest_version, source_of
from coder.workflows.study.opening import is_study, open_study
from coder.workflows.study.study import CODEBOOK_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from coder.formats.codebooks.writing import CodebookKind


def export_codebook(source: Path, kind: CodebookKind, encoding: str | None = None) -> str | bytes:
    """Return a codebook in another format; see `coder.formats.codebooks.writing.codebook_as`.

    YAML that is asked for as YAML is given as it stands, comments and all; of a study it is the version
    in use, also where codebook.yaml is missing.

    Args:
        source: A study's folder, or a codebook file of any kind that can be read.
        kind: The format.
        encoding: Of a CSV or TSV file that is read; None: it is found out.

    Raises:
        CoderError: The codebook cannot be read, or the format has no room for it.
    """
    if is_study(source):
        return _export_of_study(source, kind)
    codebook = read_any_codebook(source, encoding)
    if kind == "yaml" and source.suffix.lower() in YAML_SUFFIXES:
        return read_utf8(source)
    written = dt.datetime.fromtimestamp(source.stat().st_mtime, dt.UTC).date()
    return codebook_as(kind, codebook, date=written)


def _export_of_study(folder: Path, kind: CodebookKind) -> str | bytes:
    has_file = (folder / CODEBOOK_FILE).is_file()
    with closing(open_study(folder, edits=has_file)) as study:
        version = latest_version(study.database)
        if version is None:
            return codebook_as(kind, study.codebook)
        if kind == "yaml":
            return source_of(study.database, version.number)
        date = moment_of(version.at).date()
        provenance = f"Version {version.number} of the codebook, {date.day} {date:%B %Y}."
        return codebook_as(kind, study.codebook, provenance=provenance, date=date)
