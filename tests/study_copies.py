"""Copies of one small study, what people do in them, and what they come to."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from making import small_study

from coder.store import checks
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import send

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.workflows.study.study import Study


def copies(folder: Path, names: Sequence[str] = "abc") -> list[Study]:
    """Make a study and copies of it, one for each name or letter."""
    small_study(folder / names[0]).close()
    for name in names[1:]:
        shutil.copytree(folder / names[0], folder / name)
    return [open_study(folder / name) for name in names]


def exchange(sender: Study, receiver: Study) -> None:
    """Have a copy send all it has to another."""
    path = sender.folder.parent / f"{sender.folder.name}-{receiver.folder.name}.coderbundle"
    send(sender, path, sender.folder.name)
    receive(receiver, path)


def everything_in(study: Study) -> dict[str, Any]:
    """Return all that must be the same in copies with the same acts."""
    database = study.database
    queries = {
        "steps": "SELECT number, at, coder, kind, target, label, codebook, undone, revision FROM step",
        "changes": """SELECT step, response, aspect, theme, before, after, origin, words_by FROM change
            ORDER BY number""",
        "late": "SELECT * FROM late_step ORDER BY step",
        "codings": "SELECT * FROM coding",
        "marks": "SELECT * FROM mark",
        "journal": "SELECT * FROM journal ORDER BY number",
        "versions": """SELECT number, at, coder, source, themes, label, carried, undoes, undone, parents,
            derived FROM codebook_version ORDER BY number""",
        "events": "SELECT number, at, by, kind, content FROM team_event ORDER BY number",
        "people": "SELECT * FROM person ORDER BY id",
        "answers": "SELECT number, id, respondent, text, hash FROM response ORDER BY number",
        "respondents": "SELECT number, id FROM respondent ORDER BY number",
        "acts": "SELECT writer, number, clock, kind, local FROM act ORDER BY writer, number",
    }
    return {name: database.rows(sql) for name, sql in queries.items()} | {
        "file": study.codebook_path.read_text(encoding="utf-8")
    }


def assert_whole(study: Study) -> None:
    """Check that a study's database says what its log says, and breaks no rule of its own."""
    messages = [fault.message for fault in checks.faults(study.database)]
    assert messages == [], messages
