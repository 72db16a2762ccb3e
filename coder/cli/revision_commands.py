"""Revisions of the codebook: planned, applied, taken back; their history."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any

from coder.cli.common import DONE, ask, opened_study, path_of, write_out
from coder.cli.parser import add
from coder.errors import CancelledError, CoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.cli.parser import Commands, Parser
    from coder.domain.revising.decisions import Doubt
    from coder.domain.revising.revisions import Revision
    from coder.workflows.revising.history import Comparison
    from coder.workflows.revising.revising import Plan
    from coder.workflows.revising.typed_operations import Operation
    from coder.workflows.study.study import Study

NAMING = """\
Edits of the study's codebook.yaml come first, then the operations in the order given. Themes are named
by id or label, whatever the case; write \\, for a comma within a label and \\= for an =. A target of a
merge, or a part of a split, that is no theme yet is added under that label."""

_OPERATIONS = {
    "merge": ("A,B=C", "make the codings of A and B codings of C; A and B are retired"),
    "split": ("A=B,C", "have a person choose B or C for each coding of A; A is retired, unless it is a part"),
    "rename": ("A=LABEL", "give A another label"),
    "define": ("A=TEXT", "give A another definition"),
    "move": ("A=NET", "put A under NET; A= takes it out of its net"),
    "retire": ("A", "offer A no longer; its codings stay"),
    "bring-back": ("A", "offer the retired A again"),
    "add": ("LABEL", "add a theme"),
    "look-again": ("A", "put the codings of A into the queue to be recoded, as it means something else now"),
    "keep": ("A", "leave the codings of A as they are, although its definition has changed"),
}


class _Typed(argparse.Action):
    """Gathers operations of all kinds in the order of the command line."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        args: argparse.Namespace,
        value: Any,
        option: str | None = None,
    ) -> None:
        setattr(args, self.dest, [*getattr(args, self.dest), ((option or "").removeprefix("--"), value)])


def add_revisions(commands: Commands) -> None:
    """Add `coder codebook plan`, `apply`, `undo`, `history`, `diff` and `import`."""
    about = "see what a revision would do to every count; nothing is written"
    example = "coder codebook plan my-study --merge workforce=recruitment --rename 'Beds=Wards'"
    plan = add(commands, "plan", about, example, _plan)
    _revising(plan)
    plan.choice(
        "--format", ("text", "json"), "json for programs and for apply --plan (default: text)", "text"
    )
    plan.option("--out", "FILE", "write to a file")
    about = "revise the codebook: its file and the codings, all of it or nothing"
    apply = add(commands, "apply", about, "coder codebook apply my-study --plan plan.json", _apply)
    _revising(apply)
    apply.option("--plan", "FILE", "what coder codebook plan --format json wrote")
    _applying(apply)
    undo = add(commands, "undo", "take back a revision", "coder codebook undo my-study 3", _undo)
    undo.study()
    undo.option("number", "NUMBER", "its number (default: the latest that stands)", nargs="?")
    _applying(undo)
    about = "list every version of the codebook: when, by whom, what and why"
    history = add(commands, "history", about, "coder codebook history my-study", _history)
    history.study()
    history.choice("--format", ("text", "json"), "(default: text)", "text")
    _add_diff(commands)
    about = "take the themes of another codebook into a study's; none is removed"
    join = add(commands, "import", about, "coder codebook import themes.xlsx my-study", _import)
    join.option("file", "FILE", "the other codebook: YAML, CSV, TSV, XLSX, Markdown or QDC (REFI-QDA)")
    join.study()
    _operations(join)
    _applying(join)


def _add_diff(commands: Commands) -> None:
    about = "compare two versions of the codebook, or two codebook files, word by word"
    diff = add(commands, "diff", about, "coder codebook diff my-study 2 3", _diff)
    what = "the study, then versions: 3, or file for codebook.yaml as it is; or two codebook files"
    diff.option("sides", "STUDY|A|B", f"{what} (default: the latest version and the one before)", nargs="*")
    diff.choice("--format", ("text", "json"), "(default: text)", "text")


