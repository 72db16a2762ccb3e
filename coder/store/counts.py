"""Counting in the database: distinct respondents and mentions, by theme and by net."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.store.scope import ALL, Which, among, belongs, coded_condition, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.database import Database


class Count(NamedTuple):
    """How many respondents mention a theme, and in how many codings."""

    respondents: int
    mentions: int


class Base(NamedTuple):
    """Who the percentages are of."""

    asked: int
    """Respondents in the study."""
    answered: int
    """Of these, with at least one answer to the question."""
    unread: int
    """Answers that no coder has coded or confirmed."""
    answers: int


def theme_counts(
    database: Database,
    question_ids: str | Sequence[str],
    which: Which = ALL,
) -> dict[str, Count]:
    """Count each theme of a question.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        which: Which of its codings.
    """
    source = counted(question_ids, which)
    mentions = "COUNT(DISTINCT response)" if counts_twice(which) else "COUNT(*)"
    found = database.rows(
        f"SELECT theme, COUNT(DISTINCT respondent), {mentions} FROM ({source.sql}) k GROUP BY theme",
        source.values,
    )
    return {theme: Count(respondents, times) for theme, respondents, times in found}


def net_counts(
    database: Database,
    question_ids: str | Sequence[str],
    members: Mapping[str, Sequence[str]],
    which: Which = ALL,
) -> dict[str, Count]:
    """Count each net of a question: the union of its members' respondents, the sum of their mentions.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        members: For each net, the ids of the themes whose codings it counts.
        which: Which of its codings.
    """
    if not any(members.values()):
        return {}
    source = counted(question_ids, which)
    listed, values = member_rows(members)
    found = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COUNT(DISTINCT k.respondent), COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({source.sql}) k JOIN member m ON m.id = k.theme GROUP BY m.net""",
        source.values | values,
    )
    return {net: Count(respondents, times) for net, respondents, times in found}


def counts_twice(which: Which) -> bool:
    """Tell whether a theme may be there several times on one answer, once for each coder."""
    return which.agreed == "any" and len(which.coder_ids) != 1


def member_rows(members: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """Return the rows of nets with each of their themes, as SQL with its values."""
    pairs = [(net, theme) for net, themes in members.items() for theme in themes]
    values: dict[str, str] = {}
    for place, (net, theme) in enumerate(pairs):
        values |= {f"net{place}": net, f"member{place}": theme}
    return "VALUES " + ", ".join(f"(:net{place}, :member{place})" for place in range(len(pairs))), values


def base(
    database: Database,
    question_ids: str | Sequence[str],
    which: Which = ALL,
) -> Base:
    """Count whom a question's percentages can be of.

    A respondent has answered if one of the question's texts is an answer: not blank and not in the
    list of non-responses, or coded by somebody all the same.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        which: Which of its codings; any that are chosen do, however few agree.
    """
    coded, values = coded_condition(question_ids, which._replace(agreed="any"))
    asked_of = f"{among('question', question_ids, values)} AND {belongs(which.where, values)}"
    by = f"AND {among('coder', which.coder_ids, values)}" if which.coder_ids else ""
    row = database.row(
        f"""SELECT (SELECT COUNT(*) FROM respondent WHERE {belongs(which.where, values, "number")}),
            (SELECT COUNT(DISTINCT respondent) FROM response r
                WHERE {asked_of} AND (answered = 1 OR {coded})),
            (SELECT COUNT(*) FROM response r WHERE {asked_of} AND answered = 1 AND NOT {coded}
                AND NOT EXISTS (SELECT 1 FROM mark WHERE response = r.number AND aspect = 'done' {by})),
            (SELECT COUNT(*) FROM response WHERE {asked_of} AND answered = 1)""",
        values,
    )
    return Base(*row)


def coders_then(database: Database, question_ids: str | Sequence[str], as_of: int) -> list[str]:
    """Return who had codings that stood on a question after a step of the log, in alphabetical order."""
    source = counted(question_ids, Which(as_of=as_of))
    found = database.rows(f"SELECT DISTINCT coder FROM ({source.sql}) k ORDER BY coder", source.values)
    return [coder_id for (coder_id,) in found]


def coded_respondents(
    database: Database,
    question_ids: str | Sequence[str],
    which: Which = ALL,
) -> int:
    """Count the respondents with at least one coding on a question."""
    coded, values = coded_condition(question_ids, which)
    asked_of = among("question", question_ids, values)
    sql = f"SELECT COUNT(DISTINCT respondent) FROM response r WHERE {asked_of} AND {coded}"
    count: int = database.value(sql, values)
    return count
