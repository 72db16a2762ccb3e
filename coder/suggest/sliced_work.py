"""Work that is done in slices, so that what is asked meanwhile need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

Found = TypeVar("Found")


def result_of(work: Generator[None, None, Found]) -> Found:
    """Do all the slices of a work; return what comes of it."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Found = end.value
            return found
