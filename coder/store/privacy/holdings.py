"""How much a study's database holds of people: those who answered, and those who code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.store.privacy.withdrawals import tombstones
from coder.store.surveys import answer_attributes, attributes

if TYPE_CHECKING:
    from coder.domain.responses import Attribute
    from coder.store.database import Database


class Holdings(NamedTuple):
    """Numbers of what a study's database holds, whoever's sight it is opened with."""

    respondents: int
    texts: int
    """Answers to open questions that have a text."""
    attributes: list[Attribute]
    """What is kept of each respondent besides."""
    answer_attributes: list[Attribute]
    """What is kept of single answers besides."""
    people: list[str]
    """Names of the team, those who have left it among them."""
    codings: int
    steps: int
    """Of the log: what each person did, and when."""
    memos: int
    notes: int
    """Of the journal."""
    questions: int
    """Put to the team, answers to them among these."""
    redactions: int
    """Times that words were taken out of answers for good."""
    withdrawn: int
    """Respondents who withdrew, of whom the id, the day and the reason are kept."""
    versions: int
    """Of the codebook, whose examples may be words of answers."""


def holdings(database: Database) -> Holdings:
    """Count what a study's database holds."""

    def count(rows: str) -> int:
        return int(database.value(f"SELECT COUNT(*) FROM main.{rows}"))

    return Holdings(
        respondents=count("respondent"),
        texts=count("response WHERE text <> ''"),
        attributes=attributes(database),
        answer_attributes=answer_attributes(database),
        people=[name for (name,) in database.rows("SELECT name FROM main.person WHERE merged_into = ''")],
        codings=count("coding"),
        steps=count("step"),
        memos=count("mark WHERE aspect = 'memo' AND value <> ''"),
        notes=count("journal"),
        questions=count("team_event WHERE kind IN ('asked', 'answered')"),
        redactions=count("team_event WHERE kind = 'redacted'"),
        withdrawn=len(tombstones(database)),
        versions=count("codebook_version"),
    )
