"""What kind of file this is, by its content rather than its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.errors import CoderError
from coder.formats.shared.archives_in import names_in
from coder.formats.surveys.files.foreign_files import SAVE_AS, ForeignFile, foreign_archive, foreign_file

if TYPE_CHECKING:
    from pathlib import Path

SurveyFileKind = Literal["text", "workbook", "spss"]

SUFFIXES: dict[SurveyFileKind, tuple[str, ...]] = {
    "text": (".csv", ".tsv", ".txt"),
    "workbook": (".xlsx", ".xlsm", ".xls", ".ods"),
    "spss": (".sav", ".zsav"),
}
"""How the names of survey files end; what they hold decides how they are read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""A table may well begin with the column PK."""
SPSS_BEGINNINGS = (b"$FL2", b"$FL3")


def needs_guard(start: bytes) -> bool:
    """Tell by its first bytes whether a file is for a library that had better read it in another process."""
    return start.startswith((*SPSS_BEGINNINGS, *_ZIP, _OLE))


def kind_of(path: Path, content: bytes) -> SurveyFileKind:
    """Tell text from workbook from SPSS file.

    Raises:
        CoderError: It is something else, damaged, or protected by a password.
    """
    if not content.strip():
        msg = f"{path.name} is empty."
        raise CoderError(msg, "Export the survey again, or choose another file.")
    if content.startswith(SPSS_BEGINNINGS):
        return "spss"
    if content.startswith(_ZIP):
        return _kind_of_zip(path, content)
    if content.startswith(_OLE):
        return _kind_of_ole(path, content)
    foreign = foreign_file(content)
    if foreign:
        raise _not_a_table(path, foreign)
    return "text"


def _not_a_table(path: Path, foreign: ForeignFile) -> CoderError:
    return CoderError(f"{path.name} is {foreign.description}, not a table of answers.", foreign.hint)


def misnamed(path: Path, kind: SurveyFileKind) -> bool:
    """Tell whether a file's name says that it is of another kind."""
    return any(
        path.suffix.casefold() in suffixes for other_kind, suffixes in SUFFIXES.items() if other_kind != kind
    )


def password_needed(path: Path) -> CoderError:
    """Return the error for a workbook that needs a password."""
    return CoderError(
        f"{path.name} is protected by a password.",
        "Remove the password in Excel (File > Info > Protect Workbook) and save again.",
    )


def _kind_of_zip(path: Path, content: bytes) -> SurveyFileKind:
    names = names_in(path, content)
    if b"opendocument.text" in content[:200]:
        raise _not_a_table(path, ForeignFile("a text document", SAVE_AS))
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "workbook"
    raise _not_a_table(path, foreign_archive(names))


def _kind_of_ole(path: Path, content: bytes) -> SurveyFileKind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise password_needed(path)
    if "WordDocument".encode("utf-16-le") in content:
        raise _not_a_table(path, ForeignFile("a Word document", SAVE_AS))
    return "workbook"
