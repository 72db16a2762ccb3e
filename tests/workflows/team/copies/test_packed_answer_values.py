"""What is known of single answers goes with packs: of those in them alone, and only such as fits."""

from __future__ import annotations

import io
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from study_copies import assert_whole, exchange
from visit_study import visit_study

from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.store.privacy.withdrawals import tombstones
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.withdrawing import carry_out_withdrawal
from coder.workflows.study.opening import open_study
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import pack, send
from coder.workflows.team.membership import add_people
from coder.workflows.team.rounds.leading import NewRound, begin_round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

Members = dict[str, Any]


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Study]:
    """Make a study in which ann is to code two of six answers."""
    with closing(visit_study(tmp_path / "lead")) as study:
        add_people(study, ["ann", "sam"], "jo")
        begin_round(study, NewRound("One", {"ann": ["P1.Q1.2", "P2.Q1.1"]}, True, False, 1), "jo")
        yield study


def opened(lead: Study, person: str, path: Path) -> Study:
    """Return the study of somebody's pack."""
    pack(lead, person, path, "jo")
    return open_study(open_pack(path).folder)


def known(study: Study) -> list[tuple[object, ...]]:
    """Return what is known of a study's answers."""
    return study.database.rows("SELECT response, attribute, value, row_hash FROM answer_value")


def test_a_pack_of_all_answers_counts_as_the_study_does(lead: Study, tmp_path: Path) -> None:
    """Names, order, labels and values are the same, and so are the tables by them."""
    with closing(opened(lead, "sam", tmp_path / "sam.coderbundle")) as copy:
        sql = "SELECT * FROM answer_attribute ORDER BY position"
        assert copy.database.rows(sql) == lead.database.rows(sql)
        assert known(copy) == known(lead) != []
        exchange(lead, copy)
        request = TableRequest(subjects=("Q1",), by="mood")
        tables = [printed_tables(study, request) for study in (lead, copy)]
        assert tables[0] == tables[1]
        assert_whole(copy)


def test_a_pack_of_some_answers_has_theirs_alone(lead: Study, tmp_path: Path) -> None:
    """Also in the file itself; a later pack brings those of the answers that it brings."""
    with closing(opened(lead, "ann", tmp_path / "ann.coderbundle")) as part:
        assert {row[0] for row in known(part)} == {2, 3}
        content = survey_in(tmp_path / "ann.coderbundle")
        assert content["answer_values"] == [
            [2, "mood", "sad"], [2, "visit", "2026-03-09"], [3, "mood", "glad"], [3, "visit", "2026-01-30"],
        ]  # fmt: skip
        begin_round(lead, NewRound("Two", {"ann": ["P3.Q1.1"]}, True, False, 1), "jo")
        pack(lead, "ann", tmp_path / "more", "jo")
        assert receive(part, tmp_path / "more").new_answers == 1
        assert known(part) == [row for row in known(lead) if row[0] in (2, 3, 4)]
        assert receive(part, tmp_path / "more").is_empty
        assert_whole(part)


def test_three_copies_become_one(lead: Study, tmp_path: Path) -> None:
    """What is coded in copies is counted by what is known of answers, in each alike."""
    with (
        closing(opened(lead, "sam", tmp_path / "sam.coderbundle")) as second,
        closing(opened(lead, "jo", tmp_path / "jo.coderbundle")) as third,
    ):
        CodingSession(second, "sam").toggle(4, "beds")
        CodingSession(third, "jo").toggle(6, "money")
        three = (lead, second, third)
        for sender, receiver in ((second, lead), (third, lead), (lead, second), (lead, third)):
            exchange(sender, receiver)
        request = TableRequest(subjects=("Q1",), by="visit.month", where=())
        first, *others = (printed_tables(study, request) for study in three)
        assert [others == [first, first]] == [True]
        for study in three:
            assert_whole(study)


def test_who_withdrew_does_not_come_back(lead: Study, tmp_path: Path) -> None:
    """A later pack from a copy that does not know it brings nothing of theirs."""
    with closing(opened(lead, "ann", tmp_path / "ann.coderbundle")) as part:
        carry_out_withdrawal(part, "P1", "", "ann")
        assert {row[0] for row in known(part)} == {3}
        begin_round(lead, NewRound("Two", {"ann": ["P1.Q1.1", "P3.Q1.1"]}, True, False, 1), "jo")
        pack(lead, "ann", tmp_path / "more", "jo")
        receive(part, tmp_path / "more")
        assert {row[0] for row in known(part)} == {3, 4}
        assert_whole(part)


