"""What the commands on copies of a study do; loaded when one of them is run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coder.cli.common import DONE, ask, opened_study, path_of
from coder.cli.plain_output import progress_line, say, show
from coder.cli.team.passphrases import new_passphrase, passphrase_of
from coder.domain.grammar import counted
from coder.domain.texts.shell_quoting import joined
from coder.errors import CancelledError
from coder.formats.bundles.bundle_files import SUFFIX
from coder.workflows.revising import revising
from coder.workflows.revising.plan_text import plan_lines
from coder.workflows.revising.settling_clashes import settling, theme_decided_on
from coder.workflows.study.coders import coder_called, default_coder
from coder.workflows.study.opening import share_with_group
from coder.workflows.study.waiting_clashes import clash_lines, waiting_clashes
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive, rehearse_receipt
from coder.workflows.team.copies.sending import pack, send

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from coder.workflows.study.study import Study


def _send(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    path = _file(args, study, f"{datetime.now().astimezone():%Y-%m-%d}")
    passphrase = new_passphrase() if args.passphrase else ""
    sent = send(study, path, _name(study, args), progress_line("Writing"), passphrase)
    say(f"{path}: {_size(sent.bytes)}. It holds answers' ids and all codings, not the answers themselves.")
    say(f"Where it goes: {joined(['coder', 'team', 'receive', 'STUDY', path.name])}")
    return DONE


def _pack(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    path = _file(args, study, args.name)
    passphrase = new_passphrase() if args.passphrase else ""
    packed = pack(study, args.name, path, _name(study, args), progress_line("Writing"), passphrase)
    say(f"{path}: {counted(packed.answers, 'answer')} for {args.name}, {_size(packed.bytes)}.")
    say(f"There: {joined(['coder', 'team', 'open', path.name])}")
    return DONE


def _open(args: argparse.Namespace) -> int:
    folder = path_of(args.dir) if args.dir else None
    path = path_of(args.file)
    opened = open_pack(path, folder, progress_line("Reading"), passphrase_of(path))
    if args.shared:
        share_with_group(opened.folder)
    say(f"{opened.folder}: {counted(opened.answers, 'answer')} for {opened.person}.")
    command = ["coder", "code", str(opened.folder), "--coder", opened.person]
    say(f"To code them: {joined(command)}")
    return DONE


def _receive(args: argparse.Namespace) -> int:
    study, path = opened_study(args.study), path_of(args.file)
    progress, passphrase = progress_line("Reading"), passphrase_of(path)
    if args.dry_run or not args.yes:
        receipt = rehearse_receipt(study, path, progress=progress, passphrase=passphrase)
        show(receipt_lines(receipt, is_done=False))
        if args.dry_run or receipt.is_empty:
            return DONE
        if ask("Take it in? [y/N] ").casefold() not in {"y", "yes"}:
            raise CancelledError
        taken_in = receive(study, path, passphrase=passphrase)
        say(f"Taken in. {taken_in.unfinished}".rstrip())
        return DONE
    show(receipt_lines(receive(study, path, progress=progress, passphrase=passphrase), is_done=True))
    return DONE


def _clashes(args: argparse.Namespace) -> int:
    clashes = waiting_clashes(opened_study(args.study).database)
    if not clashes:
        say("Nothing of the codebook waits for a decision.")
    show(clash_lines(clashes))
    return DONE


def _decide(args: argparse.Namespace) -> int:
    study = opened_study(args.study)
    revision = settling(study, args.theme, args.field, args.choice)
    theme_id = theme_decided_on(study, args.theme, args.field)
    if theme_id and args.look_again:
        revision = revision.recheck(theme_id)
    elif theme_id and args.keep_codings:
        revision = revision.keep_codings(theme_id)
    plan = revising.plan(study, revision)
    show(plan_lines(plan, study.settings.respondents))
    if not args.yes and ask("Decide so? [y/N] ").casefold() not in {"y", "yes"}:
        raise CancelledError
    number = revising.apply(study, plan, coder_called(study.database, args.by or default_coder()))
    say(f"Decided: version {number} of the codebook.")
    return DONE


def _name(study: Study, args: argparse.Namespace) -> str:
    return study.name_of(coder_called(study.database, args.by or default_coder()))


def _file(args: argparse.Namespace, study: Study, suffix: str) -> Path:
    if args.to:
        return path_of(args.to)
    folder = study.folder.absolute()
    return path_of(str(folder.with_name(f"{folder.name}-{suffix}{SUFFIX}")))


def _size(bytes_written: int) -> str:
    return (
        f"{bytes_written / 2**20:,.1f} MB" if bytes_written >= 2**20 else f"{bytes_written / 2**10:,.0f} kB"
    )


COPIES_RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "send": _send,
    "pack": _pack,
    "open": _open,
    "receive": _receive,
    "clashes": _clashes,
    "decide": _decide,
}
"""What each command does."""
