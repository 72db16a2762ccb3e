"""Themes that a revision names by their labels: it holds ids alone, as if they had been named by these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.revisions import Revision
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable

BEGUN = Revision.of(Codebook((*CODEBOOK, Theme("wards", "Hospital wards"), Theme("cash", "Ready cash"))))

OPERATIONS: dict[str, Callable[[Callable[[str], str]], Revision]] = {
    "change": lambda name: BEGUN.change(name("wards"), definition="Where beds are"),
    "move": lambda name: BEGUN.move(name("wards"), name("people")),
    "retire": lambda name: BEGUN.retire(name("wards")),
    "bring back": lambda name: BEGUN.bring_back(name("old")),
    "merge": lambda name: BEGUN.merge([name("wards"), name("cash")], name("beds")),
    "split": lambda name: BEGUN.split(name("wards"), [name("beds"), name("cash")]),
    "recheck": lambda name: BEGUN.recheck(name("wards")),
    "keep codings": lambda name: BEGUN.keep_codings(name("wards")),
    "add after": lambda name: BEGUN.add(Theme("new", "New"), after=name("wards")),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_a_label_means_what_the_id_means(operation: Callable[[Callable[[str], str]], Revision]) -> None:
    """Whatever its case; and something is done."""
    by_id = operation(lambda theme_id: theme_id)
    assert by_id != BEGUN
    assert operation(BEGUN.new.label) == by_id
    assert operation(lambda theme_id: BEGUN.new.label(theme_id).upper()) == by_id


def test_a_theme_is_not_merged_into_itself_by_another_name() -> None:
    """Nor is it retired by that."""
    with pytest.raises(CoderError, match="into itself"):
        BEGUN.merge(["wards"], "Hospital wards")


def test_a_deleted_theme_goes_by_its_id() -> None:
    """It comes back retired, merged into the theme of a label."""
    without = Revision(BEGUN.old, Codebook(tuple(t for t in BEGUN.old if t.id != "wards")))
    merged = without.merge(["wards"], "Beds")
    assert merged.new.by_id["wards"].became == ("beds",)
    assert [(merge.sources, merge.target) for merge in merged.carried.merges] == [(("wards",), "beds")]