def _revising(parser: Parser) -> None:
    parser.study()
    _operations(parser)


def _operations(parser: Parser) -> None:
    parser.description = f"{parser.description}\n\n{NAMING}"
    for name, (metavar, about) in _OPERATIONS.items():
        parser.option(f"--{name}", metavar, about, action=_Typed, dest="operations", default=[])
    parser.option("--question", "Q", "the question that --add is for (default: all)")


def _applying(parser: Parser) -> None:
    parser.option("--reason", "TEXT", "why, for the history")
    parser.option("--coder", "NAME", "who does it (default: the name you are logged in with)")
    parser.flag("--yes", "do not ask; what is in doubt must be decided by options all the same")


def _plan(args: argparse.Namespace) -> int:
    from coder.cli.history_text import closing_lines
    from coder.workflows.revising import revising
    from coder.workflows.revising.plan_json import plan_as_json
    from coder.workflows.revising.plan_text import plan_lines

    study = _as_in_use(args.study)
    plan = revising.plan(study, _revision(args, study))
    respondents = study.settings.respondents
    if args.format == "json":
        return write_out(plan_as_json(plan, respondents), args.out)
    lines = [*plan_lines(plan, respondents), *closing_lines(plan, _command(args))]
    if args.out:
        return write_out("\n".join(lines) + "\n", args.out)
    from coder.cli.plain_output import show

    show(lines)
    return DONE


def _as_in_use(study: str) -> Study:
    """Open a study and leave all edits of its codebook.yaml to the plan."""
    from coder.workflows.study.opening import open_study

    return open_study(path_of(study), edits=False)


def _revision(args: argparse.Namespace, study: Study) -> Revision:
    from coder.workflows.revising import revising

    return _further(args, study, revising.begin(study))


def _further(args: argparse.Namespace, study: Study, revision: Revision) -> Revision:
    from coder.workflows.revising.operations import with_operations
    from coder.workflows.revising.typed_operations import Operation
    from coder.workflows.study.questions import find_question

    question_id = find_question(study, args.question).id if args.question else None
    return with_operations(revision, [Operation(*typed) for typed in args.operations], question_id)


def _command(args: argparse.Namespace) -> str:
    """Return the command that applies what was planned."""
    words = ["coder", "codebook", "apply", *([args.study] if args.study != "." else [])]
    for name, text in args.operations:
        words += [f"--{name}", text]
    return shlex.join([*words, *(["--question", args.question] if args.question else [])])


def _apply(args: argparse.Namespace) -> int:
    from coder.workflows.revising import revising

    study = _as_in_use(args.study)
    if args.plan and args.operations:
        msg = f"Operations were given besides the plan {args.plan}."
        raise CoderError(msg, "Give one or the other; or make a plan that has them all.")
    revision = _read_plan(args, study) if args.plan else _revision(args, study)
    return _carry_out(args, study, revising.plan(study, revision))


def _read_plan(args: argparse.Namespace, study: Study) -> Revision:
    from coder.formats.shared.text_in import read_utf8
    from coder.workflows.revising.plan_json import read_plan

    return read_plan(study, read_utf8(path_of(args.plan)), args.plan)


def _undo(args: argparse.Namespace) -> int:
    from coder.workflows.revising import revising
    from coder.workflows.revising.history import is_version

    if args.number is None and is_version(args.study) and not path_of(args.study).exists():
        args.study, args.number = ".", args.study
    if args.number is not None and not is_version(args.number):
        msg = f"'{args.number}' is no number of a revision."
        raise CoderError(msg, "See: coder codebook history")
    study = _as_in_use(args.study)
    number = int(args.number.removeprefix("v")) if args.number else None
    return _carry_out(args, study, revising.plan_undo(study, number))


