"""Making, opening and checking a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, path_of, print_faults
from coder.cli.parser import add
from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse

    from coder.cli.parser import Commands
    from coder.domain.surveys.import_choices import ImportChoices
    from coder.workflows.exchange.survey_import import ImportPlan
    from coder.workflows.study.study import Study


def add_demo(commands: Commands) -> None:
    """Add `coder demo`."""
    about = "make the sample study (71 invented councils, Q15-Q18) and open it"
    parser = add(commands, "demo", about, "coder demo --coded", _demo)
    parser.option("--dir", "DIR", "where (default: a new folder in this one)")
    parser.flag("--coded", "a new one with its reference codings, as if you had made them")
    parser.flag("--no-open", "make it without opening the screen")


def add_new(commands: Commands) -> None:
    """Add `coder new`."""
    example = "coder new my-study --from answers.xlsx --id respondent --open 'q15*,q16*' --dry-run"
    parser = add(commands, "new", "make a study from a survey file", example, _new)
    parser.option("folder", "DIR", "the study's folder, new or empty")
    parser.option("--from", "FILE", "the survey: CSV, TSV, XLSX, ODS or SAV", dest="file", required=True)
    parser.option("--codebook", "FILE", "its themes: YAML, or a CSV with a column theme")
    parser.option("--codebook-encoding", "NAME", "of a codebook in CSV (default: found out)")
    parser.option(
        "--id", "COLUMN", "the column that says who answered; none: number the rows (default: found out)"
    )
    columns = "by name, with commas between; q15* takes all that begin so (default: found out)"
    parser.names("--open", "COLUMNS", f"the open questions, {columns}")
    kept = "what else to keep of each respondent, or of each answer where it differs within one"
    parser.names("--attributes", "COLUMNS", f"{kept}, {columns}")
    about = "columns to keep of the answers to a question or in a box: Q15=q15_sentiment,q15_date"
    several = "where one has several rows, also answers=COLUMNS or respondents=COLUMNS"
    parser.names("--about", "QUESTION=COLUMNS", f"{about}; {several}; may come again (default: found out)")
    parser.option("--weight", "COLUMN", "the column with the respondents' survey weights (default: none)")
    boxes = "columns that are boxes of one question, called NAME; may come again for another"
    parser.names("--boxes", "NAME=COLUMN,COLUMN", f"{boxes} (default: found out)")
    parser.names("--apart", "NAME", "a column, or a question whose boxes, are questions each; may come again")
    parser.option("--sheet", "NAME", "the sheet of a workbook (default: found out)")
    parser.flag("--number-blanks", "rows without an id are numbered")
    parser.flag("--turned", "the file has a question a row, and a respondent a column")
    parser.option("--header", "ROWS", "the rows with the names: 2, 2-3, or none (default: found out)")
    parser.option(
        "--last-row", "N", "the table's last row; what is below is left out (default: found out)", type=int
    )
    lone = "titles of sections and totals among the answers: respondents' or left out"
    parser.choice("--lone-rows", ("keep", "drop"), f"{lone} (default: asked)")
    tests = "tests and previews (Qualtrics, Unipark ...) are"
    parser.add_argument(
        "--drop-tests", dest="tests", action="store_const", const="drop", help=f"{tests} left out"
    )
    parser.add_argument(
        "--keep-tests", dest="tests", action="store_const", const="keep", help=f"{tests} kept"
    )
    rows = "what a row holds: a respondent, one answer, or a part of what one respondent said"
    parser.choice("--row-is", ("respondent", "answer", "part"), f"{rows} (default: found out)")
    parser.add_argument("--long", dest="row_is", action="store_const", const="answer", help="--row-is answer")
    hidden = "rows hidden in a workbook: import them or leave them out"
    parser.choice("--hidden-rows", ("keep", "drop"), f"{hidden} (default: asked)")
    parser.encoding()
    parser.flag("--decode-entities", "make signs of entities of HTML in answers: & of &amp;")
    parser.flag("--shared", "let the folder's group read and write the study (default: you alone)")
    parser.option("--title", "TITLE", "the study's title (default: the folder's name)")
    parser.flag("--dry-run", "print what was understood; write nothing")
    parser.flag("--yes", "import although something is in doubt, as it was understood")
    parser.flag("--review", "show what was understood on the screen first, to change it there")
    parser.flag("--no-open", "make it without opening the screen")


def add_code(commands: Commands) -> None:
    """Add `coder code`."""
    example = "coder code my-study --question Q16"
    parser = add(commands, "code", "open a study and code its answers", example, _code)
    parser.study()
    parser.option("--question", "Q", "begin with this question")
    parser.option("--coder", "NAME", "who codes (default: the name you are logged in with)")
    parser.option("--round", "ROUND", "code your answers in this round, and no others")
    plain = "line by line, without a screen: for screen readers and slow lines (or set CODER_PLAIN=1)"
    parser.flag("--plain", plain)


def add_check(commands: Commands) -> None:
    """Add `coder check`."""
    about = "see whether everything in a study is whole and consistent"
    parser = add(commands, "check", about, "coder check my-study", _check)
    parser.study()
    parser.flag("--repair", "first work out anew, from the log, what stands")


def start(_args: argparse.Namespace) -> int:
    """Open the study in this folder, or the start screen."""
    from coder.cli.screen_opening import open_screen
    from coder.workflows.study.opening import is_study, open_study

    folder = path_of(".")
    open_screen(open_study(folder) if is_study(folder) else None)
    return DONE


def _demo(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.workflows.exchange.samples import CODED_FOLDER, DEMO_FOLDER, make_coded_sample, make_sample
    from coder.workflows.study.coders import default_coder

    make, folder = (make_coded_sample, CODED_FOLDER) if args.coded else (make_sample, DEMO_FOLDER)
    study = make(path_of(args.dir or folder), default_coder())
    say(f"{study.settings.note}.\nThe sample study is in {study.folder}.")
    return _open_unless(args, study)


def _new(args: argparse.Namespace) -> int:
    from coder.cli.import_text import kept_lines, understood_lines
    from coder.cli.plain_output import progress_line, say, show
    from coder.domain.study_settings import Settings
    from coder.workflows.exchange.survey_import import create_from_file, plan_import, preview_import
    from coder.workflows.study.coders import default_coder
    from coder.workflows.study.opening import refuse_taken, share_with_group
    from coder.workflows.study.question_languages import find_and_note

    folder = path_of(args.folder)
    if args.review and args.dry_run:
        msg = "--review asks on the screen and then writes; --dry-run writes nothing."
        raise CoderError(msg, "Give one of the two.")
    if args.review:
        return _review(args)
    if not args.dry_run:
        refuse_taken(folder)
    plan = plan_import(path_of(args.file), _choices(args), progress_line("Reading row"))
    lines = list(understood_lines(plan, preview_import(plan), with_languages=args.dry_run))
    if args.dry_run:
        show(lines)
        return DONE
    say("\n".join(lines))
    if plan.layout.doubts and not args.yes:
        _ask_in_doubt(plan)
    study, report = create_from_file(
        folder,
        plan,
        codebook=path_of(args.codebook) if args.codebook else None,
        codebook_encoding=args.codebook_encoding,
        settings=Settings(_as_text(args.title or folder.resolve().name)),
        coder_id=default_coder(),
        progress=progress_line("Storing answer"),
    )
    if args.shared:
        share_with_group(folder)
    # Once the study is there: it takes half a second, and the engine would do it as well.
    find_and_note(study)
    say("\n".join([*kept_lines(report, study, plan), f"The study is in {folder}."]))
    return _open_unless(args, study)


def _review(args: argparse.Namespace) -> int:
    from coder.cli.screen_opening import open_screen
    from coder.tui.importing.review import ImportRequest

    request = ImportRequest(
        path_of(args.file),
        path_of(args.folder),
        codebook=path_of(args.codebook) if args.codebook else None,
        codebook_encoding=args.codebook_encoding,
        choices=_choices(args),
        title=args.title or "",
        shared=args.shared,
    )
    open_screen(None, survey=request)
    return DONE


def _code(args: argparse.Namespace) -> int:
    from coder.cli.screen_opening import open_screen
    from coder.workflows.study.opening import open_study
    from coder.workflows.study.questions import find_question

    study = open_study(path_of(args.study), args.coder)
    question_id = find_question(study, args.question).id if args.question else None
    open_screen(study, args.coder, question_id, round_name=args.round, plain=args.plain)
    return DONE


def _check(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.domain.path_names import on_one_line
    from coder.workflows.study.checking import check_study, check_surroundings, repair_study

    folder = path_of(args.study)
    if args.repair:
        say(f"What stands was worked out anew; the database as it was is in {repair_study(folder)}.")
    divergences, remarks = check_surroundings(folder)
    for remark in remarks:
        say(remark)
    return print_faults(
        [*check_study(folder), *divergences], f"{on_one_line(folder.resolve())} is whole and consistent."
    )


def _open_unless(args: argparse.Namespace, study: Study) -> int:
    from coder.cli.plain_output import has_terminal
    from coder.cli.screen_opening import open_screen

    if not args.no_open and has_terminal():
        open_screen(study)
    return DONE


def _choices(args: argparse.Namespace) -> ImportChoices:
    """Return what the command line says about a survey file."""
    from coder.domain.surveys.import_choices import ImportChoices

    return ImportChoices(
        sheet=args.sheet,
        encoding=args.encoding,
        decode_entities=args.decode_entities,
        hidden_rows=args.hidden_rows,
        header=args.header,
        last_row=args.last_row,
        lone_rows=args.lone_rows,
        turned=args.turned,
        tests=args.tests,
        id_column=args.id,
        open_columns=tuple(args.open) if args.open else None,
        attributes=tuple(args.attributes) if args.attributes else None,
        number_blanks=args.number_blanks,
        boxes=tuple(args.boxes or ()),
        apart=tuple(args.apart or ()),
        row_meaning=args.row_is,
        about=tuple(args.about or ()),
        weight=args.weight,
    )


def _ask_in_doubt(plan: ImportPlan) -> None:
    """Have somebody at the terminal say that a file with doubts is to be imported as it was understood.

    Raises:
        CoderError: They do not say so, or there is no terminal.
    """
    from coder.cli.plain_output import has_terminal
    from coder.domain.grammar import agreeing

    count = agreeing(len(plan.layout.doubts), "one doubt", f"{len(plan.layout.doubts)} doubts")
    if has_terminal() and ask(f"Import it all the same, with {count}? [y/N] ").casefold() in {"y", "yes"}:
        return
    msg = f"Nothing was written: {count} about {plan.path.name} must be settled first."
    raise CoderError(
        msg, "Give the option named with each, look with --review, or take it as it is with --yes."
    )


def _as_text(name: str) -> str:
    """Return a name from the command line as text, whatever the terminal takes its bytes for."""
    import os

    return os.fsencode(name).decode("utf-8", errors="replace")
