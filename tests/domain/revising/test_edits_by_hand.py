"""Edits of codebook.yaml that a revision by command would replace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.edits_by_hand import LostEdit, lost_edits
from coder.domain.revising.revisions import Revision

NET = Theme("people", "People", codable=False)
PAY = Theme("pay", "Pay", definition="What is earned", keywords=("wage", "salary"), parent="people")
BEDS = Theme("beds", "Beds")
IN_USE = Codebook((NET, PAY, BEDS))


def edited(**fields: object) -> Codebook:
    """Give the codebook with fields of one theme edited."""
    return Codebook((NET, replace(PAY, **fields), BEDS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "by_command", "lost"),
    [
        ({"definition": "Wages"}, {"definition": "Salaries"}, ["definition"]),
        ({"definition": "Wages"}, {"definition": "Wages"}, []),
        ({"definition": "Wages"}, {"label": "Money"}, []),
        (
            {"label": "Money", "exclude": "Fines"},
            {"label": "Cash", "exclude": ""},
            ["label", "what to leave out"],
        ),
        ({"keywords": ("wage", "pension")}, {"keywords": ("wage", "pension", "rent")}, []),
        ({"keywords": ("wage",)}, {"keywords": ("wage", "salary")}, ["keywords"]),
        ({"keywords": ("wage", "pension")}, {"keywords": ("wage",)}, ["keywords"]),
        ({"parent": None}, {"parent": "beds"}, ["net"]),
    ],
)
def test_an_edit_is_lost_where_a_command_says_otherwise(
    fields: dict[str, object], by_command: dict[str, object], lost: list[str]
) -> None:
    """Of each field that was edited; what the command leaves alone, or says as well, stays."""
    file = edited(**fields)
    revision = Revision(IN_USE, file).change("pay", **by_command)
    assert lost_edits(revision, file) == [LostEdit("pay", name) for name in lost]


def test_what_a_merge_adds_is_no_loss() -> None:
    """The target of a merge takes up keywords beside those that were edited."""
    file = Codebook((NET, replace(PAY, keywords=("wage",)), replace(BEDS, keywords=("ward",))))
    revision = Revision(IN_USE, file).merge(["beds"], "pay")
    assert lost_edits(revision, file) == []
