"""How much the aliases of a YAML text stand for: a few lines can stand for millions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node

_CHARACTERS = 100
"""So many of a text count as a node."""


def alias_growth(root: Node) -> float:
    """Return how many nodes more a document has once each alias is replaced by what it stands for.

    A node that contains itself is infinitely large.
    """
    sizes: dict[int, float] = {}
    written = 0
    stack = [root]
    # Children come before what contains them: a document may be nested deeper than calls can be.
    while stack:
        node = stack[-1]
        if id(node) not in sizes:
            sizes[id(node)] = float("inf")
            stack += [child for child in _children(node) if id(child) not in sizes]
            continue
        stack.pop()
        if sizes[id(node)] == float("inf"):
            own = _own_size(node)
            written += own
            sizes[id(node)] = own + sum(sizes[id(child)] for child in _children(node))
    return sizes[id(root)] - written


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        for child in node.value:
            yield from child if isinstance(child, tuple) else (child,)


def _own_size(node: Node) -> int:
    return 1 if isinstance(node.value, list) else 1 + len(node.value) // _CHARACTERS
