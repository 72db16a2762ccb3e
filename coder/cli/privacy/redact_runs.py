"""What `coder redact` does; loaded when it is run."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from coder.cli.common import DONE, FAULTS_FOUND, ask, coder_named, opened_study, path_of
from coder.cli.plain_output import say, show
from coder.cli.privacy.finding_runs import find
from coder.cli.privacy.taken_text import (
    MOST_SHOWN,
    NO_WAY_BACK,
    doubtful_lines,
    second_version_lines,
    taken_line,
)
from coder.domain.grammar import counted, listed
from coder.domain.privacy.removals import Removal, WordsToTakeOut, kind_called
from coder.errors import CancelledError, CoderError
from coder.formats.shared.files_out import replace_file
from coder.formats.shared.text_in import read_utf8
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import plan_removals, take_out
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.coders import default_coder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.workflows.privacy.proving import Proof
    from coder.workflows.privacy.taking_out import RemovalPlan
    from coder.workflows.study.study import Study

KEY_SEPARATOR = "\t"
"""Stands in a key file between words and what stands in their place."""


def redact(args: argparse.Namespace) -> int:
    """Take words out of a study."""
    if not (args.take_out or args.at or args.prove or args.list):
        return find(args)
    study = opened_study(args.study)
    if args.prove or args.list:
        return _prove(study, [*args.prove, *(_listed_words(args.list) if args.list else ())], args.also)
    if args.key_file:
        _refuse_inside(study, path_of(args.key_file))
    if len(args.kind or ()) > 1:
        msg = "What is taken out is of one kind."
        raise CoderError(msg, "Give one --kind with --take-out or --at.")
    kind = kind_called(*args.kind) if args.kind else "other"
    words = [WordsToTakeOut(text, kind, args.replacement) for text in args.take_out]
    removals = [
        Removal(answer, _number(start), _number(end), kind, args.replacement)
        for answer, start, end in args.at
    ]
    removals += removals_of(study, words)
    plan = plan_removals(study, removals, words)
    if not plan.passages and not plan.quoting:
        say("These words stand nowhere in answers, nor in what was written about them.")
        return DONE
    show(_plan_lines(plan))
    if args.dry_run:
        return DONE
    if not args.yes and ask("Take it out? [y/N] ").casefold() not in {"y", "yes"}:
        raise CancelledError
    by = coder_named(study, args.by) or coder_named(study, default_coder()) or ""
    with _key_kept(path_of(args.key_file) if args.key_file else None, plan.key) as keep_key:
        taken = take_out(study, removals, by, words)
        keep_key(taken.key)
    say(taken_line(taken))
    return DONE


def _plan_lines(plan: RemovalPlan) -> Iterator[str]:
    kinds = listed([f"{count:,} {kind}" for kind, count in plan.kinds.items()])
    where = f"{counted(plan.passages, 'passage')} of {counted(plan.answers, 'answer')}"
    yield f"{where}: {kinds}" if kinds else where
    for quoting in plan.quoting[:MOST_SHOWN]:
        yield f"  also in {quoting.where}: {quoting.text}"
    if len(plan.quoting) > MOST_SHOWN:
        yield f"  and in {len(plan.quoting) - MOST_SHOWN:,} more texts"
    yield from doubtful_lines(plan.doubtful, "the words")
    if plan.copies:
        names = listed([path.name for path in plan.copies])
        yield f"Deleted as well, as the study is in it as it was: {names}"
    yield from second_version_lines(plan.second_versions)
    yield NO_WAY_BACK


def _number(text: str) -> int:
    if not text.isdecimal():
        msg = f"'{text}' is no number of a character."
        raise CoderError(msg, "Characters are counted from 0: --at C017.Q16.1 4 9")
    return int(text)


def _prove(study: Study, texts: Sequence[str], also: Sequence[str]) -> int:
    proof = prove(study, texts, [path_of(name) for name in also])
    show(_proof_lines(proof, len(texts)))
    return DONE if proof.holds else FAULTS_FOUND


def _proof_lines(proof: Proof, texts: int) -> Iterator[str]:
    # The words themselves are not repeated: what is printed may be kept.
    yield from _lines_within(proof)
    if proof.holds:
        searched = "tables, files, and what is packed in them"
        yield f"Of {counted(texts, 'text')} none stands anywhere in the study: {searched}."
    for number, where in proof.outside:
        yield f"Outside the study: words {number} in {where}"
    for name in proof.opaque_outside:
        yield f"Outside the study, and cannot be looked into: {name}"
    for path in proof.exports:
        yield f"Beside the study, without these words: {path}"
    yield "What no program here can look into or clean:"
    for line in proof.unreachable:
        yield f"  {line}"


def _lines_within(proof: Proof) -> Iterator[str]:
    if proof.unfinished:
        yield proof.unfinished
    for number, where in proof.standing:
        yield f"Still in the study: words {number} in {where}"
    for number, where in proof.doubtful:
        yield f"Perhaps still in the study: a part of words {number} in {where}"
    if proof.doubtful:
        yield (
            "  What may be a part decides nothing: it may be about somebody else. Read it; if it is not,"
            " take it out as well: coder redact --take-out PART"
        )
    for name in proof.opaque_within:
        yield f"In the study, and cannot be looked into: {name}"


def _listed_words(name: str) -> list[str]:
    text = sys.stdin.read() if name == "-" else read_utf8(path_of(name))
    words = [line.partition(KEY_SEPARATOR)[0].strip() for line in text.splitlines()]
    if not any(words):
        msg = f"{name} holds no words."
        raise CoderError(msg, "Write one text a line.")
    return [text for text in words if text]


def _refuse_inside(study: Study, path: Path) -> None:
    if path.absolute().resolve().is_relative_to(study.folder.resolve()):
        msg = f"{path} would lie in the study, from which the words are to be gone."
        raise CoderError(msg, "Name a file elsewhere.")


@contextmanager
def _key_kept(path: Path | None, key: Mapping[str, str]) -> Iterator[Callable[[Mapping[str, str]], None]]:
    """Write a key file before the words go, for they cannot be had afterwards; delete it if they stay.

    Yields what is told the key as it has become.
    """
    if path is None:
        yield lambda _: None
        return
    if path.exists():
        msg = f"{path} is there already."
        raise CoderError(msg, "It may be the key of an earlier redaction: name another file.")
    _write_key(path, key)
    try:
        yield lambda final: _write_key(path, final) if final != key else None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    say(f"{path} says which words these were: whoever has it and the study knows them.")


def _write_key(path: Path, key: Mapping[str, str]) -> None:
    lines = [f"{' '.join(words.split())}{KEY_SEPARATOR}{replacement}\n" for words, replacement in key.items()]
    # For nobody else to read, not even while it is written: a file that is there keeps its permissions.
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    replace_file(path, "".join(lines))
