"""Writing what coders differ on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import csv_for_excel, opened_study, write_out
from coder.formats.disagreements.registry import SHEET_FORMATS
from coder.formats.shared.file_contents import file_content, format_of
from coder.workflows.team.settling.sheet_parts import SheetRequest
from coder.workflows.team.settling.sheets import disagreement_sheets, refuse_no_disagreements

if TYPE_CHECKING:
    import argparse


def write_disagreements(args: argparse.Namespace) -> int:
    """Write the sheets that the options of `coder disagreements` ask for; return the exit code."""
    study = opened_study(args.study)
    request = SheetRequest(
        tuple(args.question or ()),
        tuple(args.coder or ()),
        args.theme or "",
        args.show,
        args.anonymous,
        args.round,
        args.date,
    )
    kind = args.format or format_of(args.out, SHEET_FORMATS)
    excel = csv_for_excel(study, args, kind)
    sheets = disagreement_sheets(study, request)
    refuse_no_disagreements(sheets)
    return write_out(file_content(SHEET_FORMATS, kind, sheets, excel=excel), args.out)
