"""What several commands share: exit codes, paths, and where their output goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from coder.errors import CoderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.team.counting_rule import Agreed
    from coder.store.checks import StudyFault
    from coder.workflows.study.study import Study

DONE, FAILED, FAULTS_FOUND, CANCELLED = 0, 1, 3, 130
"""Exit codes; argparse itself ends with 2."""
READ_BACK = """\
Texts that a spreadsheet program takes for formulas are as they are: coder reads this file back, and an
apostrophe before them would become part of them. Import its columns as text there."""
"""What is said where a CSV for Excel was asked for that is no file for spreadsheets alone."""
_STREAMS = ("/dev", "/dev/fd", "/proc/self/fd")
"""Folders whose links lead to the program's own streams: /dev/stdout."""


def write_out(content: str | bytes, file: str | None) -> int:
    """Write data to a file, or to stdout where none is named.

    A file that was there stays as it was until the new one is whole: the disk may be full.
    """
    from coder.formats.shared.files_out import replace_file

    if file:
        path = path_of(file)
        if _is_stream(path):
            _write_to(path, content)
        else:
            replace_file(path, content)
        return DONE
    if sys.stdout.isatty():
        content = _as_shown(content)
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content)
    return DONE


def _write_to(path: Path, content: str | bytes) -> None:
    """Write data to a pipe or a device; one of them is the terminal."""
    with path.open("wb") as stream:
        shown = _as_shown(content) if stream.isatty() else content
        stream.write(shown if isinstance(shown, bytes) else shown.encode("utf-8"))


def _as_shown(content: str | bytes) -> str:
    """Return data as a terminal may show them, which would act upon control characters in them.

    Raises:
        CoderError: They are no text.
    """
    from coder.text.inert import inert

    if isinstance(content, bytes):
        msg = "This is no text that a terminal could show."
        raise CoderError(msg, "Name a file: --out FILE")
    return inert(content.replace("\r\n", "\n"))


def _is_stream(path: Path) -> bool:
    """Tell whether a file is a pipe or a device, which takes what is written to it and cannot be replaced."""
    if path.is_symlink():
        return str(path.parent) in _STREAMS
    return path.exists() and not (path.is_file() or path.is_dir())


def print_faults(faults: Sequence[StudyFault], otherwise: str) -> int:
    """Print faults and return the exit code for them; without any, say something else."""
    from coder.cli.plain_output import say, show

    if not faults:
        say(otherwise)
        return DONE
    show(f"{fault.message} {fault.repair}" for fault in faults)
    return FAULTS_FOUND


def path_of(name: str) -> Path:
    """Return the path a name stands for; raise CoderError if it holds a line break."""
    from pathlib import Path

    from coder.domain.path_names import refuse_line_breaks

    refuse_line_breaks(name)
    return Path(name)


def coder_named(study: Study, name: str | None) -> str | None:
    """Return the coder whom an option names, in whichever Unicode form; None if it is not given."""
    from coder.workflows.study.coders import coder_called

    return coder_called(study.database, name) if name else None


def counting_rule(args: argparse.Namespace) -> Agreed:
    """Return what of several coders' codings counts; raise CoderError if one coder is asked for as well."""
    if args.coder and args.coders:
        msg = "--coders would change nothing: --coder takes the codings of one."
        raise CoderError(msg, "Leave out one of the two.")
    return cast("Agreed", args.coders or "settled")


def csv_for_excel(study: Study, args: argparse.Namespace, kind: str, kinds: Sequence[str] = ("csv",)) -> bool:
    """Tell whether a CSV is for Excel: as asked, or as the study has it.

    Args:
        study: The study.
        args: The command's arguments.
        kind: The format that is written.
        kinds: The formats that are CSV.

    Raises:
        CoderError: It is asked for, and what is written is no CSV.
    """
    refuse_idle_excel(args, kind, kinds)
    return args.excel or study.settings.csv_for_excel


def refuse_idle_excel(args: argparse.Namespace, kind: str, kinds: Sequence[str] = ("csv",)) -> None:
    """Raise CoderError if a CSV is wanted for Excel where no CSV is written."""
    if args.excel and kind not in kinds:
        msg = f"--excel would change nothing: it is of a CSV, and {kind} is none."
        raise CoderError(msg, "Leave out --excel, or write a CSV: --format csv")


def opened_study(name: str) -> Study:
    """Open a study, and say if its codebook.yaml has edits that wait, or differs from what is in use."""
    from coder.cli.plain_output import say
    from coder.workflows.study.opening import open_study

    study = open_study(path_of(name))
    for notice in study.notices:
        say(notice)
    return study


def refuse_read_only(study: Study, path: Path) -> None:
    """Raise CoderError if a file would come to lie in the folder of a study that can only be read."""
    import os

    folder = next(above for above in path.absolute().parents if above.is_dir())
    is_inside = folder.resolve().is_relative_to(study.folder.resolve())
    if study.read_only and is_inside and not os.access(folder, os.W_OK):
        msg = f"{path} would be written into the study's folder, which is read only."
        raise CoderError(msg, "Name a file elsewhere: --out FILE")


def ask(question: str) -> str:
    """Return what somebody at the terminal answers; nothing at the end of input.

    Raises:
        CoderError: There is no terminal.
    """
    from coder.cli.plain_output import has_terminal

    if not has_terminal():
        msg = "Nothing was changed: there is no terminal on which to ask."
        raise CoderError(msg, "To do what the plan shows without being asked: --yes")
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()
