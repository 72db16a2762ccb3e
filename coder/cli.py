"""The command line: it reads arguments, calls a workflow and prints. Data on stdout, talk on stderr."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from coder import __version__
from coder.errors import CancelledError, CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coder.store.checks import Fault
    from coder.workflows.studies import Study

    Run = Callable[[argparse.Namespace], int]
    Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001  # the type has no public name

DONE, FAILED, FAULTS_FOUND, CANCELLED = 0, 1, 3, 130
"""Exit codes; argparse itself ends with 2."""

ABOUT = "Code open survey answers by theme, in the terminal, and count the themes into tables."
NOTES = """\
Without a command, coder opens the study in this folder, or the start screen.
STUDY is a folder; by default the current one. Data go to stdout, everything else to stderr.

exit codes: 0 done, 1 it could not be done, 2 wrong use, 3 a check found faults, 130 cancelled"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    args = build_parser().parse_args(arguments)
    from coder.tui.plain import forget_stdout, say, settle_streams

    settle_streams()
    run: Run = args.run
    try:
        code = run(args)
        sys.stdout.flush()
    except (CancelledError, KeyboardInterrupt):
        say(CancelledError().message)
        return CANCELLED
    except CoderError as error:
        say(str(error))
        return FAILED
    except BrokenPipeError:
        forget_stdout()
        return DONE
    return code


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser("coder", description=ABOUT, epilog=NOTES)
    parser.add_argument("--version", action="version", version=__version__, help="print the version and exit")
    parser.set_defaults(run=_start)
    commands = parser.commands(required=False)
    for add in (_add_demo, _add_new, _add_code, _add_codings, _add_tables, _add_codebook, _add_check):
        add(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser whose options take a line each to declare."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def commands(self, *, required: bool = True) -> Commands:
        return self.add_subparsers(title="commands", metavar="COMMAND", required=required)

    def option(self, name: str, metavar: str, about: str, **settings: Any) -> None:
        self.add_argument(name, metavar=metavar, help=about, **settings)

    def choice(self, name: str, choices: Sequence[str], about: str, default: str | None = None) -> None:
        self.add_argument(name, choices=choices, default=default, help=about)

    def flag(self, name: str, about: str) -> None:
        self.add_argument(name, action="store_true", help=about)

    def study(self) -> None:
        self.option("study", "STUDY", "the study's folder (default: this one)", nargs="?", default=".")


def _add(commands: Commands, name: str, about: str, example: str, run: Run | None = None) -> _Parser:
    """Add a command; without `run` it only leads on to others."""
    description = f"{about[0].upper()}{about[1:]}."
    parser = commands.add_parser(name, help=about, description=description, epilog=f"example:\n  {example}")
    if run:
        parser.set_defaults(run=run)
    return parser


def _add_demo(commands: Commands) -> None:
    about = "make the sample study (71 invented councils, Q15-Q18) and open it"
    parser = _add(commands, "demo", about, "coder demo --coded", _demo)
    parser.option("--dir", "DIR", "where (default: a new folder in this one)")
    parser.flag("--coded", "with its reference codings, as if you had made them")
    parser.flag("--no-open", "make it without opening the screen")


def _add_new(commands: Commands) -> None:
    example = "coder new my-study --from answers.xlsx --id respondent --open 'q15*,q16*' --dry-run"
    parser = _add(commands, "new", "make a study from a survey file", example, _new)
    parser.option("folder", "DIR", "the study's folder, new or empty")
    parser.option("--from", "FILE", "the survey: CSV, TSV, XLSX, ODS or SAV", dest="file", required=True)
    parser.option("--codebook", "FILE", "its themes: YAML, or a CSV with a column theme")
    parser.option("--id", "COLUMN", "the column that says who answered (default: found out)")
    columns = "by name, with commas between; q15* takes all that begin so (default: found out)"
    parser.option("--open", "COLUMNS", f"the open questions, {columns}")
    parser.option("--attributes", "COLUMNS", f"what else to keep of each respondent, {columns}")
    parser.option("--sheet", "NAME", "the sheet of a workbook (default: found out)")
    parser.option("--title", "TITLE", "the study's title (default: the folder's name)")
    parser.flag("--dry-run", "print what was understood; write nothing")
    parser.flag("--review", "show what was understood on the screen first, to change it there")
    parser.flag("--no-open", "make it without opening the screen")


def _add_code(commands: Commands) -> None:
    example = "coder code my-study --question Q16"
    parser = _add(commands, "code", "open a study and code its answers", example, _code)
    parser.study()
    parser.option("--question", "Q", "begin with this question")
    parser.option("--coder", "NAME", "who codes (default: the name you are logged in with)")


def _add_codings(commands: Commands) -> None:
    about = "take codings into a study, or give them out"
    both = _add(commands, "codings", about, "coder codings import my-study codings.csv").commands()
    example = "coder codings import my-study codings.csv --dry-run"
    parser = _add(both, "import", "take the codings of a file into a study", example, _import_codings)
    parser.study()
    columns = "response_id (or respondent_id, question, item), theme; if known, coder and mention"
    parser.option("file", "FILE", f"CSV, TSV or JSON with {columns}")
    who = "whose they are; of several coders in the file, the one to take (default: as it says, else you)"
    parser.option("--coder", "NAME", who)
    parser.flag("--dry-run", "check and count; change nothing")
    example = "coder codings export my-study codings.csv --coder jo"
    parser = _add(both, "export", "write a study's codings to a file or to stdout", example, _export_codings)
    parser.study()
    parser.option("file", "FILE", "the file, or for a dataset the folder", nargs="?")
    parser.option("--coder", "NAME", "the codings of one coder (default: of all)")
    kinds = "csv: a row a span; json: with done, flags, memos; dataset: three CSV files (default: by FILE)"
    parser.choice("--format", ("csv", "json", "dataset"), kinds)


def _add_tables(commands: Commands) -> None:
    about = "count who mentions each theme, as the report's tables"
    parser = _add(commands, "tables", about, "coder tables --question Q16 --nets --out table-21.md", _tables)
    parser.study()
    parser.option("--question", "Q", "one question (default: the tables in study.toml, else all)")
    what = "what to count: respondents that mention a theme (the default), or mentions"
    parser.choice("--count", ("respondents", "mentions"), what, "respondents")
    base = "percentages of those asked, those who answered (the default) or those with a coded answer"
    parser.choice("--base", ("asked", "answered", "coded"), base, "answered")
    parser.flag("--nets", "with nets, each counted once for a respondent")
    parser.flag("--zeros", "with the themes that nobody mentions")
    parser.option("--coder", "NAME", "count the codings of one coder (default: of any)")
    parser.option("--as-of", "TIME", "count what stood then: 2026-11-21 or 2026-11-21T17:30")
    kinds = "csv without notes, json or md (default: by --out; on a terminal, text with bars; else csv)"
    parser.choice("--format", ("csv", "json", "md"), kinds)
    parser.option("--out", "FILE", "write to a file")


def _add_codebook(commands: Commands) -> None:
    both = _add(
        commands, "codebook", "show or check a codebook", "coder codebook check themes.yaml"
    ).commands()
    show = _add(
        both, "show", "print the themes with their definitions", "coder codebook show", _show_codebook
    )
    about = "name line and column of each fault in a codebook"
    check = _add(both, "check", about, "coder codebook check themes.yaml", _check_codebook)
    for parser in (show, check):
        parser.option("source", "STUDY|FILE", "a study or a codebook file", nargs="?", default=".")


def _add_check(commands: Commands) -> None:
    about = "see whether everything in a study is whole and consistent"
    parser = _add(commands, "check", about, "coder check my-study", _check)
    parser.study()
    parser.flag("--repair", "first work out anew, from the log, what stands")


def _start(_args: argparse.Namespace) -> int:
    from coder.tui.plain import open_screen
    from coder.workflows.studies import is_study, open_study

    here = _path(".")
    open_screen(open_study(here) if is_study(here) else None)
    return DONE


def _demo(args: argparse.Namespace) -> int:
    from coder.tui.plain import say
    from coder.workflows.exchanging import import_codings
    from coder.workflows.samples import DEMO_FOLDER, make_sample, reference_codings
    from coder.workflows.studies import default_coder

    study = make_sample(_path(args.dir or DEMO_FOLDER), default_coder())
    if args.coded:
        import_codings(study, reference_codings())
    say(f"{study.settings.note}.\nThe sample study is in {study.folder}.")
    return _open_unless(args, study)


def _new(args: argparse.Namespace) -> int:
    from coder.domain.settings import Settings
    from coder.tui.plain import progress_line, say, show
    from coder.workflows.importing import create_from_file, plan_import, preview_import
    from coder.workflows.studies import default_coder
    from coder.workflows.wording import layout_lines, report_lines

    folder = _path(args.folder)
    if args.review:
        return _review(args)
    plan = plan_import(
        _path(args.file),
        id_column=args.id,
        open_columns=_names(args.open),
        attributes=_names(args.attributes),
        sheet=args.sheet,
        progress=progress_line("Reading row"),
    )
    if args.dry_run:
        show([*layout_lines(plan.layout), *report_lines(preview_import(plan))])
        return DONE
    say("\n".join(layout_lines(plan.layout)))
    study, report = create_from_file(
        folder,
        plan,
        codebook=_path(args.codebook) if args.codebook else None,
        settings=Settings(args.title or folder.resolve().name),
        coder_id=default_coder(),
        progress=progress_line("Storing answer"),
    )
    say("\n".join([*report_lines(report), f"The study is in {folder}."]))
    return _open_unless(args, study)


def _review(args: argparse.Namespace) -> int:
    from coder.tui.plain import open_screen
    from coder.tui.screens.importing import ImportRequest

    request = ImportRequest(
        _path(args.file),
        _path(args.folder),
        codebook=_path(args.codebook) if args.codebook else None,
        id_column=args.id,
        open_columns=_names(args.open),
        attributes=_names(args.attributes),
        sheet=args.sheet,
        title=args.title or "",
    )
    open_screen(None, survey=request)
    return DONE


def _code(args: argparse.Namespace) -> int:
    from coder.tui.plain import open_screen
    from coder.workflows.studies import open_study
    from coder.workflows.tabulating import find_question

    study = open_study(_path(args.study), args.coder)
    open_screen(study, args.coder, find_question(study, args.question).id if args.question else None)
    return DONE


def _import_codings(args: argparse.Namespace) -> int:
    from coder.tui.plain import progress_line, say
    from coder.workflows.exchanging import import_codings
    from coder.workflows.studies import open_study
    from coder.workflows.wording import coding_import_lines

    study = open_study(_path(args.study))
    progress = progress_line("Matching row")
    done = import_codings(
        study, _path(args.file), coder_id=args.coder, dry_run=args.dry_run, progress=progress
    )
    say("\n".join(coding_import_lines(done, dry_run=args.dry_run)))
    return DONE


def _export_codings(args: argparse.Namespace) -> int:
    from coder.formats.output_files import format_of
    from coder.tui.plain import say
    from coder.workflows.exchanging import codings_as_csv, codings_as_json, export_data_set
    from coder.workflows.studies import is_study, open_study

    if args.file is None and args.study != "." and not is_study(_path(args.study)):
        args.study, args.file = ".", args.study
    study = open_study(_path(args.study))
    kind = args.format or format_of(args.file, ("csv", "json"))
    if kind == "dataset":
        folder = _path(args.file or "dataset")
        written, left = export_data_set(study, folder, args.coder)
        say(f"{written:,} coded answers are in {folder}; {left:,} not yet coded were left out.")
        return DONE
    return _give((codings_as_csv if kind == "csv" else codings_as_json)(study, args.coder), args.file)


def _tables(args: argparse.Namespace) -> int:
    from coder.domain.tables import TableOptions
    from coder.formats.output_files import format_of
    from coder.formats.table_files import tables_as
    from coder.tui.plain import draw_tables, say
    from coder.workflows.studies import open_study
    from coder.workflows.tabulating import tables_of
    from coder.workflows.wording import note_lines

    options = TableOptions(args.count, args.base, nets=args.nets, zeros=args.zeros)
    coder_ids = [args.coder] if args.coder else []
    study = open_study(_path(args.study))
    tables = tables_of(study, args.question, options, coder_ids=coder_ids, as_of=args.as_of)
    if not (args.out or args.format) and sys.stdout.isatty():
        draw_tables(tables)
        return DONE
    kind = args.format or format_of(args.out, ("csv", "json", "md"))
    if kind == "csv":
        # A CSV has no room for notes; whoever makes it should see them all the same.
        say("\n".join(note_lines(tables)))
    return _give(tables_as(kind, tables), args.out)


def _give(text: str, file: str | None) -> int:
    from coder.formats.output_files import write_file

    if file:
        write_file(_path(file), text)
    else:
        sys.stdout.write(text)
    return DONE


def _show_codebook(args: argparse.Namespace) -> int:
    from coder.formats.codebook_files import read_any_codebook
    from coder.tui.plain import show
    from coder.workflows.checking import codebook_file
    from coder.workflows.wording import codebook_lines

    show(codebook_lines(read_any_codebook(codebook_file(_path(args.source)))))
    return DONE


def _check_codebook(args: argparse.Namespace) -> int:
    from coder.workflows.checking import check_codebook_file, codebook_file

    path = codebook_file(_path(args.source))
    return _report(check_codebook_file(path), f"{path} is sound.")


def _check(args: argparse.Namespace) -> int:
    from coder.tui.plain import say
    from coder.workflows.checking import check_study, repair_study

    folder = _path(args.study)
    if args.repair:
        say(f"What stands was worked out anew; the database as it was is in {repair_study(folder)}.")
    return _report(check_study(folder), f"{folder.resolve()} is whole and consistent.")


def _report(faults: Sequence[Fault], otherwise: str) -> int:
    from coder.tui.plain import say, show

    if not faults:
        say(otherwise)
        return DONE
    show(f"{fault.message} {fault.repair}" for fault in faults)
    return FAULTS_FOUND


def _open_unless(args: argparse.Namespace, study: Study) -> int:
    from coder.tui.plain import has_terminal, open_screen

    if not args.no_open and has_terminal():
        open_screen(study)
    return DONE


def _names(text: str | None) -> list[str] | None:
    """Split names at commas; a name with a comma in it stands in double quotes."""
    if text is None:
        return None
    import csv

    return [name.strip() for name in next(csv.reader([text], skipinitialspace=True)) if name.strip()]


def _path(name: str) -> Path:
    from pathlib import Path

    return Path(name)
