"""What the commands on revisions of the codebook do; loaded when one of them is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, opened_study, path_of, write_out
from coder.cli.history_text import (
    closing_lines,
    comparison_lines,
    decision_lines,
    done_lines,
    entry_as_data,
    history_lines,
)
from coder.cli.plain_output import say, show
from coder.domain.path_names import on_one_line
from coder.domain.texts.shell_quoting import joined, quoted
from coder.errors import CancelledError, CoderError
from coder.formats.shared.text_in import read_utf8
from coder.store.database import refuse_changes
from coder.workflows.revising import revising
from coder.workflows.revising.codebook_import import begin_import
from coder.workflows.revising.history import FILE, compare_files, compare_versions, history
from coder.workflows.revising.operations import with_operations
from coder.workflows.revising.plan_json import plan_as_json, read_plan
from coder.workflows.revising.plan_text import plan_lines
from coder.workflows.revising.typed_operations import Operation, operation_of
from coder.workflows.study.codebook_file import is_behind_link, link_to_agree_on, read_source
from coder.workflows.study.coders import coder_called, default_coder
from coder.workflows.study.moments import version_number
from coder.workflows.study.opening import is_study, open_study
from coder.workflows.study.questions import find_question

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from coder.domain.revising.decisions import OpenDecision
    from coder.domain.revising.revisions import Revision
    from coder.workflows.revising.history import Comparison
    from coder.workflows.revising.revising import Plan
    from coder.workflows.study.study import Study


def run_plan(args: argparse.Namespace) -> int:
    """Show what a revision would do."""
    study = _as_in_use(args.study)
    plan = revising.plan(study, _revision(args, study))
    respondents = study.settings.respondents
    if args.format == "json":
        return write_out(plan_as_json(plan, respondents), args.out)
    lines = [*plan_lines(plan, respondents), *closing_lines(plan, _command(args))]
    if args.out:
        return write_out("\n".join(lines) + "\n", args.out)

    show(lines)
    return DONE


def _as_in_use(study: str) -> Study:
    """Open a study and leave all edits of its codebook.yaml to the plan."""
    return open_study(path_of(study), edits=False)


def _to_revise(args: argparse.Namespace) -> Study:
    """Open a study to revise it; what its codebook.yaml lacks is written first, where that is a link."""
    study = _as_in_use(args.study)
    refuse_changes(study.database)
    if is_behind_link(study):
        say("codebook.yaml lacks the latest revision.")
        _agree_on_link(args, study, "Write it? [y/N] ")
        read_source(study)
    return study


def _agree_on_link(args: argparse.Namespace, study: Study, question: str) -> None:
    """Say where codebook.yaml leads if it is a link, and have somebody agree: by --yes, or asked here."""
    if target := link_to_agree_on(study):
        say(f"{study.codebook_path} is a link: the codebook is written to {on_one_line(target)}.")
    if not args.yes and ask(question).casefold() not in {"y", "yes"}:
        raise CancelledError
    study.follows_link = True


def _revision(args: argparse.Namespace, study: Study) -> Revision:
    return _further(args, study, revising.begin(study))


def _further(args: argparse.Namespace, study: Study, revision: Revision) -> Revision:
    question_id = find_question(study, args.question).id if args.question else None
    return with_operations(revision, [Operation(*typed) for typed in args.operations], question_id)


def _command(args: argparse.Namespace) -> str:
    """Return the command that applies what was planned."""
    arguments = ["coder", "codebook", "apply", *([args.study] if args.study != "." else [])]
    for name, text in args.operations:
        arguments += [f"--{name}", text]
    return joined([*arguments, *(["--question", args.question] if args.question else [])])


def run_apply(args: argparse.Namespace) -> int:
    """Revise the codebook."""
    study = _to_revise(args)
    if args.plan and args.operations:
        msg = f"Operations were given besides the plan {args.plan}."
        raise CoderError(msg, "Give one or the other; or make a plan that has them all.")
    revision = _read_plan(args, study) if args.plan else _revision(args, study)
    return _carry_out(args, study, revising.plan(study, revision))


def _read_plan(args: argparse.Namespace, study: Study) -> Revision:
    return read_plan(study, read_utf8(path_of(args.plan)), args.plan)


def run_undo(args: argparse.Namespace) -> int:
    """Take back a revision."""
    if args.number is None and _is_version(args.study) and not path_of(args.study).exists():
        args.study, args.number = ".", args.study
    number = None if args.number is None else version_number(args.number)
    if args.number is not None and number is None:
        msg = f"'{args.number}' is no number of a revision."
        raise CoderError(msg, "See: coder codebook history")
    study = _to_revise(args)
    return _carry_out(args, study, revising.plan_undo(study, number))


def _is_version(argument: str) -> bool:
    return version_number(argument) is not None


def run_import(args: argparse.Namespace) -> int:
    """Take another codebook's themes into a study's."""
    study = _to_revise(args)
    revision, remarks = begin_import(study, path_of(args.file), args.encoding)
    plan = revising.plan(study, _further(args, study, revision))
    if remarks:
        say("\n".join([*remarks, ""]))
    return _carry_out(args, study, plan)


def _carry_out(args: argparse.Namespace, study: Study, plan: Plan) -> int:
    _tell(study, plan)
    if plan.empty:
        return DONE
    if not args.yes:
        plan = _decided(study, plan)
    _agree_on_link(args, study, "Apply? [y/N] ")
    if plan.open_decisions:
        msg = "Nothing was applied: something must be decided first, and --yes does not decide it."
        raise CoderError(msg, "Add for each doubt one of the options shown under it.")
    coder_id = coder_called(study.database, args.coder or default_coder())
    number = revising.apply(study, plan, coder_id, args.reason or "")
    say("\n".join(done_lines(plan, number, "" if args.study == "." else f"{quoted(args.study)} ")))
    return DONE


def _tell(study: Study, plan: Plan) -> None:
    say("\n".join([*plan_lines(plan, study.settings.respondents), ""]))


def _decided(study: Study, plan: Plan) -> Plan:
    """Return the plan with everything decided, by whoever sits at the terminal."""
    while plan.open_decisions:
        operations = [_chosen(open_decision) for open_decision in plan.open_decisions]
        plan = revising.plan(study, with_operations(plan.revision, operations))
        _tell(study, plan)
    return plan


def _chosen(open_decision: OpenDecision) -> Operation:
    """Return what whoever sits at the terminal decides."""
    say("\n".join(decision_lines(open_decision)))
    answer = ask(f"Which? [1-{len(open_decision.decisions)}] ")
    numbered = {str(number): decision for number, decision in enumerate(open_decision.decisions, start=1)}
    if answer not in numbered:
        raise CancelledError
    decision = numbered[answer]
    return (
        operation_of(decision, ask("Into which theme? ")) if decision.needs_target else operation_of(decision)
    )


def run_history(args: argparse.Namespace) -> int:
    """List every version of the codebook."""
    entries = history(opened_study(args.study))
    if args.format == "json":
        data = [entry_as_data(entry) for entry in entries]
        return write_out(json.dumps(data, ensure_ascii=False, indent=2) + "\n", None)
    show(history_lines(entries))
    return DONE


def run_diff(args: argparse.Namespace) -> int:
    """Compare two versions of the codebook, or two files."""
    comparison = _compared(args.sides)
    if args.format == "json":
        return write_out(json.dumps(comparison.as_data(), ensure_ascii=False, indent=2) + "\n", None)
    show(comparison_lines(comparison))
    return DONE


def _compared(sides: Sequence[str]) -> Comparison:
    match sides:
        case [one, other] if not (other == FILE or _is_version(other) or is_study(path_of(one))):
            return compare_files(path_of(one), path_of(other))
        case [first, *versions] if is_study(path_of(first)) or not (first == FILE or _is_version(first)):
            study = first
        case versions:
            study = "."
    if len(versions) > len(("before", "after")):
        msg = f"{len(versions)} versions are named."
        raise CoderError(msg, "Name two: coder codebook diff STUDY 2 3")
    return compare_versions(opened_study(study), *versions)
