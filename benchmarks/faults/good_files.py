"""Good files of every kind that the program reads, before they are mutated."""

from __future__ import annotations

import csv
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.faults.coded_study import CODEBOOK_TABLE, make_coded_study, write_inputs
from benchmarks.faults.programs import run_coder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RESPONSES, CODED = 40, 30
EXPORTED = ("yaml", "csv", "xlsx", "qdc", "md")


def write_good_files(folder: Path) -> None:
    """Write a coded study, and a file of each kind to be read.

    Raises:
        RuntimeError: The program does not export one of them.
    """
    write_inputs(folder, RESPONSES)
    make_coded_study(folder / "study", RESPONSES, CODED)
    with (folder / "survey.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    write_workbook(folder / "survey.xlsx", rows)
    _write_open_document(folder / "survey.ods", rows)
    _write_spss(folder / "survey.sav", rows)
    exports: list[tuple[str, ...]] = [
        ("codebook", "export", "study", "--out", f"book.{kind}") for kind in EXPORTED
    ]
    exports += [("codings", "export", "study", f"codings.{kind}") for kind in ("csv", "json")]
    for arguments in exports:
        if (ended := run_coder(arguments, folder)).code:
            message = f"coder {' '.join(arguments)}: {ended.stderr}"
            raise RuntimeError(message)
    (folder / CODEBOOK_TABLE).unlink()


def write_workbook(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write rows as an .xlsx file."""
    import xlsxwriter

    with closing(xlsxwriter.Workbook(path)) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _write_open_document(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Answers")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(path)


def _write_spss(path: Path, rows: Sequence[Sequence[str]]) -> None:
    import pandas
    import pyreadstat

    header, *cells = rows
    frame = pandas.DataFrame(cells, columns=list(header))
    pyreadstat.write_sav(frame, str(path), column_labels=["", "Region", "What was hard?"])
