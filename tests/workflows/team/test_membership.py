"""Who is in a team: names, people who turn out to be one, people who leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError
from coder.store import checks, codings
from coder.store.team.team_rows import events, team
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.coders import coder_at_work, coder_called, join
from coder.workflows.team.membership import (
    add_people,
    event_text,
    members,
    rename,
    retire,
)
from coder.workflows.team.people_merging import merge, merge_text, rehearse_merge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS = 1, 2, 3, 5


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study."""
    study = small_study(tmp_path / "study")
    yield study
    study.close()


def themes(study: Study, coder_id: str) -> dict[int, set[str]]:
    """Return what a coder has chosen, by answer."""
    chosen: dict[int, set[str]] = {}
    for coding in codings.all_codings(study.database, coder_id):
        chosen.setdefault(coding.response, set()).add(coding.theme_id)
    return chosen


def test_who_comes_first_joins_and_others_are_asked_about(study: Study) -> None:
    """Spellings of a name are one person; another name is nobody's until it is added."""
    jo = coder_at_work(study.database, "Jo Hart")
    assert coder_at_work(study.database, " jo  hart") == jo
    assert study.name_of(jo) == "Jo Hart"
    with pytest.raises(CoderError, match=r"'Jo Heart' is nobody of this study's team: Jo Hart\."):
        coder_at_work(study.database, "Jo Heart")
    (sam,) = add_people(study, ["sam"], jo)
    assert coder_at_work(study.database, "SAM") == sam.id
    for name in ("Sam", "", "  ", "x" * 61, "a\tb\x07"):
        with pytest.raises(CoderError):
            add_people(study, ["ann", name], jo)
    assert team(study.database).names == ["Jo Hart", "sam"]


def test_a_new_name_keeps_codings_and_the_old_name(study: Study) -> None:
    """What people read changes; what codings refer to does not."""
    jo = join(study.database, "jo").id
    CodingSession(study, jo).toggle(LOST, "pay")
    rename(study, "JO", "Joanna", jo)
    rename(study, "joanna", "Jo Hart", jo)
    assert [study.name_of(coding.coder_id) for coding in codings.codings_of(study.database, LOST)] == [
        "Jo Hart"
    ]
    assert {coder_called(study.database, name) for name in ("jo", "JOANNA", "Jo Hart")} == {jo}
    add_people(study, ["sam"], jo)
    with pytest.raises(CoderError, match="'SAM' is sam, another person"):
        rename(study, "Jo", "SAM", jo)
    assert [event_text(event) for event in events(study.database)] == [
        "jo joined", "jo is called Joanna", "Joanna is called Jo Hart", "sam joined",
    ]  # fmt: skip
    assert checks.faults(study.database) == []


def test_two_people_become_one(study: Study) -> None:
    """What only the first decided about is the second's; where both did, the second's choice stands."""
    for coder_id, choices in (
        ("Jo", {LOST: "pay", PAY: "pay", BEDS: "beds"}),
        ("jo", {PAY: "pay", BEDS: "money"}),
    ):
        session = CodingSession(study, coder_id)
        for response, theme_id in choices.items():
            session.toggle(response, theme_id)
            session.confirm(response)
    CodingSession(study, "Jo").write_memo(LOST, "who says so?")
    rehearsed = rehearse_merge(study, "Jo", "jo")
    assert themes(study, "Jo") == {LOST: {"pay"}, PAY: {"pay"}, BEDS: {"beds"}}
    merged = merge(study, "Jo", "jo", "jo")
    assert merged == rehearsed
    assert (merged.moved, merged.shared, merged.differing) == (1, 1, ("R2.Q1.1",))
    assert "On 1 answer the two differ, and what jo chose stands: R2.Q1.1." in merge_text(merged)
    assert (themes(study, "Jo"), themes(study, "jo")) == ({}, {LOST: {"pay"}, PAY: {"pay"}, BEDS: {"money"}})
    assert CodingSession(study, "jo").standing(LOST).memo == "who says so?"
    assert [person.name for person in team(study.database).people] == ["jo"]
    assert coder_called(study.database, "Jo") == "jo"
    assert checks.faults(study.database) == []
    with pytest.raises(CoderError, match="are both jo"):
        merge(study, "Jo", "jo", "jo")


def test_who_has_left_codes_no_more(study: Study) -> None:
    """Their codings stay; the name is not free for another, and they can come back."""
    sam = join(study.database, "sam").id
    CodingSession(study, sam).toggle(LOST, "pay")
    retire(study, "sam", sam)
    with pytest.raises(CoderError, match="sam has left the team"):
        coder_at_work(study.database, "sam")
    with pytest.raises(CoderError, match="has left the team already"):
        retire(study, "sam", sam)
    (member,) = members(study)
    assert (member.person.retired, member.codings, member.answers_done) == (True, 1, 0)
    retire(study, "sam", sam, back=True)
    assert coder_at_work(study.database, "sam") == sam
