"""Kill a redaction at any place: nothing is taken out, or the next opening leaves no byte of it."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from benchmarks.faults.coded_study import STUDY, make_coded_study
from benchmarks.faults.programs import ROOT, environment, judge, run_coder
from benchmarks.faults.tally import Tally
from coder.store.schema import CURRENT
from coder.store.vectors import VectorStore
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESPONSES, CODED = 300, 200
_SHORTEST = 6
_SECONDS = 120
_STANDING = (
    "SELECT COUNT(*) FROM response WHERE instr(text, ?)",
    "SELECT COUNT(*) FROM mark WHERE instr(value, ?)",
    "SELECT COUNT(*) FROM journal WHERE instr(text, ?)",
)
_REDACTIONS = "SELECT COUNT(*) FROM team_event WHERE kind = 'redacted'"
_CLEANING = "SELECT COUNT(*) FROM setting WHERE key = 'privacy.cleaning' AND value <> ''"


def kill_redactions(
    room: Path, count: int, seed: int = 6, after_kill: Callable[[Path], None] | None = None
) -> Tally:
    """Kill a redaction at so many places: statements of SQL, and files opened, renamed and deleted.

    Args:
        room: An empty folder.
        count: How many kills.
        seed: Of the places.
        after_kill: What a test does to the study behind the program's back.
    """
    tally = Tally("redactions", count)
    words = _prepare(room / "template")
    committed_at, places = _places(room, words)
    chance = random.Random(seed)
    behind = count // 2
    chosen = [
        *_spread(range(1, committed_at + 1), count - behind, chance),
        *_spread(range(committed_at + 1, places + 1), behind, chance),
    ]
    untouched = promised = 0
    for place in chosen:
        folder = _fresh(room)
        code = _run(folder / STUDY, words, place).returncode
        if code != -signal.SIGKILL:
            tally.add_traceback(f"place {place}: exit {code}, not killed")
        if after_kill:
            after_kill(folder / STUDY)
        name = f"killed at place {place} of {places}"
        was_taken_out = _judge_tables(folder / STUDY, words, name, tally)
        untouched += not was_taken_out
        promised += was_taken_out
        opened = run_coder(("tables", STUDY, "--format", "json"), folder)
        judge(tally, opened, f"coder tables after {name}", [0])
        judge(tally, run_coder(("check", STUDY), folder), f"coder check after {name}", [0])
        if was_taken_out and (standing := _standing(folder / STUDY, words)):
            tally.add_half_done(f"{name}: the words still stand in {', '.join(standing)}")
        elif not was_taken_out and _run(folder / STUDY, words, 0).returncode:
            tally.add_half_done(f"{name}: the redaction cannot be done once more")
        elif standing := _standing(folder / STUDY, words):
            tally.add_half_done(f"{name}, and once more: the words still stand in {', '.join(standing)}")
        tally.try_done()
    where = f"{committed_at} to the commit, {places - committed_at} behind it"
    facts = f"nothing was taken out in {untouched}, in {promised} the next opening cleaned the rest"
    tally.facts.append(f"places: {where}; {facts}")
    return tally


def _prepare(template: Path) -> str:
    """Make the study, with a word of its answers in whatever can quote one; return the word."""
    template.mkdir()
    make_coded_study(template / STUDY, RESPONSES, CODED)
    with closing(open_study(template / STUDY, "jo")) as study:
        texts = [text for (text,) in study.database.rows("SELECT text FROM response")]
        long = [word for text in texts for word in {*text.split()} if len(word) >= _SHORTEST]
        words: str = Counter(filter(str.isalpha, long)).most_common(1)[0][0]
        session = CodingSession(study, "jo")
        session.write_memo(1, f"Is {words} meant?")
        write_note(session, f"Asked about {words}.", "study")
        with closing(VectorStore(study.folder / "cache" / "vectors.db")) as store:
            store.put("light", [(sha256(text.encode()).digest(), b"\0\0\0\0") for text in texts])
        study.database.copy_to(study.folder / f"study-before-format-{CURRENT.version}.db")
    return words


def _places(room: Path, words: str) -> tuple[int, int]:
    """Return the place of the commit, and how many places there are."""
    ended = _run(_fresh(room) / STUDY, words, 0)
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


def _run(study: Path, words: str, place: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.faults.killed_redaction", str(study), words, str(place)],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip


def _judge_tables(study: Path, words: str, name: str, tally: Tally) -> bool:
    """Return whether the words are gone from the tables, by SQLite alone, on a copy; count a mixture."""
    copy = study.with_name("copy")
    shutil.copytree(study, copy)
    with closing(sqlite3.connect(copy / "study.db")) as connection:
        answers, memos, notes = (connection.execute(sql, (words,)).fetchone()[0] for sql in _STANDING)
        (events,) = connection.execute(_REDACTIONS).fetchone()
        (is_promised,) = connection.execute(_CLEANING).fetchone()
    shutil.rmtree(copy)
    is_gone = not (answers or memos or notes)
    if is_gone != bool(events) or not (is_gone or (answers and memos and notes)):
        tally.add_half_done(f"{name}: {answers} answers, {memos} memos and {notes} notes have the words")
    if is_gone and not is_promised and (files := _standing(study, words)):
        tally.add_half_done(f"{name}: shown as done, and the words stand in {', '.join(files)}")
    return is_gone


def _standing(study: Path, words: str) -> list[str]:
    forms = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        path.name
        for path in sorted(study.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
