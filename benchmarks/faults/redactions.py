"""Kill a redaction at any place: nothing is taken out, or the next opening leaves no byte of it."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from benchmarks.faults.coded_study import STUDY, make_coded_study
from benchmarks.faults.removals import Removal, kill_removals
from benchmarks.faults.tally import Tally
from coder.store.schema import CURRENT
from coder.store.vectors import VectorStore
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.workflows.study.study import Study

RESPONSES, CODED = 300, 200
_SHORTEST = 6


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
    kill_removals(room, _prepare(room / "template"), tally, seed, after_kill)
    return tally


def _prepare(template: Path) -> Removal:
    """Make the study, with a word of its answers in whatever can quote one; return what is taken out."""
    template.mkdir()
    make_coded_study(template / STUDY, RESPONSES, CODED)
    with closing(open_study(template / STUDY, "jo")) as study:
        texts = [text for (text,) in study.database.rows("SELECT text FROM response")]
        long = [word for text in texts for word in {*text.split()} if len(word) >= _SHORTEST]
        words: str = Counter(filter(str.isalpha, long)).most_common(1)[0][0]
        session = CodingSession(study, "jo")
        session.write_memo(1, f"Is {words} meant?")
        write_note(session, f"Asked about {words}.", "study")
        keep_beside(study)
    return Removal(
        "redact",
        words,
        [words],
        {
            "answers": f"SELECT COUNT(*) FROM response WHERE instr(text, '{words}')",
            "memos": f"SELECT COUNT(*) FROM mark WHERE instr(value, '{words}')",
            "notes": f"SELECT COUNT(*) FROM journal WHERE instr(text, '{words}')",
        },
        {"answers": "SELECT COUNT(*) FROM response", "codings": "SELECT COUNT(*) FROM coding"},
        "redacted",
    )


def keep_beside(study: Study) -> None:
    """Keep vectors of the answers, and a copy of the database, as the program does, beside the tables."""
    texts = [text for (text,) in study.database.rows("SELECT text FROM response")]
    with closing(VectorStore(study.folder / "cache" / "vectors.db")) as store:
        store.put("light", [(sha256(text.encode()).digest(), b"\0\0\0\0") for text in texts])
    study.database.copy_to(study.folder / f"study-before-format-{CURRENT.version}.db")
