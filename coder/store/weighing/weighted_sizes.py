"""Respondents with their weights: as the survey has them, and added up into bases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from coder.domain.tables.weights import size_of
from coder.store.bases import base_members
from coder.store.scope import belongs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.filters import Having
    from coder.domain.tables.counting_words import BaseKind
    from coder.domain.tables.weights import WeightedSize
    from coder.store.database import Database
    from coder.store.scope import Scope

Key = TypeVar("Key")

_VALUE = "LEFT JOIN attribute_value {name} ON {name}.respondent = p.number AND {name}.attribute = :{name}"


def weight_cells(database: Database, attribute: str) -> list[tuple[int, str, str]]:
    """Return each respondent's number, id and value of an attribute, empty where there is none, in order."""
    return database.rows(
        f"""SELECT p.number, p.id, COALESCE(v.value, '') FROM respondent p {_VALUE.format(name="v")}
        ORDER BY p.number""",
        {"v": attribute},
    )


def weighted_bases(
    database: Database,
    kind: BaseKind,
    scope: Scope,
    attribute: str | None,
    units: Mapping[int, int],
) -> dict[str, WeightedSize]:
    """Add up the weights of a base's respondents, by their values of an attribute.

    Args:
        database: The study.
        kind: Which base.
        scope: Which codings are counted.
        attribute: The attribute's name; None to add all up together, under the empty text.
        units: Each respondent's weight, by their number.
    """
    members, parameters = base_members(kind, scope)
    belonging = belongs(scope.people_where, parameters, "b.respondent")
    rows = database.stream(
        f"""SELECT COALESCE(v.value, ''), b.respondent FROM ({members}) b
        LEFT JOIN attribute_value v ON v.respondent = b.respondent AND v.attribute = :attribute
        WHERE {belonging}""",
        parameters | {"attribute": attribute},
    )
    return _added_up(rows, units)


def weighted_pairs(
    database: Database,
    attribute: str,
    by: str | None,
    where: Sequence[Having],
    units: Mapping[int, int],
) -> dict[tuple[str, str], WeightedSize]:
    """Add up the weights of the respondents with each pair of values of two attributes.

    Args:
        database: The study.
        attribute: The one attribute's name.
        by: The other's; None for the empty text in its place.
        where: Only respondents that meet all of these are counted.
        units: Each respondent's weight, by their number.
    """
    parameters = {"v": attribute, "w": by}
    rows = database.stream(
        f"""SELECT COALESCE(v.value, ''), COALESCE(w.value, ''), p.number FROM respondent p
        {_VALUE.format(name="v")} {_VALUE.format(name="w")} WHERE {belongs(where, parameters, "p.number")}""",
        parameters,
    )
    return _added_up((((value, by_value), number) for value, by_value, number in rows), units)


def _added_up(rows: Iterable[tuple[Key, int]], units: Mapping[int, int]) -> dict[Key, WeightedSize]:
    of_each: defaultdict[Key, list[int]] = defaultdict(list)
    for key, number in rows:
        of_each[key].append(number)
    return {key: size_of(map(units.__getitem__, numbers)) for key, numbers in of_each.items()}
