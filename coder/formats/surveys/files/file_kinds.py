"""What kind of file this is, by its content rather than its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.errors import CoderError
from coder.formats.shared.archives_in import names_in

if TYPE_CHECKING:
    from pathlib import Path

SurveyFileKind = Literal["text", "workbook", "spss"]

SUFFIXES: dict[SurveyFileKind, tuple[str, ...]] = {
    "text": (".csv", ".tsv", ".txt"),
    "workbook": (".xlsx", ".xlsm", ".xls", ".ods"),
    "spss": (".sav", ".zsav"),
}
"""How the names of survey files end; what they hold decides how they are read."""

_SAVE_AS = "Open it in the program it comes from and save the table as .xlsx or as CSV UTF-8."

_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<table", "a web page (HTML)"),
    (b"<?xml", "an XML document"),
    (b"<stata_dta", "a Stata data file"),
    (b"* * * * * ", "an SPSS portable file"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""A table may well begin with the column PK."""
_SPSS = (b"$FL2", b"$FL3")


def needs_guard(start: bytes) -> bool:
    """Tell by its first bytes whether a file is for a library that had better read it in another process."""
    return start.startswith((*_SPSS, *_ZIP, _OLE))


def kind_of(path: Path, content: bytes) -> SurveyFileKind:
    """Tell text from workbook from SPSS file.

    Raises:
        CoderError: It is something else, damaged, or protected by a password.
    """
    if not content.strip():
        msg = f"{path.name} is empty."
        raise CoderError(msg, "Export the survey again, or choose another file.")
    if content.startswith(_SPSS):
        return "spss"
    if content.startswith(_ZIP):
        return _kind_of_zip(path, content)
    if content.startswith(_OLE):
        return _kind_of_ole(path, content)
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for magic, description in _FOREIGN:
        if content.startswith(magic) or start.startswith(magic):
            raise _not_a_table(path, description, _SAVE_AS)
    return "text"


def _not_a_table(path: Path, description: str, hint: str) -> CoderError:
    return CoderError(f"{path.name} is {description}, not a table of answers.", hint)


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
        raise _not_a_table(path, "a text document", _SAVE_AS)
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "workbook"
    if any(name.startswith("word/") for name in names):
        raise _not_a_table(path, "a Word document", _SAVE_AS)
    raise _not_a_table(path, "a zip archive", "Unpack it and choose the file inside.")


def _kind_of_ole(path: Path, content: bytes) -> SurveyFileKind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise password_needed(path)
    if "WordDocument".encode("utf-16-le") in content:
        raise _not_a_table(path, "a Word document", _SAVE_AS)
    return "workbook"
