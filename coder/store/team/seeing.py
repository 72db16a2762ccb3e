"""What a connection to the database shows of codings: to whom, and of which moment.

Views of the connection's own stand in for the tables of codings, so that every query that names them sees
what is to be seen and no other. What is written names the tables themselves (`main.coding`).
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coder.domain.team.rounds import APART
from coder.domain.team.sight import EVERYTHING, Sight
from coder.errors import CoderError
from coder.store.steps.current_state import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.team.rounds import Round
    from coder.store.database import Database

_IN_ROUNDS = "SELECT 1 FROM main.assignment a WHERE a.response = {table}.response AND a.round IN ({rounds})"
_OWN_STEP = "(SELECT s.coder FROM main.step s WHERE s.number = {table}.step) = {person}"
_BEGAN = "(SELECT MIN(began) FROM main.round WHERE id IN ({rounds}))"
_VIEWS = {
    "coding": f"coder = {{person}} OR NOT EXISTS ({_IN_ROUNDS})",
    "mark": f"coder = {{person}} OR NOT EXISTS ({_IN_ROUNDS})",
    "change": f"NOT EXISTS ({_IN_ROUNDS}) OR {_OWN_STEP}",
    "exposure": f"NOT EXISTS ({_IN_ROUNDS}) OR {_OWN_STEP}",
    "step": f"""coder = {{person}} OR NOT (EXISTS (SELECT 1 FROM main.change c
            JOIN main.assignment a ON a.response = c.response AND a.round IN ({{rounds}})
            WHERE c.step = step.number)
        OR (at >= {_BEGAN} AND COALESCE(target, number) IN (SELECT step FROM main.journal)))""",
    # What somebody notes on a theme may say how they code. What was noted before the rounds began is known.
    "journal": f"""{_OWN_STEP} OR (SELECT s.at FROM main.step s WHERE s.number = journal.step)
        < {_BEGAN}""",
}
"""For each table with codings which of its rows somebody in a blind round sees."""


def see(database: Database, sight: Sight) -> None:
    """Have a connection show what somebody may see, in place of what it showed."""
    if database.sight == sight:
        return
    with _all_or_nothing(database):
        _uncover(database, tuple(_VIEWS))
        for table in _VIEWS:
            if seen := " AND ".join(_conditions(sight, table)):
                database.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {seen}")
    database.sight = sight


def _conditions(sight: Sight, table: str) -> Iterator[str]:
    """Yield what the rows of a table meet that are seen."""
    person = _quoted(sight.person_id)
    if sight.is_blind:
        rounds = ", ".join(map(_quoted, sight.rounds))
        yield f"({_VIEWS[table].format(table=table, rounds=rounds, person=person)})"
    if sight.hides_apart:
        coder_of_step = f"(SELECT s.coder FROM main.step s WHERE s.number = {table}.step)"
        coder_id = "coder" if table in {"coding", "mark", "step"} else coder_of_step
        yield f"(substr({coder_id}, 1, {len(APART)}) <> '{APART}' OR {coder_id} = {person})"


@contextmanager
def everything_seen(database: Database) -> Iterator[None]:
    """Have a connection show everybody's codings in the block: for what copies exchange."""
    with _seen(database, EVERYTHING):
        yield


@contextmanager
def layers_seen(database: Database) -> Iterator[None]:
    """Have a connection show layers set apart as well in the block: for what changes all codings."""
    with _seen(database, database.sight._replace(hides_apart=False)):
        yield


@contextmanager
def _seen(database: Database, sight: Sight) -> Iterator[None]:
    before = database.sight
    see(database, sight)
    try:
        yield
    finally:
        see(database, before)


@contextmanager
def as_finished(
    database: Database, one_round: Round, moment: str, version: int, merges: Sequence[tuple[str, str]] = ()
) -> Iterator[None]:
    """Have a connection show, in the block, a round as it stood: what its members had coded by a moment.

    Nothing else is there: no codings of others, none on answers that were not theirs, nothing done since. Of
    a training there is the gold as well; where somebody codes again, what they had coded when that began, as
    revisions of the codebook have carried it since. Whoever turned out to be another since is that other,
    whose choice stands where both had decided.

    Args:
        database: The study's.
        one_round: The round.
        moment: When, in UTC, as the log writes it.
        version: Of the codebook in use then: later ones are not there.
        merges: Who turned out to be whom, by ids, as `Team.merges` has them.
    """
    sight = database.sight
    _uncover(database, tuple(_VIEWS))
    conditions = [
        f"""EXISTS (SELECT 1 FROM main.step s JOIN main.assignment a ON {_readers(one_round, merges)}
        WHERE s.number = change.step AND s.at <= {_quoted(moment)}
        AND a.response = change.response AND a.round = {_quoted(one_round.id)})"""
    ]
    # A round that is set apart is of two layers, which are seen both or not at all.
    if sight.is_blind and not one_round.layer:
        conditions += _conditions(sight._replace(hides_apart=False), "change")
    where = " AND ".join(conditions)
    database.execute(f"CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE {where}")
    database.execute(
        f"""CREATE TEMP VIEW codebook_version AS
        SELECT * FROM main.codebook_version WHERE number <= {int(version)}"""
    )
    try:
        for statement in _AS_LATEST:
            database.execute(statement)
        if merges:
            _make_one(database, merges)
        yield
    finally:
        for table in ("coding", "mark"):
            database.execute(f"DROP TABLE IF EXISTS temp.{table}")
        _uncover(database, ("step", "change", "codebook_version"))
        database.sight = EVERYTHING
        see(database, sight)


