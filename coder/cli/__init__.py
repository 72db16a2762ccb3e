"""The command line: it reads arguments, calls a workflow and prints. Data on stdout, talk on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coder.cli import (
    codebook_commands,
    coding_commands,
    evaluate_command,
    model_command,
    quotes_command,
    report_command,
    study_commands,
    suggestion_commands,
    tables_command,
)
from coder.cli.common import CANCELLED, DONE, FAILED, FAULTS_FOUND, path_of
from coder.cli.parser import Parser
from coder.cli.privacy import privacy_command, redact_command, withdraw_command
from coder.cli.team import agreement_command, disagreements_command, team_command
from coder.errors import CancelledError, CoderError
from coder.version import __version__

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from coder.cli.parser import Run

__all__ = ["CANCELLED", "DONE", "FAILED", "FAULTS_FOUND", "build_parser", "main"]

ABOUT = "Code open survey answers by theme, in the terminal, and count the themes into tables."
NOTES = """\
Without a command, coder opens the study in this folder, or the start screen.
STUDY is a folder; by default the current one. Where nothing can be written to it, it is opened to read.
Data go to stdout, everything else to stderr.

exit codes: 0 done, 1 it could not be done, 2 wrong use, 3 a check found faults, 130 cancelled"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    args = build_parser().parse_args(arguments)
    from coder.cli import plain_output
    from coder.store.opening.patience import tell_waits_to

    plain_output.settle_streams()
    tell_waits_to(plain_output.say_wait)
    run: Run = args.run
    try:
        code = run(args)
        sys.stdout.flush()
    except (CancelledError, KeyboardInterrupt):
        plain_output.say(CancelledError().message)
        return CANCELLED
    except CoderError as error:
        plain_output.say(str(error))
        return FAILED
    except BrokenPipeError:
        plain_output.forget_stdout()
        return DONE
    except OSError as error:
        # A full disk behind stdout, a folder that went away: whatever had no better words by now.
        plain_output.forget_stdout()
        from coder.domain.path_names import on_one_line

        name = on_one_line(error.filename or "The output")
        plain_output.say(f"{name} cannot be used: {error.strerror or on_one_line(str(error))}.")
        return FAILED
    except Exception:
        # Cells that are not what they should be lead to anything; where there are some, that is what to say.
        if not _is_damaged(args):
            raise
        return FAILED
    return code


def _study_of(args: argparse.Namespace) -> str:
    """Return the study that a command is about: this folder, where it names none."""
    names = (getattr(args, "study", None), getattr(args, "source", None), *getattr(args, "sides", ()))
    return next(filter(None, names), ".")


def _is_damaged(args: argparse.Namespace) -> bool:
    """Say what is wrong with the database of the command's study; False where nothing is."""
    from coder.cli.plain_output import say
    from coder.workflows.study.checking import damage_of

    fault = damage_of(path_of(_study_of(args)))
    if fault is None:
        return False
    say(f"The study's database is damaged. {fault.message}\n{fault.repair} All that is wrong: coder check")
    return True


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = Parser("coder", description=ABOUT, epilog=NOTES)
    parser.add_argument("--version", action="version", version=__version__, help="print the version and exit")
    parser.set_defaults(run=study_commands.start)
    commands = parser.commands(required=False)
    study_commands.add_demo(commands)
    study_commands.add_new(commands)
    study_commands.add_code(commands)
    coding_commands.add_codings(commands)
    team_command.add_team(commands)
    tables_command.add_tables(commands)
    quotes_command.add_quotes(commands)
    report_command.add_report(commands)
    agreement_command.add_agreement(commands)
    disagreements_command.add_disagreements(commands)
    disagreements_command.add_settle(commands)
    codebook_commands.add_codebook(commands)
    suggestion_commands.add_suggestions(commands)
    evaluate_command.add_evaluate(commands)
    model_command.add_model(commands)
    privacy_command.add_privacy(commands)
    redact_command.add_redact(commands)
    withdraw_command.add_withdraw(commands)
    study_commands.add_check(commands)
    return parser
