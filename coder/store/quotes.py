"""Answers with what is quoted of them, and what is known of the respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.store.scope import among, counted_codings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codings import Origin, WordsBy
    from coder.store.database import Database
    from coder.store.scope import Scope


class CodedText(NamedTuple):
    """One coding with the answer it is on."""

    response: int
    response_id: str
    respondent: int
    respondent_id: str
    text: str
    theme_id: str
    spans: str
    """As the log writes them; empty for the whole answer."""
    origin: Origin
    words_by: WordsBy
    waiting: bool
    """Whether it waits to be recoded."""
    alone: bool
    """Whether no other theme than those asked for was chosen on the answer."""


def coded_texts(database: Database, scope: Scope, theme_ids: Sequence[str]) -> Iterator[CodedText]:
    """Yield the codings of a question with these themes, in the order of the answers.

    Args:
        database: The study.
        scope: Which codings are counted; no other theme on an answer is quoted.
        theme_ids: At least one theme.
    """
    counting = counted_codings(scope)
    parameters: dict[str, Any] = dict(counting.parameters)
    theme = among("theme", theme_ids, parameters)
    conditions = [among("question", scope.question_ids, parameters), theme]
    if scope.coder_ids and not scope.sees_layer:
        conditions.append(among("coder", scope.coder_ids, parameters))
    if scope.agreed != "any" or scope.where or scope.answers_where:
        conditions.append(f"(response, theme) IN (SELECT response, theme FROM ({counting.text}) k)")
    rows = database.stream(
        f"""SELECT r.number, r.id, p.number, p.id, r.text, c.theme, c.spans, c.origin, c.words_by,
            EXISTS (SELECT 1 FROM mark m WHERE m.response = c.response AND m.coder = c.coder
                AND m.aspect = 'recode' AND m.theme = c.theme),
            c.response NOT IN (SELECT response FROM ({counting.text}) o WHERE NOT {theme})
        FROM (SELECT * FROM coding WHERE {" AND ".join(conditions)}) c
        JOIN response r ON r.number = c.response JOIN respondent p ON p.number = r.respondent
        ORDER BY r.number, c.theme, c.coder""",
        parameters,
    )
    for row in rows:
        yield CodedText(*row[:-2], *map(bool, row[-2:]))


def values_of(database: Database, attribute: str) -> dict[int, str]:
    """Map the respondents' numbers to their values of an attribute; those without one are left out."""
    sql = "SELECT respondent, value FROM attribute_value WHERE attribute = ?"
    return dict(database.rows(sql, (attribute,)))