def test_who_withdrew_in_a_part_goes_everywhere(lead: Study, tmp_path: Path) -> None:
    """Also with answers that the part lacks; what others coded on these meanwhile stays out."""
    with (
        closing(opened(lead, "ann", tmp_path / "ann.coderbundle")) as part,
        closing(opened(lead, "sam", tmp_path / "sam.coderbundle")) as other,
    ):
        carry_out_withdrawal(part, "P1", "asked by letter", "ann")
        CodingSession(other, "sam").toggle(1, "beds")
        exchange(part, lead)
        assert {row[0] for row in known(lead)} == {3, 4, 5, 6}
        assert lead.database.rows("SELECT id FROM response WHERE id LIKE 'P1.%'") == []
        (stone,) = tombstones(lead.database)
        assert (stone.respondent_id, stone.by, stone.reason) == ("P1", "ann", "asked by letter")
        exchange(other, lead)
        assert lead.database.rows("SELECT response FROM coding WHERE coder = 'sam'") == []
        exchange(lead, other)
        assert {row[0] for row in known(other)} == {3, 4, 5, 6}
        pack(lead, "ann", tmp_path / "more", "jo")
        receive(part, tmp_path / "more")
        for study in (lead, part, other):
            assert_whole(study)


def survey_in(path: Path) -> Members:
    """Return the answers of a pack."""
    with ZipFile(path) as archive:
        members: Members = json.loads(archive.read("survey.json"))
    return members


def rewrite(path: Path, change: Callable[[Members], object], version: int | None = None) -> None:
    """Change the answers of a pack, and the version that it says it has."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    survey, head = json.loads(members["survey.json"]), json.loads(members["bundle.json"])
    change(survey)
    members["survey.json"] = json.dumps(survey).encode()
    members["bundle.json"] = json.dumps(head | ({"version": version} if version else {})).encode()
    changed = io.BytesIO()
    with ZipFile(changed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(changed.getvalue())


def version_of(path: Path) -> int:
    """Return the version that a bundle says it has."""
    with ZipFile(path) as archive:
        version: int = json.loads(archive.read("bundle.json"))["version"]
    return version


def test_a_pack_of_before_is_read(lead: Study, tmp_path: Path) -> None:
    """One of version 2 knows nothing of answers; what needs no version 3 is written as before."""
    path = tmp_path / "sam.coderbundle"
    pack(lead, "sam", path, "jo")
    assert version_of(path) == 3

    def as_before(survey: Members) -> None:
        del survey["answer_attributes"], survey["answer_values"]

    rewrite(path, as_before, 2)
    with closing(open_study(open_pack(path).folder)) as copy:
        assert known(copy) == []
        assert_whole(copy)
    send(lead, tmp_path / "sent", "jo")
    assert version_of(tmp_path / "sent") == 2


HOSTILE: dict[str, Callable[[Members], object]] = {
    "of an answer that is not in it": lambda survey: survey["answer_values"].append([4, "mood", "glad"]),
    "of an attribute that is not in it": lambda survey: survey["answer_values"].append([2, "age", "9"]),
    "told twice": lambda survey: survey["answer_values"].append([2, "mood", "glad"]),
    "an attribute told twice": lambda survey: survey["answer_attributes"].append(["mood", 9, ""]),
    "nothing": lambda survey: survey["answer_values"][0].__setitem__(2, ""),
    "no text": lambda survey: survey["answer_values"][0].__setitem__(2, 7),
    "no number": lambda survey: survey["answer_values"][0].__setitem__(0, "2"),
    "a truth": lambda survey: survey["answer_values"][0].__setitem__(0, True),
    "half a character": lambda survey: survey["answer_values"][0].__setitem__(2, "\ud800"),
    "a cell too many": lambda survey: survey["answer_values"][0].append("x"),
    "a cell too few": lambda survey: survey["answer_values"][0].pop(),
    "no list": lambda survey: survey.update(answer_values={"2": "sad"}),
    "none at all": lambda survey: survey.update(answer_values=None),
    "no attributes": lambda survey: survey.update(answer_attributes=[]),
    "no name": lambda survey: survey["answer_attributes"].append(["", 5, ""]),
    "a place below nought": lambda survey: survey["answer_attributes"][0].__setitem__(1, -1),
    "the name of what is known of respondents": lambda survey: survey["answer_attributes"].append(
        ["region", 5, ""]
    ),
    "a further member": lambda survey: survey.update(answer_moods=[]),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_pack_that_was_changed_is_refused(
    lead: Study, tmp_path: Path, change: Callable[[Members], object]
) -> None:
    """Whatever it says of answers, it is an error for people; nothing is made and nothing is taken."""
    path = tmp_path / "ann.coderbundle"
    with closing(opened(lead, "ann", path)) as part:
        before = known(part)
        rewrite(path, change)
        with pytest.raises(CoderError):
            receive(part, path)
        assert known(part) == before
        assert_whole(part)
    with pytest.raises(CoderError):
        open_pack(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_is_of_respondents_here_and_of_answers_there_is_refused(lead: Study, tmp_path: Path) -> None:
    """Copies of one import have neither; nothing is taken."""
    path = tmp_path / "ann.coderbundle"
    with closing(opened(lead, "ann", path)) as part:

        def other_way_round(survey: Members) -> None:
            survey["answer_attributes"] = [["region", 0, ""]]
            survey["answer_values"] = [[2, "region", "North"]]
            survey["attributes"], survey["attribute_values"] = [["mood", 0, ""]], []

        rewrite(path, other_way_round)
        with pytest.raises(CoderError, match="'region' is known of respondents here") as caught:
            receive(part, path)
        assert "'mood' is known of answers here" in caught.value.message
        assert_whole(part)
