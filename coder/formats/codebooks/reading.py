"""Codebook files: check them and read them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook
from coder.errors import CoderError
from coder.formats.codebooks.imported import CodebookImport
from coder.formats.codebooks.markdown import parse_markdown
from coder.formats.codebooks.placed_themes import CodebookFault, in_file_order, rule_faults
from coder.formats.codebooks.refi_qda import import_qdc
from coder.formats.codebooks.theme_table import TABLE_SUFFIXES, import_theme_table
from coder.formats.codebooks.yaml.reader import CodebookReader
from coder.formats.shared.text_in import read_utf8

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.progress import Progress

YAML_SUFFIXES = (".yaml", ".yml")
CODEBOOK_SUFFIXES = (*YAML_SUFFIXES, *TABLE_SUFFIXES, ".md", ".qdc")


def check_codebook(text: str, name: str) -> list[CodebookFault]:
    """Return every fault of a codebook's text, in the order of the file; none means it can be used."""
    return _read(text, name)[1]


def parse_codebook(text: str, name: str) -> Codebook:
    """Read a codebook from its text.

    Args:
        text: The YAML.
        name: The file's name, for messages.

    Raises:
        CoderError: The text has faults; the message lists all of them with line and column.
    """
    codebook, faults = _read(text, name)
    if faults:
        hint = f"Mend {name}, then look again with 'coder codebook check'."
        raise CoderError("\n".join(map(str, faults)), hint)
    return codebook


def read_codebook(path: Path) -> Codebook:
    """Read a codebook from a YAML file.

    Raises:
        CoderError: The file cannot be read, is not UTF-8 or has faults.
    """
    return parse_codebook(read_utf8(path), path.name)


def read_any_codebook(path: Path, encoding: str | None = None) -> Codebook:
    """Read a codebook as `import_codebook` does, and drop the remarks."""
    return import_codebook(path, encoding=encoding).codebook


def import_codebook(
    path: Path, progress: Progress | None = None, encoding: str | None = None
) -> CodebookImport:
    """Read a codebook from a YAML file, a table of themes, Markdown or REFI-QDA, as the file's suffix says.

    Args:
        path: The file.
        progress: Called meanwhile; may raise CancelledError.
        encoding: Of a CSV or TSV file; None: it is found out.

    Returns:
        The codebook, and remarks on what of the file it does not hold.

    Raises:
        CoderError: The suffix is none of these, or the file cannot be read or has faults.
    """
    suffix = path.suffix.lower()
    if suffix in YAML_SUFFIXES:
        return CodebookImport(read_codebook(path))
    if suffix in TABLE_SUFFIXES:
        return import_theme_table(path, progress, encoding)
    if suffix == ".md":
        return CodebookImport(parse_markdown(read_utf8(path), path.name))
    if suffix == ".qdc":
        return import_qdc(path, progress)
    msg = f"{path.name} is not the name of a codebook."
    raise CoderError(msg, f"It must end in one of {', '.join(CODEBOOK_SUFFIXES)}.")


def _read(text: str, name: str) -> tuple[Codebook, list[CodebookFault]]:
    reader = CodebookReader()
    reader.read(text)
    fault_places = {fault.place for fault in reader.faults}
    further = [fault for fault in rule_faults(reader.themes) if fault.place not in fault_places]
    codebook = Codebook(tuple(placed.theme for placed in reader.themes), reader.title, reader.note)
    return codebook, [replace(fault, file_name=name) for fault in in_file_order([*reader.faults, *further])]