def _readers(one_round: Round, merges: Sequence[tuple[str, str]]) -> str:
    """Return the condition that a step `s` is of somebody whose answers `a` are, and is of their round."""
    coder_id = _as_is_now("s.coder", merges)
    if not one_round.layer:
        return f"a.person = {coder_id}"
    earlier = f"{coder_id} = {_quoted(one_round.gold)}"
    if one_round.is_repeat:
        earlier = f"a.person = {coder_id} AND (s.at <= {_quoted(one_round.began)} OR s.revision IS NOT NULL)"
    return f"(s.coder = {_quoted(one_round.layer)} OR ({earlier}))"


def _as_is_now(column: str, merges: Sequence[tuple[str, str]]) -> str:
    """Return what gives of the person in a column whom they turned out to be."""
    if not merges:
        return column
    into = dict(merges)
    ends = {}
    for person_id in into:
        end = person_id
        while end in into:
            end = into[end]
        ends[person_id] = end
    cases = " ".join(f"WHEN {_quoted(source)} THEN {_quoted(end)}" for source, end in ends.items())
    return f"CASE {column} {cases} ELSE {column} END"


def _make_one(database: Database, merges: Sequence[tuple[str, str]]) -> None:
    """Make what stood then of people who turned out to be others that of the others, in the log as well."""
    decided = """SELECT response FROM temp.coding WHERE coder = :target
        UNION SELECT response FROM temp.mark WHERE coder = :target AND aspect <> 'memo'"""
    for source, target in merges:
        people = {"source": source, "target": target}
        listed = json.dumps([response for (response,) in database.rows(decided, people)])
        for table in ("coding", "mark"):
            database.execute(
                f"""DELETE FROM temp.{table} WHERE coder = :source
                AND response IN (SELECT value FROM json_each(:listed))""",
                people | {"listed": listed},
            )
            database.execute(f"UPDATE temp.{table} SET coder = :target WHERE coder = :source", people)
    columns = [name for (name,) in database.rows("SELECT name FROM pragma_table_info('step', 'main')")]
    selected = ", ".join(f"{_as_is_now(n, merges)} AS {n}" if n == "coder" else n for n in columns)
    database.execute(f"CREATE TEMP VIEW step AS SELECT {selected} FROM main.step")


_AS_LATEST = (
    f"""CREATE TEMP TABLE coding AS
    SELECT l.response, l.theme, l.coder, r.question, r.respondent, l.after AS spans, l.origin, l.words_by
    FROM ({LATEST}) l JOIN response r ON r.number = l.response WHERE l.aspect = 'theme'""",
    f"""CREATE TEMP TABLE mark AS
    SELECT l.response, l.coder, l.aspect, l.theme, r.question, l.after AS value
    FROM ({LATEST}) l JOIN response r ON r.number = l.response WHERE l.aspect <> 'theme'""",
    "CREATE INDEX temp.coding_then ON coding (response, coder, theme)",
    "CREATE INDEX temp.mark_then ON mark (response, coder, aspect)",
)
"""What stood then: the latest values of the log that is shown."""


def refuse_for_others(database: Database, coder_id: str, responses: Iterable[int]) -> None:
    """Raise CoderError if a step would change codings of somebody else that whoever is at work cannot see."""
    sight = database.sight
    if not sight.is_blind or coder_id == sight.person_id:
        return
    hidden = database.value(
        """SELECT EXISTS (SELECT 1 FROM json_each(?) j JOIN main.assignment a ON a.response = j.value
        WHERE a.round IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(responses)), json.dumps(sight.rounds)),
    )
    if hidden:
        msg = (
            "Codings of others are not changed by who is in a blind round: on its answers they see their own."
        )
        raise CoderError(msg, "Once everybody in the round has finished it, try again: coder team round show")


def refuse_to_revise(database: Database) -> None:
    """Raise CoderError if whoever is at work is in a blind round, whose codebook stays as it began."""
    if database.sight.is_blind:
        msg = "The codebook of a blind round stays as it was when the round began, until all have finished."
        raise CoderError(
            msg,
            "Propose a theme on the coding screen: / and its name. The others see it once the round is over.",
        )


def _uncover(database: Database, tables: Sequence[str]) -> None:
    for table in tables:
        database.execute(f"DROP VIEW IF EXISTS temp.{table}")


@contextmanager
def _all_or_nothing(database: Database) -> Iterator[None]:
    # It may be called within a transaction, which a savepoint leaves to itself.
    database.execute("SAVEPOINT sight")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK TO sight")
        raise
    finally:
        database.execute("RELEASE sight")


def _quoted(text: str) -> str:
    """Return a text as SQL writes it: a view takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
