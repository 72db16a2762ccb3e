"""Files that are no table of answers: what they are, and how to get a table from them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

SAVE_AS = "Open it in the program it comes from and save the table as .xlsx or as CSV UTF-8."
"""What to do with a file of most other programs."""
_AS_ROWS = "Make a table of it, one row an answer with columns for id and text, and save it as CSV UTF-8"
_UNPACK = "Unpack it and choose the file inside."


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file that cannot be imported."""

    description: str
    """What it is: "a PDF document"."""
    hint: str
    """What to do."""


_TO_CSV = "Export it there as CSV UTF-8, or save it for SPSS (.sav)."
_REFI = "Export the answers as a table, and the codebook as .qdc for --codebook."
_KINDS = (
    (rb"%PDF", "a PDF document", SAVE_AS),
    (rb"\{\\rtf", "a rich-text document", SAVE_AS),
    (rb"\x89PNG", "a picture (PNG)", SAVE_AS),
    (rb"\xff\xd8\xff", "a picture (JPEG)", SAVE_AS),
    (rb"GIF8", "a picture (GIF)", SAVE_AS),
    (rb"\x1f\x8b", "a gzip archive", _UNPACK),
    (rb"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (rb"Rar!", "a RAR archive", _UNPACK),
    (rb"BZh\d1AY", "a bzip2 archive", _UNPACK),
    (rb"SQLite format 3", "a SQLite database", SAVE_AS),
    (rb"\s*(?i:<!doctype html|<html|<table)", "a web page (HTML)", SAVE_AS),
    (rb"<stata_dta|[\x69-\x73][\x01\x02]\x01\x00", "a Stata data file", _TO_CSV),
    (rb"\x00{12}\xc2\xea\x81\x60", "a SAS data file", _TO_CSV),
    (rb"HEADER RECORD\*{7}LIBRARY", "a SAS transport file", _TO_CSV),
    (rb"(?s).{0,500}SPSS PORT FILE|(?:\* ){5}", "an SPSS portable file (.por)",
     "Open it in SPSS, or in PSPP (free), and save it as .sav: File > Save As."),
    (rb"PAR1", "a Parquet file", f"{_AS_ROWS}."),
    (rb"ARROW1", "an Arrow file", f"{_AS_ROWS}."),
    (rb"RD[XA][23]\n", "an R workspace", "In R: write.csv(answers, 'answers.csv', fileEncoding = 'UTF-8')."),
    (rb"(?s)\s*<\?xml.*<CodeBook", "a REFI-QDA codebook", "Give it as the codebook: --codebook FILE."),
    (rb"(?s)\s*<\?xml.*<Project\b.*(?i:qda)", "a REFI-QDA project", _REFI),
    (rb"(?s)\s*<\?xml.*office:spreadsheet", "an Excel sheet of 2003 (XML)", "Save it in Excel as .xlsx."),
    (rb"\s*(?i:<\?xml)", "an XML document", SAVE_AS),
)  # fmt: skip
"""How a file begins that is no table, what it is, and what to do."""
_IN_ZIP = (
    ("project.qde", "a REFI-QDA project (.qdpx)", _REFI),
    ("word/", "a Word document", SAVE_AS),
    ("ppt/", "a PowerPoint presentation", SAVE_AS),
    ("Index/", "a spreadsheet of Numbers", "In Numbers: File > Export To > CSV, with the encoding UTF-8."),
)
_START = 4_000
_MOST_JSON = 50 * 2**20
_BEGINS_JSON = re.compile(r'(?:\[\s*)*\{\s*"[^"\n]{0,200}"\s*:')
_LABELS = {"label", "labels", "cats", "entities", "Comments"}


def foreign_file(content: bytes) -> ForeignFile | None:
    """Tell what a file is that is no table; None if it may be one."""
    start = content[:_START].removeprefix(b"\xef\xbb\xbf")
    for beginning, description, hint in _KINDS:
        if re.match(beginning, start):
            return ForeignFile(description, hint)
    return _json_file(content) if start.lstrip().startswith((b"{", b"[")) else None


def foreign_archive(names: set[str] | list[str]) -> ForeignFile:
    """Tell by the names in it what a zip archive is that is no workbook."""
    for name, description, hint in _IN_ZIP:
        if any(entry == name or entry.startswith(name) for entry in names):
            return ForeignFile(description, hint)
    return ForeignFile("a zip archive", _UNPACK)


def _json_file(content: bytes) -> ForeignFile | None:
    """Tell whose JSON it is; None if it is none: a header may begin with a bracket."""
    text = content[:_MOST_JSON].decode("utf-8-sig", errors="replace").strip()
    entry = _parsed(text.partition("\n")[0])
    if isinstance(entry, dict) and "\n" in text:
        if "text" in entry and _LABELS & entry.keys():
            hint = f"In doccano, export the data set as CSV. Or: {_AS_ROWS[0].lower()}{_AS_ROWS[1:]}."
            return ForeignFile("JSON lines, as doccano writes them", hint)
        return ForeignFile("JSON lines, one object a line", f"{_AS_ROWS}.")
    whole = _parsed(text)
    if whole is None:
        return _broken_json(text) if _BEGINS_JSON.match(text) else None
    if isinstance(whole, dict) and "codings" in whole:
        return ForeignFile("JSON with codings", "Take them into a study: coder codings import STUDY FILE.")
    first = whole[0] if isinstance(whole, list) and whole else whole
    if isinstance(first, dict) and {"annotations", "data"} & first.keys():
        hint = "In Label Studio, export as CSV: its column with the text holds the answers."
        return ForeignFile("JSON, as Label Studio writes it", hint)
    return ForeignFile("JSON", f"{_AS_ROWS}; most survey tools export CSV as well.")


def _broken_json(text: str) -> ForeignFile:
    """Tell where JSON is damaged; of a very large file the beginning alone was read."""
    if len(text) * 4 >= _MOST_JSON:
        return ForeignFile("JSON", f"{_AS_ROWS}; most survey tools export CSV as well.")
    try:
        json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        breaks_off = getattr(error, "pos", 0) >= len(text) - 1 or "Unterminated" in str(error)
        fault = "breaks off" if breaks_off else "is damaged"
        hint = f"Export it again, as CSV if possible. Or: {_AS_ROWS[0].lower()}{_AS_ROWS[1:]}."
        return ForeignFile(f"JSON that {fault} in line {line:,}", hint)
    except RecursionError:
        pass
    return ForeignFile("JSON", f"{_AS_ROWS}; most survey tools export CSV as well.")


def _parsed(text: str) -> Any:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict | list) else None
