"""Quotes for the themes of a study."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from coder.cli.common import DONE, coder_named, counting_rule, csv_for_excel, opened_study, write_out
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands, Parser


_MOST = 5
"""So many quotes a theme has, unless asked for."""


def add_quotes(commands: Commands) -> None:
    """Add `coder quotes`."""
    about = "print what respondents wrote about each theme, chosen to cover the range"
    example = "coder quotes --question Q16 --with region,council_type --out quotes.docx"
    add(commands, "quotes", about, example, _quotes).declare_when_used(_add_options)


def _add_options(parser: Parser) -> None:
    from coder.formats.quotes.registry import QUOTE_FORMATS

    parser.study()
    parser.option("--question", "Q", "one question (default: all)")
    themes = "a theme or net, by label or id; may come again (default: every theme of the question's table)"
    parser.option("--theme", "T", themes, action="append", default=[])
    parser.option("--most", "N", "how many for each theme (default: 5)", type=int)
    parser.flag("--all", "all of them, in the survey's order")
    parser.flag("--words", "the words that coders marked or kept, instead of the whole answer")
    about_attributes = (
        "what to tell of each respondent or answer, names with commas, the most important first"
    )
    parser.names("--with", "ATTRIBUTES", f"{about_attributes}; may come again", dest="attributes")
    parser.where()
    fewest = "keep attributes back that fewer than N respondents have together (default: 3)"
    parser.option("--fewest", "N", fewest, type=int, default=3)
    parser.flag("--ids", "name each respondent and response; then no attribute is kept back")
    parser.option("--shorten", "N", "cut quotes longer than N characters, at a word", type=int)
    parser.option("--coder", "NAME", "quote by the codings of one coder (default: of all)")
    parser.coders()
    otherwise, *_ = QUOTE_FORMATS
    formats = f"default: by --out; else text on a terminal, {otherwise} into a file or pipe"
    parser.choice("--format", tuple(QUOTE_FORMATS), formats)
    parser.option("--out", "FILE", "write to a file")
    parser.mask("known, until somebody has decided on all that coder redact finds; then none")
    parser.date()
    parser.excel()


def _quotes(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say, show
    from coder.domain.tables.quotes import QuoteRequest
    from coder.formats.quotes.registry import QUOTE_FORMATS
    from coder.formats.quotes.terminal import quotes_text
    from coder.formats.shared.file_contents import file_content, format_of
    from coder.workflows.reporting.quotes import READ_FIRST, quote_lists

    if args.all and args.most is not None:
        msg = "--most would change nothing beside --all."
        raise CoderError(msg, "Leave out one of the two.")
    study = opened_study(args.study)
    coder_id = coder_named(study, args.coder)
    request = QuoteRequest(
        most=None if args.all else _MOST if args.most is None else args.most,
        marked_words=args.words,
        attributes=tuple(args.attributes or ()),
        ids=args.ids,
        shorten=args.shorten,
        coder_ids=(coder_id,) if coder_id else (),
        agreed=counting_rule(args),
        fewest=args.fewest,
        date=args.date,
        mask=args.mask,
    )
    kind = args.format or format_of(args.out, QUOTE_FORMATS)
    on_screen = not args.out and sys.stdout.isatty()
    excel = csv_for_excel(study, args, kind)
    lists = quote_lists(study, args.question, args.theme, request, args.where)
    content = file_content(QUOTE_FORMATS, kind, lists, excel=excel)
    if on_screen and isinstance(content, bytes):
        msg = f"A {kind} file is no text that a terminal could show."
        raise CoderError(msg, f"Name a file: --out quotes.{kind}")
    has_quotes = any(quotes.quotes for quotes in lists)
    if not has_quotes:
        say("No answer is coded so.")
    if on_screen and not args.format:
        show(quotes_text(lists, get_terminal_size().columns))
        return DONE
    if has_quotes:
        say(READ_FIRST)
    return write_out(content, args.out)
