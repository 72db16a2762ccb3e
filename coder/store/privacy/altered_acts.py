"""Acts whose texts were altered since they were made: written anew, and known as such on every copy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.domain.copies.acts import blank_digest, link_of
from coder.domain.privacy.text_cuts import as_first_was, with_cuts_within
from coder.domain.privacy.text_leaves import (
    joined_ways,
    read_ways,
    replaced,
    text_at,
    written_ways,
)
from coder.store.codebook_versions import codebook_from_json, source_hash
from coder.store.row_hashes import SQL_OF_HASH
from coder.store.team.copies.act_rows import act_name, acts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.copies.acts import ActName
    from coder.domain.privacy.text_leaves import CutsByWay, TextWay
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import QuotingAct
    from coder.store.team.copies.stored_versions import SourceEditing

_ALTERED = "SELECT altered, salt FROM act WHERE writer = ? AND number = ?"


def alter_acts(database: Database, quoting: Iterable[QuotingAct], write: SourceEditing) -> None:
    """Cut words out of acts; call it inside a transaction, where the log is unguarded."""
    new_hashes: dict[str, str] = {}
    for act in quoting:
        name = act_name(database, act.kind, act.local)
        made = read_ways(database.row(_ALTERED, tuple(name))[0]) if name is not None else {}
        texts = {
            way: with_cuts_within(text, made.get(way, ()), act.cuts[way])
            for way, text in act.passages
            if act.cuts[way]
        }
        if act.kind == "step":
            _write_step(database, act.local, texts)
        elif act.kind == "version":
            new_hashes |= _write_version(database, act, texts, write)
        else:
            _write_event(database, act.local, texts)
        if name is not None:
            note_altered(database, name, act.cuts)
    _follow_versions(database, new_hashes)


def note_altered(database: Database, name: ActName, cuts: CutsByWay) -> None:
    """Note that an act is no longer as it was made.

    What its digest could be guessed with goes: its salt, or, of one from before salts, the digest itself.

    Args:
        database: The study's.
        name: What the act is called.
        cuts: Where its texts are cut now, by the positions that they had until then; none where positions of
            words alone moved.
    """
    row = database.row(_ALTERED, tuple(name))
    made = read_ways(row[0])
    first = {way: as_first_was(of_way, made.get(way, ())) for way, of_way in cuts.items()}
    database.execute(
        "UPDATE act SET altered = ? WHERE writer = ? AND number = ?",
        (written_ways(joined_ways(made, first)), *name),
    )
    if cuts:
        forget_salt(database, name, had_salt=bool(row[1]) or bool(made))


def forget_salt(database: Database, name: ActName, *, had_salt: bool) -> None:
    """Destroy what an act's content could be guessed with."""
    database.execute("UPDATE act SET salt = x'' WHERE writer = ? AND number = ?", tuple(name))
    if not had_salt:
        database.execute(
            "UPDATE act SET digest = ? WHERE writer = ? AND number = ?", (blank_digest(name), *name)
        )
        _link_anew(database, name.writer)


def _link_anew(database: Database, writer: str) -> None:
    link, rows = b"", []
    for act in acts_of(database, writer):
        if act.digest is None:
            break
        link = link_of(link, act.kind, act.place, act.digest)
        rows.append((link, writer, act.place.number))
    database.execute_many("UPDATE act SET link = ? WHERE writer = ? AND number = ?", rows)


def _write_step(database: Database, step: int, texts: Mapping[TextWay, str]) -> None:
    """Write texts of a step; its hash is worked out by whoever changes further rows of it."""
    changes = _numbers(database, "change", step)
    entries = _numbers(database, "journal", step)
    for way, text in texts.items():
        match way:
            case ("label",):
                database.execute("UPDATE main.step SET label = ? WHERE number = ?", (text, step))
            case ("changes", int(place), int(cell)):
                column = {3: "before", 4: "after"}[cell]
                database.execute(
                    f"UPDATE main.change SET {column} = ? WHERE number = ?", (text, changes[place])
                )
            case ("journal", int(place), 2):
                number = entries[place]
                database.execute("UPDATE journal SET text = ? WHERE number = ?", (text, number))
                hashed = f"UPDATE journal SET row_hash = {SQL_OF_HASH['journal']} WHERE number = ?"
                database.execute(hashed, (number,))


def _numbers(database: Database, table: str, step: int) -> list[int]:
    rows = database.rows(f"SELECT number FROM main.{table} WHERE step = ? ORDER BY number", (step,))
    return [number for (number,) in rows]


def _write_version(
    database: Database, act: QuotingAct, texts: Mapping[TextWay, str], write: SourceEditing
) -> dict[str, str]:
    """Write texts of a version of the codebook; return its hash before and after, in hexadecimal digits."""
    content = replaced(act.content, texts)
    themes = json.dumps(content["themes"], ensure_ascii=False)
    source = write(content["source"], codebook_from_json(themes))
    (old_hash,) = database.row("SELECT hash FROM codebook_version WHERE number = ?", (act.local,))
    new_hash = source_hash(source)
    database.execute(
        """UPDATE codebook_version SET source = ?, hash = ?, themes = ?, label = ?, reason = ?
        WHERE number = ?""",
        (source, new_hash, themes, content["label"], content["reason"], act.local),
    )
    hashed = f"UPDATE codebook_version SET row_hash = {SQL_OF_HASH['codebook_version']} WHERE number = ?"
    database.execute(hashed, (act.local,))
    return {old_hash.hex(): new_hash.hex()} if old_hash != new_hash else {}


def _write_event(database: Database, number: int, texts: Mapping[TextWay, str]) -> None:
    # Its content here differs from that on other copies by numbers alone.
    written: str = database.value("SELECT content FROM team_event WHERE number = ?", (number,))
    own = {way[1:]: text for way, text in texts.items()}
    put_event_content(database, number, replaced(json.loads(written), own))


def put_event_content(database: Database, number: int, content: Any) -> None:
    """Write what an event says, with its hash; call it where the log is unguarded."""
    database.execute(
        "UPDATE team_event SET content = ? WHERE number = ?",
        (json.dumps(content, ensure_ascii=False), number),
    )
    hashed = f"UPDATE team_event SET row_hash = {SQL_OF_HASH['team_event']} WHERE number = ?"
    database.execute(hashed, (number,))


def _follow_versions(database: Database, new_hashes: Mapping[str, str]) -> None:
    """Have rounds name the versions that they began with by what these are called now."""
    for number, written in database.rows("SELECT number, content FROM team_event WHERE kind = 'round begun'"):
        content = json.loads(written)
        way: TextWay = ("codebook",)
        old_hash = text_at(content, way)
        if old_hash is not None and old_hash in new_hashes:
            put_event_content(database, number, replaced(content, {way: new_hashes[old_hash]}))
            name = act_name(database, "event", number)
            if name is not None:
                note_altered(database, name, {("content", "codebook"): ()})