def _import(args: argparse.Namespace) -> int:
    from coder.cli.plain_output import say
    from coder.workflows.revising import revising
    from coder.workflows.revising.codebook_import import begin_import

    study = _as_in_use(args.study)
    revision, remarks = begin_import(study, path_of(args.file))
    plan = revising.plan(study, _further(args, study, revision))
    if remarks:
        say("\n".join([*remarks, ""]))
    return _carry_out(args, study, plan)


def _carry_out(args: argparse.Namespace, study: Study, plan: Plan) -> int:
    from coder.cli.history_text import done_lines
    from coder.cli.plain_output import say
    from coder.workflows.revising import revising
    from coder.workflows.study.opening import default_coder

    _tell(study, plan)
    if plan.empty:
        return DONE
    if not args.yes:
        plan = _decided(study, plan)
        if ask("Apply? [y/N] ").casefold() not in {"y", "yes"}:
            raise CancelledError
    if plan.doubts:
        msg = "Nothing was applied: something must be decided first, and --yes does not decide it."
        raise CoderError(msg, "Add for each doubt one of the options shown under it.")
    number = revising.apply(study, plan, args.coder or default_coder(), args.reason or "")
    say("\n".join(done_lines(plan, number, "" if args.study == "." else f"{shlex.quote(args.study)} ")))
    return DONE


def _tell(study: Study, plan: Plan) -> None:
    from coder.cli.plain_output import say
    from coder.workflows.revising.plan_text import plan_lines

    say("\n".join([*plan_lines(plan, study.settings.respondents), ""]))


def _decided(study: Study, plan: Plan) -> Plan:
    """Return the plan with all doubts decided by whoever sits at the terminal."""
    from coder.workflows.revising import revising
    from coder.workflows.revising.operations import with_operations

    while plan.doubts:
        operations = [_chosen(doubt) for doubt in plan.doubts]
        plan = revising.plan(study, with_operations(plan.revision, operations))
        _tell(study, plan)
    return plan


def _chosen(doubt: Doubt) -> Operation:
    """Return what whoever sits at the terminal decides on a doubt."""
    from coder.cli.history_text import decision_lines
    from coder.cli.plain_output import say
    from coder.workflows.revising.typed_operations import operation_of

    say("\n".join(decision_lines(doubt)))
    answer = ask(f"Which? [1-{len(doubt.decisions)}] ")
    numbered = {str(number): decision for number, decision in enumerate(doubt.decisions, start=1)}
    if answer not in numbered:
        raise CancelledError
    decision = numbered[answer]
    return (
        operation_of(decision, ask("Into which theme? ")) if decision.needs_target else operation_of(decision)
    )


def _history(args: argparse.Namespace) -> int:
    import json

    from coder.cli.history_text import entry_as_data, history_lines
    from coder.cli.plain_output import show
    from coder.workflows.revising.history import history

    entries = history(opened_study(args.study))
    if args.format == "json":
        data = [entry_as_data(entry) for entry in entries]
        return write_out(json.dumps(data, ensure_ascii=False, indent=2) + "\n", None)
    show(history_lines(entries))
    return DONE


def _diff(args: argparse.Namespace) -> int:
    import json

    from coder.cli.history_text import comparison_lines
    from coder.cli.plain_output import show

    comparison = _compared(args.sides)
    if args.format == "json":
        return write_out(json.dumps(comparison.as_data(), ensure_ascii=False, indent=2) + "\n", None)
    show(comparison_lines(comparison))
    return DONE


def _compared(sides: Sequence[str]) -> Comparison:
    from coder.workflows.revising.history import FILE, compare_files, compare_versions, is_version
    from coder.workflows.study.opening import is_study

    match sides:
        case [one, other] if not (other == FILE or is_version(other) or is_study(path_of(one))):
            return compare_files(path_of(one), path_of(other))
        case [first, *versions] if is_study(path_of(first)) or not (first == FILE or is_version(first)):
            study = first
        case versions:
            study = "."
    if len(versions) > len(("before", "after")):
        msg = f"{len(versions)} versions are named."
        raise CoderError(msg, "Name two: coder codebook diff STUDY 2 3")
    return compare_versions(opened_study(study), *versions)
