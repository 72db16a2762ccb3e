"""Every version of a study's codebook, and any two side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError, OutdatedError
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.history import Recoded, compare_files, compare_versions, history
from coder.workflows.revising.operations import with_operations
from coder.workflows.revising.plan_json import plan_as_json, read_plan
from coder.workflows.revising.typed_operations import Operation

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.revising.revising import Plan
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Return a small study, coded by two people."""
    made = small_study(tmp_path / "study")
    for coder_id in ("jo", "sam"):
        session = CodingSession(made, coder_id)
        session.toggle(1, "staff")
        session.toggle(2, "pay")
        session.toggle(3, "beds")
    return made


def planned(study: Study, *typed: str) -> Plan:
    """Return the plan of operations such as `merge pay=money`."""
    operations = (Operation(*each.split(" ", 1)) for each in typed)
    return revising.plan(study, with_operations(revising.begin(study), operations))


def applied(study: Study, *typed: str, reason: str = "") -> int:
    """Carry out operations as jo; return the new version."""
    return revising.apply(study, planned(study, *typed), "jo", reason)


def test_every_version_has_an_entry(study: Study) -> None:
    """The latest comes first, with who, what and why; the first has no revision."""
    applied(study, "merge pay=money", reason="They are one")
    applied(study, "rename beds=Wards")
    entries = history(study)
    assert [entry.number for entry in entries] == [3, 2, 1]
    assert [(entry.label, entry.reason, entry.coder_id) for entry in entries] == [
        ("rename 'Beds' to 'Wards'", "", "jo"),
        ("merge 'Pay' into 'Money'", "They are one", "jo"),
        ("", "", "jo"),
    ]
    assert entries[0].at >= entries[1].at


def test_what_is_taken_back(study: Study) -> None:
    """A revision that was taken back says so, and the one that did it names it; its queue is no more."""
    applied(study, "split beds=Wards,Chairs")
    assert history(study)[0].recoded == {"jo": Recoded(0, 1), "sam": Recoded(0, 1)}
    revising.apply(study, revising.plan_undo(study), "sam")
    last, split, _ = history(study)
    assert (last.undoes, last.undone, last.recoded) == (2, False, {})
    assert (split.undoes, split.undone, split.recoded) == (None, True, {})


def test_how_far_recoding_has_come(study: Study) -> None:
    """For each coder the codings that a revision put before them, and how many are done."""
    applied(study, "split beds=Wards,Chairs")
    CodingSession(study, "sam").toggle(3, "wards")
    assert history(study)[0].recoded == {"jo": Recoded(0, 1), "sam": Recoded(1, 1)}


def test_what_waits_already_waits_once(study: Study) -> None:
    """A part merged away while codings wait gives them other themes to choose from, and no second queue."""
    applied(study, "split beds=Wards,Chairs,Sheets")
    plan = planned(study, "merge chairs=sheets")
    assert (plan.to_recode, dict(plan.touched)) == ({}, {})
    revising.apply(study, plan, "jo")
    assert [entry.recoded for entry in history(study)][:2] == [
        {},
        {"jo": Recoded(0, 1), "sam": Recoded(0, 1)},
    ]


def test_what_stays_when_a_revision_is_taken_back(study: Study) -> None:
    """Answers that somebody decided on since are named if they stay, and not if they go back all the same."""
    applied(study, "split beds=Wards,Chairs")
    CodingSession(study, "sam").toggle(3, "wards")
    assert revising.plan_undo(study).decided_since == ()
    session = CodingSession(study, "jo")
    session.toggle(3, "beds")
    session.toggle(3, "money")
    assert revising.plan_undo(study).decided_since == ("R2.Q1.1",)


def test_two_versions_side_by_side(study: Study) -> None:
    """By default the latest and the one before; merges on the way are told, and not those taken back."""
    applied(study, "merge pay=money")
    applied(study, "merge staff=money")
    revising.apply(study, revising.plan_undo(study), "jo")
    assert [(change.kind, change.text) for change in compare_versions(study).changes] == [
        ("brought back", "Staff")
    ]
    told = [(change.kind, change.text) for change in compare_versions(study, "v1").changes]
    assert told == [("merged", "Pay -> Money")]
    whole = compare_versions(study, "1", "3")
    assert [change.text for change in whole.changes] == ["Pay -> Money", "Staff -> Money"]
    assert (whole.old.name, whole.new.name) == ("version 1", "version 3")


