"""What the rule `settled` comes to: where one person alone has coded, what they chose counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.team.settled_layer import SETTLED, is_person
from coder.store.scope import confirmed_codings, counted_codings
from coder.store.team.workers import coders_of, people_at_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.store.database import Database
    from coder.store.scope import Scope


def counted_scope(database: Database, scope: Scope) -> Scope:
    """Return a scope with the rule that its codings are counted by.

    Where the rule is `settled`, but one person alone has coded or finished answers to these questions and
    nothing was settled, their codings count as they are: those of unfinished answers, too.
    """
    if scope.agreed != "settled" or has_several(database, scope):
        return scope
    return scope._replace(agreed="any")


def has_several(database: Database, scope: Scope) -> bool:
    """Tell whether several people have coded or finished answers to a scope's questions, or the team any."""
    if len(scope.coder_ids) == 1:
        return False
    return len(whose_codings(database, scope)) > 1 or _has_layer(database, scope)


def whose_codings(database: Database, scope: Scope) -> tuple[str, ...]:
    """Return the people with codings on a scope's questions, or who have finished an answer to them."""
    if scope.as_of is not None:
        return tuple(sorted(filter(is_person, _then(database, scope))))
    people = scope.coder_ids or people_at_work(database)
    coding = {coder_id for question_id in scope.question_ids for coder_id in coders_of(database, question_id)}
    return tuple(
        coder_id
        for coder_id in sorted(people)
        if coder_id in coding or _has_finished(database, coder_id, scope.question_ids)
    )


def _has_finished(database: Database, coder_id: str, question_ids: Sequence[str]) -> bool:
    sql = "SELECT 1 FROM mark WHERE coder = ? AND aspect = 'done' AND question = ? LIMIT 1"
    return any(database.row(sql, (coder_id, question_id)) for question_id in question_ids)


def _has_layer(database: Database, scope: Scope) -> bool:
    if scope.as_of is not None:
        return SETTLED in _then(database, scope)
    return _has_finished(database, SETTLED, scope.question_ids)


def _then(database: Database, scope: Scope) -> set[str]:
    """Return whose codings and confirmations stood at a scope's moment, the settled layer's too."""
    everybody = scope._replace(agreed="settled", where=(), answers_where=(), only_read=False)
    coded, done = counted_codings(everybody._replace(agreed="any")), confirmed_codings(everybody)
    rows = database.rows(
        f"SELECT DISTINCT coder FROM ({coded.text}) c UNION SELECT coder FROM ({done.text}) d",
        coded.parameters | done.parameters,
    )
    return {coder_id for (coder_id,) in rows}
