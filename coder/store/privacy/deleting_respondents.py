"""Deleting a respondent: their texts, whatever was coded on them, and what quotes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.domain.privacy.quoted_passages import WITHDRAWN, QuotedPassages
from coder.domain.privacy.replacement_texts import PLACED, replacement_texts
from coder.domain.privacy.text_cuts import TextCut
from coder.store.drafts.kept_drafts import forget_in_decisions
from coder.store.privacy.altered_acts import (
    alter_acts,
    forget_salt,
    note_altered,
    put_event_content,
)
from coder.store.privacy.place_rows import clean_replacements, forget_places
from coder.store.privacy.quoting_acts import QuotingAct, clean_settings, quoting_acts
from coder.store.privacy.step_numbers import close_gaps
from coder.store.privacy.taking_words_out import hash_steps, responses_with_memos
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.act_rows import act_name
from coder.store.team.copies.placed_log import referring_indexed, stand_anew, unguarded
from coder.store.team.copies.seals import seal
from coder.store.team.round_rows import write_rounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coder.domain.copies.acts import ActName
    from coder.domain.privacy.text_leaves import CutsByWay
    from coder.store.database import Database
    from coder.store.team.copies.stored_versions import SourceEditing

_OF = "response IN (SELECT value FROM json_each(:responses))"
_TOUCHING = f"""SELECT step FROM main.change WHERE {_OF} UNION SELECT step FROM main.exposure WHERE {_OF}"""
_EMPTY = """SELECT value FROM json_each(?) j
    WHERE NOT EXISTS (SELECT 1 FROM main.change c WHERE c.step = j.value)
    AND NOT EXISTS (SELECT 1 FROM main.exposure e WHERE e.step = j.value)
    AND NOT EXISTS (SELECT 1 FROM main.journal n WHERE n.step = j.value)"""
_ABOUT = """SELECT number, json_extract(content, '$.question') FROM team_event
    WHERE kind IN ('asked', 'answered')"""
_STEPS_OF_EVENTS = "SELECT number, content FROM team_event WHERE kind IN ('merged', 'parted', 'handed over')"


def withdraw(
    database: Database, respondent_ids: Collection[str], answer_ids: Collection[str], write: SourceEditing
) -> None:
    """Delete respondents with all that belongs to them; call it inside a transaction, with everything seen.

    Args:
        database: The study's. The events that tell of it are noted apart.
        respondent_ids: Who withdraws; of whom nothing is there is passed over.
        answer_ids: Their answers.
        write: Returns the text of codebook.yaml, edited to say a codebook.
    """
    texts: dict[int, str] = dict(
        database.rows(
            "SELECT number, text FROM response WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(answer_ids)),),
        )
    )
    seal(database)
    passages = QuotedPassages(texts.values())
    # Their own steps go anyway: what is left of them is looked through.
    with unguarded(database, "response"):
        _delete_coded(database, list(texts))
        about = [*_questions_about(database, answer_ids), *_replacements_in(database, answer_ids)]
        quoting = [*quoting_acts(database, passages), *about]
        alter_acts(database, _once(quoting), write)
        hash_steps(database, {act.local for act in quoting if act.kind == "step"})
        clean_settings(database, passages)
        clean_replacements(database, passages.cleaned)
        _clean_settings_by_answer(database, list(texts))
        _delete_survey(database, list(texts), respondent_ids)
        # By the numbers that steps have until the gaps are closed.
        altered = responses_with_memos(database, quoting)
        close_gaps(database)
        stand_anew(database, altered)
        write_rounds(database)


def _once(quoting: Iterable[QuotingAct]) -> list[QuotingAct]:
    """Return each act once, with all its cuts."""
    acts: dict[tuple[str, int], QuotingAct] = {}
    for act in quoting:
        earlier = acts.get((act.kind, act.local))
        acts[act.kind, act.local] = act._replace(cuts=earlier.cuts | act.cuts) if earlier else act
    return list(acts.values())


def _delete_coded(database: Database, responses: list[int]) -> None:
    """Delete what was ever coded on some answers; steps about nothing else become stubs."""
    listed = {"responses": json.dumps(responses)}
    steps = [step for (step,) in database.rows(_TOUCHING, listed)]
    for table in ("change", "exposure", "coding", "mark"):
        database.execute(f"DELETE FROM main.{table} WHERE {_OF}", listed)
    gone = [step for (step,) in database.rows(_EMPTY, (json.dumps(steps),))]
    for step in steps:
        name = act_name(database, "step", step)
        if name is not None:
            blank_act(database, name)
            if step not in gone:
                note_altered(database, name, {})
    _name_in_events(database, set(gone))
    with referring_indexed(database):
        listed_gone = (json.dumps(gone),)
        for sql in (
            "DELETE FROM late_step WHERE step IN (SELECT value FROM json_each(?))",
            "UPDATE act SET local = NULL WHERE kind = 'step' AND local IN (SELECT value FROM json_each(?))",
            "DELETE FROM setting WHERE key IN (SELECT 'step.' || value FROM json_each(?))",
            "DELETE FROM setting WHERE key IN (SELECT 'draft.' || value FROM json_each(?))",
            "DELETE FROM main.step WHERE number IN (SELECT value FROM json_each(?))",
        ):
            database.execute(sql, listed_gone)
    hash_steps(database, {*steps} - {*gone})


def blank_act(database: Database, name: ActName) -> None:
    """Destroy what the content of an act could be guessed with."""
    salt, altered = database.row("SELECT salt, altered FROM act WHERE writer = ? AND number = ?", tuple(name))
    forget_salt(database, name, had_salt=bool(salt) or bool(altered))


def _name_in_events(database: Database, steps: set[int]) -> None:
    """Have events name steps that go as other copies do: their numbers here may be given to others."""
    for number, written in database.rows(_STEPS_OF_EVENTS):
        content: dict[str, Any] = json.loads(written)
        listed = content.get("steps", [])
        if steps.intersection(step for step in listed if isinstance(step, int)):
            content["steps"] = [
                str(act_name(database, "step", step) or step) if step in steps else step for step in listed
            ]
            put_event_content(database, number, content)


def _questions_about(database: Database, answer_ids: Collection[str]) -> list[QuotingAct]:
    """Return the questions to the team about some answers and what was answered: they go as a whole."""
    asking = database.rows("SELECT content FROM team_event WHERE kind = 'asked'")
    contents_asked = [json.loads(written) for (written,) in asking]
    questions = {c["question"] for c in contents_asked if c["response"] in answer_ids}
    numbers = [number for number, question in database.rows(_ABOUT) if question in questions]
    return [
        QuotingAct("event", local, content, {("content", "text"): _whole(content["content"])})
        for local, content in contents(database, "event", numbers)
    ]


def _replacements_in(database: Database, answer_ids: Collection[str]) -> Iterator[QuotingAct]:
    """Yield the events that say what people wrote to stand in some answers: that goes as a whole."""
    sql = "SELECT number FROM team_event WHERE kind IN (SELECT value FROM json_each(?))"
    numbers = [number for (number,) in database.rows(sql, (json.dumps(sorted(PLACED)),))]
    for local, content in contents(database, "event", numbers):
        texts = replacement_texts(content, answer_ids)
        cuts: CutsByWay = {
            way: (TextCut(0, len(text), WITHDRAWN),) for way, text in texts if text != WITHDRAWN
        }
        if cuts:
            yield QuotingAct("event", local, content, cuts)


def _whole(content: Mapping[str, Any]) -> tuple[TextCut, ...]:
    return (TextCut(0, len(content["text"]), WITHDRAWN),)


def _clean_settings_by_answer(database: Database, responses: list[int]) -> None:
    """Have no setting name an answer that is not there: its number may once be another's."""
    for key, text in database.rows("SELECT key, value FROM setting WHERE key LIKE 'step.%'"):
        notes = json.loads(text)
        if notes.get("stood_at") in responses:
            database.set_setting(key, json.dumps(notes | {"stood_at": None}, ensure_ascii=False))
    forget_in_decisions(database, responses)
    forget_places(database, responses)


def _delete_survey(database: Database, responses: list[int], respondent_ids: Collection[str]) -> None:
    listed = {"responses": json.dumps(responses)}
    for table in ("assignment", "text_salt", "answer_value"):
        database.execute(f"DELETE FROM {table} WHERE {_OF}", listed)
    database.execute("DELETE FROM response WHERE number IN (SELECT value FROM json_each(:responses))", listed)
    people = (json.dumps(list(respondent_ids)),)
    who = "SELECT number FROM respondent WHERE id IN (SELECT value FROM json_each(?))"
    database.execute(f"DELETE FROM attribute_value WHERE respondent IN ({who})", people)
    database.execute("DELETE FROM respondent WHERE id IN (SELECT value FROM json_each(?))", people)
