"""Names for what was done before acts had names: the same on every copy that was made of the study since.

Such acts belong to a writer for each kind, coder and day, who is called by them and by how the study began.
So two folders that were copied, and in which different people worked on, are made one as any others. Where
one person went on in both on the day of the copy, two acts have one name: whoever receives them is told, and
nothing is taken.
"""

from __future__ import annotations

from hashlib import sha256

WRITER_DIGITS = 16


def earlier_writer(*cells: str | bytes | None) -> str:
    """Return the writer of acts that had none: 16 digits, from what is the same on every copy."""
    written = b"\x1f".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
    return sha256(b"before writers\x1f" + written).hexdigest()[:WRITER_DIGITS]


# The clock counts all acts in the order in which they were made. A version was made before the first step
# with it, an event of the team before the first step that is later.
_ALL = """SELECT 'step' AS kind, number AS local, at, coder, number AS place, 2 AS rank FROM step
    UNION ALL SELECT 'version', v.number, v.at, v.coder,
        COALESCE((SELECT MIN(s.number) FROM step s WHERE s.codebook >= v.number), 1e15), 1
    FROM codebook_version v
    UNION ALL SELECT 'event', e.number, e.at, e.by,
        COALESCE((SELECT MIN(s.number) FROM step s WHERE s.at > e.at), 1e15), 1
    FROM team_event e"""
_BEGINNING = "(SELECT hex(hash) || at FROM codebook_version ORDER BY number LIMIT 1)"
EARLIER_ACTS = f"""INSERT INTO act (writer, number, clock, kind, local, salt)
    SELECT writer, ROW_NUMBER() OVER (PARTITION BY writer ORDER BY clock), clock, kind, local, x''
    FROM (SELECT *, earlier_writer({_BEGINNING}, kind, CAST(coder AS BLOB), substr(at, 1, 10)) AS writer
        FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY place, rank, at, kind, local) AS clock FROM ({_ALL})))"""
"""The statement that names them."""
