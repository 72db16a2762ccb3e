"""Kill at any place what takes words or people out: nothing is done, or the next opening finishes it."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.faults.coded_study import STUDY
from benchmarks.faults.programs import ROOT, environment, judge, run_coder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from benchmarks.faults.tally import Tally

_SECONDS = 120
_CLEANING = "SELECT COUNT(*) FROM setting WHERE key = 'privacy.cleaning' AND value <> ''"


class Removal(NamedTuple):
    """What is taken out of a study, and how it is judged."""

    act: str
    """`redact` or `withdraw`, as `killed_removal` is told."""
    what: str
    """The words, or the respondent's id."""
    texts: Sequence[str]
    """What no byte of any file may say afterwards."""
    standing: Mapping[str, str]
    """By what it counts, each query counts what must be gone: all of it or nothing."""
    kept: Mapping[str, str]
    """By what it counts, each query counts what has to stay as it is."""
    event: str
    """The kind of the event that tells of it."""


def kill_removals(
    room: Path,
    removal: Removal,
    tally: Tally,
    seed: int,
    after_kill: Callable[[Path], None] | None = None,
) -> None:
    """Kill a removal at as many places as are planned: statements of SQL, and files opened or renamed.

    Args:
        room: A folder with the folder `template`, in which the study is.
        removal: What is taken out.
        tally: Where it is counted.
        seed: Of the places.
        after_kill: What a test does to the study behind the program's back.
    """
    committed_at, places = _places(room, removal)
    kept = _counts(room / "template" / STUDY, removal.kept)
    chance = random.Random(seed)
    behind = tally.planned // 2
    chosen = [
        *_spread(range(1, committed_at + 1), tally.planned - behind, chance),
        *_spread(range(committed_at + 1, places + 1), behind, chance),
    ]
    untouched = promised = 0
    for place in chosen:
        folder, name = _fresh(room), f"killed at place {place} of {places}"
        code = _run(folder / STUDY, removal, place).returncode
        if code != -signal.SIGKILL:
            tally.add_traceback(f"place {place}: exit {code}, not killed")
        if after_kill:
            after_kill(folder / STUDY)
        is_done = _judge_tables(folder / STUDY, removal, name, tally)
        untouched += not is_done
        promised += is_done
        _judge_afterwards(folder, removal, name, tally, is_done=is_done)
        if (now := _counts(folder / STUDY, removal.kept)) != kept:
            tally.add_lost(f"{name}: of {kept} there is {now}")
        tally.try_done()
    where = f"{committed_at} to the commit, {places - committed_at} behind it"
    facts = f"nothing was taken out in {untouched}, in {promised} the next opening cleaned the rest"
    tally.facts.append(f"places: {where}; {facts}")


def _judge_afterwards(folder: Path, removal: Removal, name: str, tally: Tally, *, is_done: bool) -> None:
    """Judge what the next commands make of a study; where nothing was done, do it once more."""
    opened = run_coder(("tables", STUDY, "--format", "json"), folder)
    judge(tally, opened, f"coder tables after {name}", [0])
    judge(tally, run_coder(("check", STUDY), folder), f"coder check after {name}", [0])
    if is_done and (files := _standing(folder / STUDY, removal)):
        tally.add_half_done(f"{name}: the words still stand in {', '.join(files)}")
    elif not is_done and _run(folder / STUDY, removal, 0).returncode:
        tally.add_half_done(f"{name}: it cannot be done once more")
    elif files := _standing(folder / STUDY, removal):
        tally.add_half_done(f"{name}, and once more: the words still stand in {', '.join(files)}")


def _places(room: Path, removal: Removal) -> tuple[int, int]:
    """Return the place of the commit, and how many places there are."""
    ended = _run(_fresh(room) / STUDY, removal, 0)
    committed_at, places = map(int, ended.stdout.split())
    return committed_at, places


def _spread(places: range, count: int, chance: random.Random) -> list[int]:
    """Return so many places, each any one of an equal share of them."""
    return [places[int((share + chance.random()) * len(places) / count)] for share in range(count)]


def _fresh(room: Path) -> Path:
    folder = room / "work"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(room / "template", folder)
    return folder


def _run(study: Path, removal: Removal, place: int) -> subprocess.CompletedProcess[str]:
    own_state = {"XDG_STATE_HOME": str(study.parents[1] / "state")}
    arguments = (str(study), removal.act, removal.what, str(place))
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.faults.killed_removal", *arguments],
        cwd=ROOT, env=environment() | own_state, capture_output=True, text=True, timeout=_SECONDS,
        check=False,
    )  # fmt: skip


def _judge_tables(study: Path, removal: Removal, name: str, tally: Tally) -> bool:
    """Return whether all is gone from the tables, by SQLite alone, on a copy; count a mixture."""
    queries = {
        **removal.standing,
        "event": f"SELECT COUNT(*) FROM team_event WHERE kind = '{removal.event}'",
        "promise": _CLEANING,
    }
    counts = _counts(study, queries)
    is_promised, was_told = counts.pop("promise"), counts.pop("event")
    is_gone = not any(counts.values())
    if is_gone != bool(was_told) or not (is_gone or all(counts.values())):
        tally.add_half_done(f"{name}: still there are {counts}; events that tell of it: {was_told}")
    if is_gone and not is_promised and (files := _standing(study, removal)):
        tally.add_half_done(f"{name}: shown as done, and the words stand in {', '.join(files)}")
    return is_gone


def _counts(study: Path, queries: Mapping[str, str]) -> dict[str, int]:
    """Return what queries count in a study, by SQLite alone and without touching it."""
    copy = study.with_name("copy")
    shutil.copytree(study, copy)
    try:
        with closing(sqlite3.connect(copy / "study.db")) as connection:
            return {name: connection.execute(sql).fetchone()[0] for name, sql in queries.items()}
    finally:
        shutil.rmtree(copy)


def _standing(study: Path, removal: Removal) -> list[str]:
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    forms = [text.encode(encoding) for text in removal.texts for encoding in encodings]
    return [
        path.name
        for path in sorted(study.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
