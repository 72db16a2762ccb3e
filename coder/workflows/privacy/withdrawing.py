"""A respondent withdraws: all of theirs leaves the study, and a tombstone stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.near_names import nearest
from coder.domain.privacy.quoted_passages import QuotedPassages
from coder.domain.privacy.tombstones import LONGEST_REASON, written_withdrawal
from coder.errors import CoderError
from coder.store import log, surveys
from coder.store.database import refuse_changes
from coder.store.privacy.deleting_respondents import withdraw
from coder.store.privacy.promised_cleaning import promise_cleaning
from coder.store.privacy.withdrawals import tombstones
from coder.store.readings.answer_values import facts_of_answers
from coder.store.team.team_rows import note_event
from coder.workflows.privacy.quoting_texts import doubtful_texts
from coder.workflows.privacy.taking_out import refuse_damage, source_without
from coder.workflows.study.cleaning import copies_to_delete, finish_cleaning, second_versions
from coder.workflows.study.codebook_file import in_use, note_file_behind, read_source, refuse_edits
from coder.workflows.study.sight_at_work import sees_everything

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.responses import Response
    from coder.workflows.privacy.quoting_texts import QuotingText
    from coder.workflows.study.study import Study

_CODINGS = """SELECT COUNT(*) FROM main.coding c JOIN response r ON r.number = c.response
    JOIN respondent p ON p.number = r.respondent WHERE p.id = ?"""


class WithdrawalPlan(NamedTuple):
    """What a respondent's withdrawal would delete."""

    answers: int
    codings: int
    attributes: int
    answer_values: int
    """What is known of the answers alone, in how many cells."""
    copies: Sequence[Path]
    """Files beside the database that hold it as it was: they are deleted."""
    second_versions: Sequence[str]
    """Names of what a program that synchronises the folder left there: it stays, and may hold their words."""
    doubtful: Sequence[QuotingText]
    """Notes that may quote a part of their answers, and stay as they are."""


@sees_everything
def plan_withdrawal(study: Study, respondent_id: str) -> WithdrawalPlan:
    """Work out what a withdrawal would delete; nothing is changed.

    Raises:
        CoderError: Nobody has this id, or they have withdrawn already.
    """
    answers = _answers(study, respondent_id)
    texts = [answer.text for answer in answers]
    ids = {answer.id for answer in answers}
    whole = QuotedPassages(texts).cuts_in
    return WithdrawalPlan(
        len(answers),
        study.database.value(_CODINGS, (respondent_id,)),
        len(surveys.respondent_attributes(study.database, respondent_id)),
        sum(map(len, facts_of_answers(study.database, (answer.number for answer in answers)).values())),
        copies_to_delete(study),
        second_versions(study),
        doubtful_texts(study.database, texts, whole, are_answers=True, leaving=ids),
    )


@sees_everything
def carry_out_withdrawal(study: Study, respondent_id: str, reason: str, by: str) -> str:
    """Delete a respondent's answers, whatever was coded on them, attributes, and what quotes them.

    It cannot be taken back. What stays is that they withdrew, when, why, and who carried it out.

    Args:
        study: The study.
        respondent_id: Who withdraws.
        reason: Why, in a line; may be empty.
        by: The id of who carries it out.

    Returns:
        Why not all is cleaned yet; empty if it is.

    Raises:
        CoderError: Nobody has this id, or they have withdrawn already; the study can only be read; or its
            codebook.yaml has edits that are not in use.
    """
    refuse_changes(study.database)
    refuse_edits(study)
    old_source, database = read_source(study), study.database
    if len(reason) > LONGEST_REASON:
        msg = "The reason is too long."
        raise CoderError(msg, f"Write up to {LONGEST_REASON:,} characters.")
    database.execute("PRAGMA secure_delete = ON")
    with database.transaction():
        answers = _answers(study, respondent_id)
        refuse_damage(database)
        version = in_use(study)
        ids = tuple(answer.id for answer in answers)
        passages = QuotedPassages(answer.text for answer in answers)
        withdraw(database, [respondent_id], ids, source_without(passages))
        content = written_withdrawal(respondent_id, " ".join(reason.split()), ids)
        note_event(database, log.utc_now(), by, "withdrawn", content)
        promise_cleaning(database)
        if in_use(study).hash != version.hash:
            note_file_behind(study, old_source)
    study.go_on_with(in_use(study))
    return finish_cleaning(study)


def _answers(study: Study, respondent_id: str) -> list[Response]:
    if surveys.respondent_number(study.database, respondent_id) is None:
        for tombstone in tombstones(study.database):
            if tombstone.respondent_id == respondent_id:
                msg = f"'{respondent_id}' has withdrawn already, on {tombstone.at[:10]}."
                raise CoderError(msg, "Nothing of theirs is left to delete.")
        ids = [name for (name,) in study.database.rows("SELECT id FROM respondent")]
        msg = f"The study has no respondent '{respondent_id}'."
        raise CoderError(msg, nearest(respondent_id, ids))
    return surveys.responses_of(study.database, respondent_id)
