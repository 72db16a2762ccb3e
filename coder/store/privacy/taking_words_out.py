"""Taking words out of a study's tables: the answers, the spans in them, and whatever quotes them."""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.privacy.text_cuts import (
    joined_cuts,
    spans_before_cuts,
    spans_with_cuts,
    with_further_cuts,
)
from coder.store.privacy.altered_acts import alter_acts, note_altered
from coder.store.privacy.place_rows import move_places
from coder.store.privacy.quoting_acts import clean_settings, quoting_acts
from coder.store.privacy.text_salts import forget_salts
from coder.store.row_hashes import SQL_OF_HASH
from coder.store.surveys import number_words_anew
from coder.store.team.copies.act_rows import act_name
from coder.store.team.copies.placed_log import stand_anew, unguarded
from coder.store.team.copies.seals import seal
from coder.store.team.round_rows import write_rounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.copies.acts import ActKind
    from coder.domain.privacy.quoting_words import QuotedWords
    from coder.domain.privacy.text_cuts import TextCut
    from coder.store.database import Database
    from coder.store.privacy.quoting_acts import QuotingAct
    from coder.store.team.copies.stored_versions import SourceEditing

_TEXT = "SELECT number, id, text FROM response WHERE id IN (SELECT value FROM json_each(?))"
_SPANS = """SELECT c.number, c.step, c.before, c.after FROM json_each(?) j
    CROSS JOIN main.change c ON c.response = j.value WHERE c.aspect = 'theme'"""


class WordsOut(NamedTuple):
    """What is to leave a study."""

    cuts: Mapping[str, Sequence[TextCut]]
    """By the ids of answers: positions of their texts as they first were, without those cut before."""
    quoted: QuotedWords
    """The words, to be found in whatever quotes them."""


def take_words_out(
    database: Database,
    words: WordsOut,
    made: Mapping[str, Sequence[TextCut]],
    write: SourceEditing,
) -> list[QuotingAct]:
    """Take words out of all tables; call it inside a transaction, with everything seen.

    Args:
        database: The study's. The event that tells of it is not noted yet.
        words: What is to leave it.
        made: What was cut out of answers before, by their ids, as it was made.
        write: Returns the text of codebook.yaml, edited to say a codebook.

    Returns:
        The acts that quoted the words.
    """
    seal(database)
    texts = {
        number: (response_id, text)
        for number, response_id, text in database.rows(_TEXT, (json.dumps(list(words.cuts)),))
    }
    quoting = list(quoting_acts(database, words.quoted))
    forget_salts(database, texts)
    with unguarded(database, "response"):
        alter_acts(database, quoting, write)
        steps = _move_spans(database, words, made, texts)
        _cut_texts(database, words, made, texts)
        hash_steps(database, steps | {act.local for act in quoting if act.kind == "step"})
        clean_settings(database, words.quoted)
        stand_anew(database, {*texts, *responses_with_memos(database, quoting)})
        if any(act.kind == "event" for act in quoting):
            write_rounds(database)
    return quoting


def _cut_texts(
    database: Database,
    words: WordsOut,
    made: Mapping[str, Sequence[TextCut]],
    texts: Mapping[int, tuple[str, str]],
) -> None:
    rows = []
    for number, (response_id, text) in texts.items():
        earlier = made.get(response_id, ())
        new_text = with_further_cuts(
            text, joined_cuts(earlier), joined_cuts((*earlier, *words.cuts[response_id]))
        )
        rows.append((new_text, sha256(new_text.encode()).digest(), number))
    database.execute_many("UPDATE response SET text = ?, hash = ? WHERE number = ?", rows)
    move_places(
        database,
        (
            (number, made.get(response_id, ()), words.cuts[response_id])
            for number, (response_id, _) in texts.items()
        ),
    )
    number_words_anew(database)


def _move_spans(
    database: Database,
    words: WordsOut,
    made: Mapping[str, Sequence[TextCut]],
    texts: Mapping[int, tuple[str, str]],
) -> set[int]:
    """Move the spans of what was ever coded on these answers; return the steps that this changed."""
    moved: list[tuple[str | None, str | None, int]] = []
    steps: set[int] = set()
    grown: set[int] = set()
    for number, (response_id, _) in texts.items():
        earlier = joined_cuts(made.get(response_id, ()))
        cuts = joined_cuts((*made.get(response_id, ()), *words.cuts[response_id]))
        for change, step, *cells in database.rows(_SPANS, (json.dumps([number]),)):
            new_cells = []
            for cell in cells:
                first = spans_before_cuts(cell, earlier) if cell else ""
                new_cells.append(spans_with_cuts(first, cuts) if cell else cell)
                if cell and spans_before_cuts(new_cells[-1], cuts) != first:
                    grown.add(step)
            if new_cells != cells:
                moved.append((*new_cells, change))
                steps.add(step)
    database.execute_many("UPDATE main.change SET before = ?, after = ? WHERE number = ?", moved)
    for step in sorted(grown):
        name = act_name(database, "step", step)
        if name is not None:
            note_altered(database, name, {})
    return steps


def hash_steps(database: Database, steps: set[int]) -> None:
    """Work the hashes of steps out anew; call it where the log is unguarded."""
    database.execute(
        f"""UPDATE main.step SET row_hash = {SQL_OF_HASH["step"]}
        WHERE number IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(steps)),),
    )


def responses_with_memos(database: Database, quoting: Sequence[QuotingAct]) -> set[int]:
    """Return the responses on which memos were altered."""
    by_kind: dict[ActKind, list[int]] = defaultdict(list)
    for act in quoting:
        by_kind[act.kind].append(act.local)
    rows = database.rows(
        """SELECT DISTINCT c.response FROM json_each(?) j
        CROSS JOIN main.change c ON c.step = j.value WHERE c.aspect = 'memo'""",
        (json.dumps(by_kind["step"]),),
    )
    return {response for (response,) in rows}
