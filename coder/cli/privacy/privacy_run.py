"""What `coder privacy` does; loaded when it is run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coder.cli.common import opened_study, path_of, refuse_read_only, write_out
from coder.errors import CoderError
from coder.formats.privacy.registry import STATEMENT_FORMATS
from coder.formats.shared.file_contents import file_content, format_of
from coder.workflows.reporting.data_flow import data_flow
from coder.workflows.study.made_moments import day_made

if TYPE_CHECKING:
    import argparse


def write_statement(args: argparse.Namespace) -> int:
    """Write the data-flow statement of a study."""
    study = opened_study(args.study)
    if args.out:
        refuse_read_only(study, path_of(args.out))
    kind = args.format or format_of(args.out, STATEMENT_FORMATS)
    if kind == "docx" and not args.out and sys.stdout.isatty():
        msg = "A docx file is no text that a terminal could show."
        raise CoderError(msg, "Name a file: --out data-flow.docx")
    return write_out(file_content(STATEMENT_FORMATS, kind, data_flow(study, day_made(args.date))), args.out)
