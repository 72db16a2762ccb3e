"""What coders differ on, as a sheet for a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import opened_study, write_out
from coder.cli.parser import add

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


def add_disagreements(commands: Commands) -> None:
    """Add `coder disagreements`."""
    about = "list the answers that several people have read and coded otherwise, as a sheet for a meeting"
    example = "coder disagreements --question Q16 --out meeting.xlsx"
    add(commands, "disagreements", about, example, _disagreements).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    from coder.formats.disagreements.registry import SHEET_FORMATS

    parser.study()
    parser.names("--question", "Q", "one question, or several: Q15,Q16; may come again (default: all)")
    parser.option("--theme", "T", "answers alone on which this theme, by label or id, is in dispute")
    parser.names("--coder", "NAMES", "whom to compare: jo,sam; may come again (default: everybody)")
    parser.choice(
        "--show",
        ("unsettled", "parked", "all"),
        "those not settled yet (the default), those parked for a meeting, or settled ones as well",
        "unsettled",
    )
    parser.flag("--anonymous", "number coders instead of naming them")
    otherwise, *_ = SHEET_FORMATS
    parser.choice("--format", tuple(SHEET_FORMATS), f"what to write (default: by --out; else {otherwise})")
    parser.excel()
    parser.option("--out", "FILE", "write to a file")


def _disagreements(args: argparse.Namespace) -> int:
    from coder.formats.disagreements.registry import SHEET_FORMATS
    from coder.formats.shared.files_out import file_content, format_of
    from coder.workflows.team.settling.sheets import (
        SheetRequest,
        disagreement_sheets,
        refuse_no_disagreements,
    )

    study = opened_study(args.study)
    request = SheetRequest(
        tuple(args.question or ()), tuple(args.coder or ()), args.theme or "", args.show, args.anonymous
    )
    kind = args.format or format_of(args.out, SHEET_FORMATS)
    sheets = disagreement_sheets(study, request)
    refuse_no_disagreements(sheets)
    excel = args.excel or study.settings.csv_for_excel
    return write_out(file_content(SHEET_FORMATS, kind, sheets, excel=excel), args.out)
