"""The orders in which answers can be read, what each is good for, and what it does to counts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

OrderKind = Literal["file", "random", "spread", "uncertain", "theme", "alike"]

CameBy = Literal[
    "file", "random", "spread", "uncertain", "theme", "alike", "picked", "recode", "check", "same", ""
]
"""How an answer came before its coder: by an order; `picked` from a narrowed list or by a jump; `recode`
as a revision put it there; `check` in the second look; `same` with another that says the same in the same
words, and was decided on; empty where nobody noted it."""

READ_BY_ENGINE: frozenset[OrderKind] = frozenset(("spread", "uncertain", "theme", "alike"))
"""The orders that the suggestion engine works out."""
READ_FIRST = 30
"""Answers that are read at random before draft themes come: so the drafts do not lead."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list."""

    kind: OrderKind = "file"
    theme_id: str = ""
    """The theme whose likely answers come first, for the kind `theme`."""

    def written(self) -> str:
        """Return it as it is kept: `theme beds`."""
        return f"{self.kind} {self.theme_id}".strip()


@dataclass(frozen=True, slots=True)
class OrderDescription:
    """An order in words."""

    name: str
    """As the list's title says it, after "132 not done"."""
    good_for: str
    estimates: str
    """What it does to counts made before all answers are read."""


_NOT_FAIR = "Counts made before all answers are read are not those of a fair sample"

ORDERS: Mapping[OrderKind, OrderDescription] = MappingProxyType(
    {
        "file": OrderDescription(
            "as they came",
            "Good for reading each respondent's answers together.",
            "Counts made before all answers are read hold for the first of the file alone: later ones may "
            "differ, where the file is sorted by region, type or date.",
        ),
        "random": OrderDescription(
            "at random",
            "Good where not every answer will be read, or tables are wanted before the end.",
            "The only order that keeps counts fair: those read so far are a random sample of the answers.",
        ),
        "spread": OrderDescription(
            "unseen kinds first",
            "Good at the beginning, for making a codebook: each answer is as unlike those before as can be.",
            f"{_NOT_FAIR}: rare and odd answers come first, so rare themes look more frequent than they are.",
        ),
        "uncertain": OrderDescription(
            "uncertain first",
            "Good for finding what the codebook lacks: answers come first for which no theme seems likely. "
            "In trials the engine learned from them as fast as in random order.",
            f"{_NOT_FAIR}: what is hard to code, or says nothing, comes first.",
        ),
        "theme": OrderDescription(
            "likely first",
            "Good for fast coding: the likeliest answers for one theme come in a row, the same key on most.",
            f"{_NOT_FAIR}: that theme looks far too frequent, and others with it or against it.",
        ),
        "alike": OrderDescription(
            "alike together",
            "Good for coding alike what is said alike: each answer is followed by those most like it.",
            f"{_NOT_FAIR}: some kinds of answer are read to the end, others not at all.",
        ),
    }
)
"""Every order in words, in the order in which they are offered."""


def at_random(response_ids: Mapping[int, str]) -> list[int]:
    """Return responses in an order that says nothing about them, the same on every machine and each time.

    They are sorted by the SHA-256 of their ids, so that those added later find their places among them.

    Args:
        response_ids: Number to id.
    """
    keys = {number: sha256(response_id.encode()).digest() for number, response_id in response_ids.items()}
    return sorted(keys, key=lambda number: (keys[number], number))


def read_order(text: str) -> Order:
    """Read what `Order.written` wrote; anything else means as they came."""
    kind, _, theme_id = text.partition(" ")
    order_kind = next((known_kind for known_kind in ORDERS if known_kind == kind), None)
    if order_kind is None or bool(theme_id) != (order_kind == "theme"):
        return Order()
    return Order(order_kind, theme_id)
