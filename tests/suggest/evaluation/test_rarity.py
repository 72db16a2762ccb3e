"""Figures by how often a theme had been coded, against a count by hand."""

from __future__ import annotations

from coder.suggest.evaluation.rarity import by_rarity
from coder.suggest.evaluation.scored_responses import ScoredResponse


def test_themes_are_told_apart_by_their_codings() -> None:
    """`rare` (3 codings): two of three codings in the first five, one assigned rightly, one wrongly."""
    codings = {"rare": 3, "common": 80}
    tested = [
        ScoredResponse("p1", True, ("common", "rare"), (1, 2), ("common", "rare")),
        ScoredResponse("p2", True, ("rare",), (5,), ()),
        ScoredResponse("p3", True, ("rare",), (6,), ("common",)),
        ScoredResponse("p4", True, ("new",), (9,), ("rare",)),
    ]
    classes = {row.name: row for row in by_rarity((response, codings) for response in tested)}
    assert list(classes) == ["0", "1-4", "50+"]
    assert (classes["0"].codings, classes["0"].recall, classes["0"].f1) == (1, 0, 0)
    assert (classes["1-4"].codings, classes["1-4"].recall, classes["1-4"].f1) == (3, 2 / 3, 2 * 1 / (3 + 2))
    assert (classes["50+"].codings, classes["50+"].recall, classes["50+"].f1) == (1, 1, 2 * 1 / (1 + 2))


def test_a_second_coder_has_no_ranks() -> None:
    """Then nothing is among the first five, and F1 counts all the same."""
    (row,) = by_rarity([(ScoredResponse("p1", True, ("a",), (), ("a",)), {"a": 7})])
    assert (row.name, row.recall, row.f1) == ("5-9", 0, 1)
