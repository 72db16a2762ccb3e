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
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.place_rows import clean_replacements, move_places
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
    quoting = list(quoting_acts(database, words.quoted))
    with unguarded(database, "response"):
        alter_acts(database, quoting, write)
        answers = _answers_cut(database, words.cuts, made)
        forget_salts(database, {answer.number: (answer.response_id, answer.text) for answer in answers})
        steps = _move_spans(database, answers)
        _cut_texts(database, answers)
        hash_steps(database, steps | {act.local for act in quoting if act.kind == "step"})
        clean_settings(database, words.quoted)
        clean_replacements(database, words.quoted.cleaned)
        numbers = {answer.number for answer in answers}
        stand_anew(database, numbers | responses_with_memos(database, quoting))
        if any(act.kind == "event" for act in quoting):
            write_rounds(database)
    return quoting


class _CutAnswer(NamedTuple):
    """An answer that is about to be cut."""

    number: int
    response_id: str
    text: str
    """As it still is."""
    made: Sequence[TextCut]
    """The cuts that it has, joined."""
    cuts: Sequence[TextCut]
    """All that it is to have, joined."""


def follow_reworded_cuts(database: Database, made: Mapping[str, Sequence[TextCut]]) -> None:
    """Have answers say what other copies have made of what stands for earlier words; in a transaction.

    Args:
        database: The study's. The events already say it.
        made: What was cut out of answers, by their ids, as the events had it and the answers have it.
    """
    with unguarded(database, "response"):
        answers = _answers_cut(database, {}, made)
        steps = _move_spans(database, answers)
        _cut_texts(database, answers)
        hash_steps(database, steps)
        stand_anew(database, {answer.number for answer in answers})


def _answers_cut(
    database: Database, cuts: Mapping[str, Sequence[TextCut]], made: Mapping[str, Sequence[TextCut]]
) -> list[_CutAnswer]:
    """Return the answers that change; also those in which what stood for earlier words quotes these."""
    now = cuts_as_made(database)
    reworded = {
        response_id for response_id, earlier in made.items() if now.get(response_id) != tuple(earlier)
    }
    listed = json.dumps(sorted(reworded | cuts.keys()))
    return [
        _CutAnswer(
            number,
            response_id,
            text,
            joined_cuts(made.get(response_id, ())),
            joined_cuts((*now.get(response_id, ()), *cuts.get(response_id, ()))),
        )
        for number, response_id, text in database.rows(_TEXT, (listed,))
    ]


def _cut_texts(database: Database, answers: Sequence[_CutAnswer]) -> None:
    rows = []
    for answer in answers:
        new_text = with_further_cuts(answer.text, answer.made, answer.cuts)
        rows.append((new_text, sha256(new_text.encode()).digest(), answer.number))
    database.execute_many("UPDATE response SET text = ?, hash = ? WHERE number = ?", rows)
    move_places(database, ((answer.number, answer.made, answer.cuts) for answer in answers))
    number_words_anew(database)


def _move_spans(database: Database, answers: Sequence[_CutAnswer]) -> set[int]:
    """Move the spans of what was ever coded on these answers; return the steps that this changed."""
    moved: list[tuple[str | None, str | None, int]] = []
    steps: set[int] = set()
    grown: set[int] = set()
    for answer in answers:
        for change, step, *cells in database.rows(_SPANS, (json.dumps([answer.number]),)):
            new_cells = []
            for cell in cells:
                first = spans_before_cuts(cell, answer.made) if cell else ""
                new_cells.append(spans_with_cuts(first, answer.cuts) if cell else cell)
                if cell and spans_before_cuts(new_cells[-1], answer.cuts) != first:
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