def test_a_version_beside_the_file(study: Study) -> None:
    """`file` is codebook.yaml as it is."""
    source = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(source.replace("Beds", "Wards"), encoding="utf-8")
    for sides in (("file",), ("1", "file")):
        comparison = compare_versions(study, *sides)
        assert [change.text for change in comparison.changes] == ["Beds -> Wards"]
    assert comparison.as_data() == {
        "before": "version 1",
        "after": "codebook.yaml",
        "differences": [
            {"theme": "beds", "kind": "changed", "field": "label", "before": "Beds", "after": "Wards"}
        ],
    }


def test_two_files_side_by_side(study: Study, tmp_path: Path) -> None:
    """Codebook files need no study."""
    other = tmp_path / "other.yaml"
    revision = revising.begin(study).retire("beds")
    other.write_text(write_codebook(revision.new), encoding="utf-8")
    assert [change.kind for change in compare_files(study.codebook_path, other).changes] == ["retired"]


@pytest.mark.parametrize("sides", [(), ("7",), ("x",)])
def test_versions_there_are_none_of(study: Study, sides: tuple[str, ...]) -> None:
    """A codebook that was never revised, and names of no version, are refused with a next step."""
    with pytest.raises(CoderError) as caught:
        compare_versions(study, *sides)
    assert "coder codebook" in caught.value.hint


def test_a_plan_goes_through_a_file(study: Study) -> None:
    """A plan read from JSON does what the plan that was written would have done."""
    for coder_id in ("jo", "sam"):
        CodingSession(study, coder_id).confirm(2)
    typed = ("merge pay=money", "split staff=Nurses,Others", "define beds=Too few", "rename money=Cash")
    plan = planned(study, *typed)
    text = plan_as_json(plan, "councils")
    again = revising.plan(study, read_plan(study, text, "plan.json"))
    assert again == plan
    data = json.loads(text)
    assert (data["version"], data["doubts"], data["to_recode"]) == (1, [], {"staff": {"jo": 1, "sam": 1}})
    assert data["touched"]["pay"] == {
        "codings": 2,
        "answers": 1,
        "respondents": 1,
        "coder_ids": ["jo", "sam"],
    }
    row = next(row for row in data["rows"] if row["theme"] == "money")
    assert (row["label_before"], row["label_after"]) == ("Money", "Cash")
    assert (row["before"], row["after"]) == (
        {"respondents": 0, "mentions": 0},
        {"respondents": 1, "mentions": 1},
    )


def test_a_plan_that_is_out_of_date(study: Study) -> None:
    """After another revision, or an edit of the file, a plan is refused with the way out."""
    text = plan_as_json(planned(study, "merge pay=money"), "councils")
    source = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(source + "# a remark\n", encoding="utf-8")
    with pytest.raises(OutdatedError, match="edited since"):
        read_plan(study, text, "p.json")
    study.codebook_path.write_text(source, encoding="utf-8")
    applied(study, "rename beds=Wards")
    with pytest.raises(OutdatedError, match="against version 1 of the codebook; version 2") as caught:
        read_plan(study, text, "p.json")
    assert "coder codebook plan" in caught.value.hint


@pytest.mark.parametrize(
    "edit",
    [
        lambda _: "",
        lambda _: "[]",
        lambda data: json.dumps({**data, "version": None}),
        lambda data: json.dumps({**data, "operations": {**data["operations"], "keep": ["nobody"]}}),
        lambda data: json.dumps({**data, "operations": {"merges": [1], "keep": []}}),
        lambda data: json.dumps(data).replace('"target": "money"', '"target": "people"'),
        lambda data: json.dumps(data).replace('"target": "money"', '"target": "pay"'),
        lambda data: json.dumps({**data, "codebook": data["codebook"].replace("Beds", "Wards")}),
        lambda data: json.dumps({key: value for key, value in data.items() if key != "check"}),
    ],
)
def test_what_is_no_plan(study: Study, edit: object) -> None:
    """A file that holds something else, or a plan that was changed by hand, is refused."""
    data = json.loads(plan_as_json(planned(study, "merge pay=money"), "councils"))
    assert callable(edit)
    with pytest.raises(CoderError, match=r"p\.json is no plan"):
        read_plan(study, edit(data), "p.json")
