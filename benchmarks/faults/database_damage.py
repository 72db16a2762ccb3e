"""Ways in which a study's database is damaged: odd cells, bytes, and what stands in it that should not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.faults.odd_cells import damages, do_damage

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

PAGE = 4096
HEADER = 100
CELLS_SHARE, BYTES_SHARE = 0.6, 0.28
"""Of the cases; in the rest something in it is strange."""
STRANGE = (
    "DROP INDEX coding_by_theme",
    "DROP TRIGGER change_is_final",
    "DROP TABLE mark",
    "DROP TABLE exposure",
    "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM coding; END",
    "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "CREATE TABLE stranger (x)",
    "ALTER TABLE coding RENAME COLUMN spans TO span",
    "ALTER TABLE step ADD COLUMN more TEXT",
    "ALTER TABLE response RENAME TO answers",
    "DELETE FROM coding WHERE rowid IS NULL OR respondent % 7 = 3",
    "DELETE FROM mark",
    "DELETE FROM codebook_version",
    "DELETE FROM question",
    "DELETE FROM setting",
    "UPDATE coding SET theme = 'housing' WHERE theme = 'retention'",
    "INSERT INTO mark SELECT response, coder, 'done', '', question, '1' FROM coding GROUP BY response",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 999",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 1",
)


def damaged_copies(study: Path, folder: Path, count: int, chance: random.Random) -> Iterator[str]:
    """Make one damaged copy of a study after the other in a folder; yield what is wrong with each."""
    cells = damages(study, count, chance.randrange(2**32))
    for _ in range(count):
        shutil.rmtree(folder, ignore_errors=True)
        kind = chance.random()
        if kind < CELLS_SHARE:
            damage = next(cells)
            do_damage(study, damage, folder)
            yield str(damage)
            continue
        shutil.copytree(study, folder)
        if kind < CELLS_SHARE + BYTES_SHARE:
            yield _change_bytes(folder / "study.db", chance)
        else:
            yield _make_strange(folder / "study.db", chance)


def _change_bytes(path: Path, chance: random.Random) -> str:
    content = bytearray(path.read_bytes())
    page = chance.randrange(len(content) // PAGE) * PAGE
    match chance.randrange(7):
        case 0:
            end = chance.randrange(len(content))
            del content[end:]
            damage = f"cut off after {end} bytes"
        case 1:
            content[page : page + PAGE] = bytes(PAGE)
            damage = f"page {page // PAGE} is empty"
        case 2:
            content[page : page + PAGE] = chance.randbytes(PAGE)
            damage = f"page {page // PAGE} is noise"
        case 3:
            other = chance.randrange(len(content) // PAGE) * PAGE
            content[page : page + PAGE] = content[other : other + PAGE]
            damage = f"page {page // PAGE} is a copy of page {other // PAGE}"
        case 4:
            place = chance.randrange(HEADER)
            content[place] ^= 1 << chance.randrange(8)
            damage = f"a bit of byte {place} is wrong"
        case 5:
            path.with_name("study.db-wal").write_bytes(chance.randbytes(5 * PAGE))
            damage = "a log of noise lies beside it"
        case _:
            places = [chance.randrange(len(content)) for _ in range(chance.randint(1, 30))]
            for place in places:
                content[place] = chance.randrange(256)
            damage = f"{len(places)} bytes are wrong, the first at {places[0]}"
    path.write_bytes(content)
    return damage


def _make_strange(path: Path, chance: random.Random) -> str:
    statement = chance.choice(STRANGE)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        is_deletion = statement.startswith(("DELETE", "UPDATE"))
        for name, _ in guards if is_deletion else ():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement.replace("rowid IS NULL OR ", ""))
        for _, sql in guards if is_deletion else ():
            connection.execute(sql)
    return statement
