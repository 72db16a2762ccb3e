"""The table of acts, and the columns by which versions of the codebook name their parents: format 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.opening.older_formats import ACT_7
from coder.store.team.copies.earlier_acts import EARLIER_ACTS

if TYPE_CHECKING:
    from collections.abc import Callable

ALTERED = "altered TEXT NOT NULL DEFAULT ''"
"""What was cut out of an act's texts since it was made, as `domain.privacy.text_leaves` writes it; empty: it
is as it was made, and as its digest says. Format 8."""
ACT = f"""CREATE TABLE act (
    writer TEXT NOT NULL,
    number INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('step', 'version', 'event')),
    local INTEGER,
    salt BLOB NOT NULL,
    digest BLOB,
    link BLOB,
    {ALTERED},
    PRIMARY KEY (writer, number)) WITHOUT ROWID"""

LATE_STEP = """CREATE TABLE late_step (
    step INTEGER PRIMARY KEY REFERENCES step (number),
    clock INTEGER NOT NULL,
    writer TEXT NOT NULL,
    number INTEGER NOT NULL)"""
"""The steps that follow from others, each with the act that it stands behind: see `late_codings`."""
PARENTS = "parents TEXT NOT NULL DEFAULT '[]'"
"""The names of a version's parents, as JSON."""
DERIVED = "derived TEXT NOT NULL DEFAULT ''"
"""The name of a version that the program worked out; empty for those that people made."""
ACT_INDEXES = (
    "CREATE INDEX act_by_local ON act (kind, local)",
    "CREATE INDEX act_by_clock ON act (clock)",
)
ACT_GUARDS = (
    """CREATE TRIGGER act_is_final BEFORE UPDATE OF writer, number, clock, kind ON act
        BEGIN SELECT RAISE (ABORT, 'the log is final'); END""",
    """CREATE TRIGGER act_is_kept BEFORE DELETE ON act
        BEGIN SELECT RAISE (ABORT, 'the log is kept'); END""",
)


def add_acts(execute: Callable[[str], object]) -> None:
    """Name all that was done so far as every copy of the study names it, also one that was made before."""
    execute(ACT_7)
    execute(LATE_STEP)
    execute(f"ALTER TABLE codebook_version ADD COLUMN {PARENTS}")
    execute(f"ALTER TABLE codebook_version ADD COLUMN {DERIVED}")
    execute(EARLIER_ACTS)
    execute(
        """UPDATE codebook_version SET parents = json_array((SELECT writer || ':' || number FROM act
        WHERE kind = 'version' AND local = codebook_version.number - 1)) WHERE number > 1"""
    )
    for rule in (*ACT_INDEXES, *ACT_GUARDS):
        execute(rule)
