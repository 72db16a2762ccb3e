"""Work that is done in slices, so that requests that come meanwhile need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")


def run_to_end(slices: Generator[None, None, T]) -> T:
    """Do all slices of a piece of work, and return what the work returns."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            returned: T = end.value
            return returned
