"""What comes with a bundle, what refuses it, and what becomes of codings and wordings that met."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import DRAWN_ID
from making import TEXTS, small_study
from study_copies import assert_whole, copies, everything_in, exchange

from benchmarks.faults.older_studies import FIVE, SIX, make_older
from coder.domain.tables.requests import TableRequest
from coder.errors import CoderError
from coder.store import codings
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.settling_clashes import settling
from coder.workflows.study import coders
from coder.workflows.study.coders import coder_at_work, join
from coder.workflows.study.opening import open_study
from coder.workflows.study.waiting_clashes import waiting_clashes
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receiving import receive, rehearse_receipt
from coder.workflows.team.copies.sending import pack, send
from coder.workflows.team.people_merging import merge
from coder.workflows.team.rounds.leading import NewRound, begin_round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study


@pytest.fixture
def studies(tmp_path: Path) -> Iterator[list[Study]]:
    """Make two copies of a study."""
    both = copies(tmp_path, "ab")
    yield both
    for study in both:
        study.close()


def revise(study: Study, operation: Callable[[Revision], Revision], by: str = "ann") -> None:
    """Revise a codebook."""
    revising.apply(study, revising.plan(study, operation(revising.begin(study))), by)


def themes_on(study: Study, response: int) -> set[tuple[str, str]]:
    """Return who has chosen what on an answer."""
    return {(coding.coder_id, coding.theme_id) for coding in codings.codings_of(study.database, response)}


def test_a_dry_run_changes_nothing(studies: list[Study], tmp_path: Path) -> None:
    """It says from whom how much would come; then it comes, and a second time there is nothing new."""
    first, second = studies
    session = CodingSession(second, join(second.database, "sam").id)
    session.toggle(1, "staff")
    session.confirm(1)
    send(second, tmp_path / "file", "sam")
    before = everything_in(first)
    receipt = rehearse_receipt(first, tmp_path / "file")
    assert (receipt.people["sam"].steps, receipt.people["sam"].codings, receipt.events) == (2, 1, 1)
    assert everything_in(first) | {"acts": []} == before | {"acts": []}
    assert receive(first, tmp_path / "file") == receipt
    assert themes_on(first, 1) == {("sam", "staff")}
    assert receive(first, tmp_path / "file").is_empty
    assert_whole(first)


def test_a_coding_made_without_knowing_a_merge_goes_to_its_target(studies: list[Study]) -> None:
    """Whichever copy receives first; a theme taken off unaware of the merge is taken off its target too."""
    first, second = studies
    ann = CodingSession(first, "ann")
    ann.toggle(1, "staff")
    ann.toggle(3, "staff")
    exchange(first, second)
    revise(first, lambda revision: revision.merge(["staff"], "pay"))
    elsewhere = CodingSession(second, "ann")
    elsewhere.toggle(2, "staff")
    elsewhere.toggle(3, "staff")
    exchange(second, first)
    exchange(first, second)
    for study in studies:
        assert themes_on(study, 1) == {("ann", "pay")}
        assert themes_on(study, 2) == {("ann", "pay")}
        assert themes_on(study, 3) == set()
        assert_whole(study)
    assert everything_in(first) == everything_in(second)


@pytest.mark.parametrize("merger", [0, 1])
def test_a_coding_moved_by_hand_stays_where_its_coder_put_it(studies: list[Study], merger: int) -> None:
    """From a theme to the one that it was merged into elsewhere meanwhile: it is on that theme after all."""
    CodingSession(studies[0], "ann").toggle(1, "staff")
    CodingSession(studies[0], "ann").toggle(2, "staff")
    exchange(studies[0], studies[1])
    revise(studies[merger], lambda revision: revision.merge(["staff"], "pay"))
    hand = CodingSession(studies[1 - merger], "ann")
    for themes in (("pay", "staff"), ("staff", "pay")):
        for theme in themes:
            hand.toggle(1 if themes[0] == "pay" else 2, theme)
    exchange(*studies)
    exchange(*reversed(studies))
    assert everything_in(studies[0]) == everything_in(studies[1])
    for study in studies:
        assert themes_on(study, 1) == {("ann", "pay")}
        assert themes_on(study, 2) == {("ann", "pay")}
        assert_whole(study)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_merges_of_one_theme_wait_for_its_coders(tmp_path: Path, order: tuple[int, int]) -> None:
    """Each coding is on one of the two targets, and waits with both to choose from."""
    three = copies(tmp_path)
    first, second, third = three
    ann = CodingSession(first, "ann")
    ann.toggle(1, "staff")
    ann.toggle(2, "beds")
    exchange(first, second)
    exchange(first, third)
    CodingSession(third, "ann").toggle(3, "staff")
    revise(three[order[0]], lambda revision: revision.merge(["staff"], "pay"))
    revise(three[order[1]], lambda revision: revision.merge(["staff"], "money"))
    for sender, receiver in ((1, 0), (2, 1), (0, 2), (2, 0), (0, 1), (1, 2), (2, 0)):
        exchange(three[sender], three[receiver])
    waiting = "SELECT theme, response, value FROM mark WHERE aspect = 'recode' ORDER BY response, theme"
    for study in three:
        assert everything_in(study) == everything_in(first)
        assert themes_on(study, 1) == {("ann", "money")}
        assert themes_on(study, 2) == {("ann", "beds")}
        assert themes_on(study, 3) == {("ann", "pay")}
        assert study.database.rows(waiting) == [("money", 1, "money pay"), ("pay", 3, "money pay")]
        assert {(c.theme_id, c.field) for c in waiting_clashes(study.database)} == {("staff", "became")}
        assert_whole(study)
    # Who looks at it again takes the one for the other.
    session = CodingSession(first, "ann")
    session.toggle(1, "money")
    session.toggle(1, "pay")
    exchange(first, third)
    assert themes_on(third, 1) == {("ann", "pay")}
    assert third.database.rows(waiting) == [("pay", 3, "money pay")]
    for study in three:
        study.close()


def test_a_coding_made_without_knowing_a_new_meaning_waits_for_its_coder(studies: list[Study]) -> None:
    """What is decided then, knowing of it, stays, however often copies are exchanged."""
    first, second = studies
    revise(first, lambda revision: revision.change("staff", definition="Who works here").recheck("staff"))
    session = CodingSession(second, "sam")
    session.toggle(1, "staff")
    exchange(first, second)
    waiting = "SELECT COUNT(*) FROM mark WHERE aspect = 'recode'"
    assert second.database.value(waiting) == 1
    session.toggle(1, "staff")
    assert second.database.value(waiting) == 0
    exchange(second, first)
    exchange(first, second)
    for study in studies:
        assert themes_on(study, 1) == set()
        assert study.database.value(waiting) == 0
    assert everything_in(first) == everything_in(second)


def test_what_is_said_in_two_ways_waits_until_somebody_decides(studies: list[Study]) -> None:
    """The wording that both began with is in use on both; the decision travels as any version."""
    first, second = studies
    revise(first, lambda revision: revision.change("staff", definition="Nurses alone", label="Nurses"))
    revise(second, lambda revision: revision.change("staff", definition="All who work here"))
    exchange(first, second)
    exchange(second, first)
    assert everything_in(first) == everything_in(second)
    for study in studies:
        theme = study.codebook.by_id["staff"]
        assert (theme.label, theme.definition) == ("Nurses", "")
        assert study.clashes
    clash = waiting_clashes(first.database)[0]
    assert (clash.theme_id, clash.field) == ("staff", "definition")
    assert {choice.content for choice in clash.choices} == {"Nurses alone", "All who work here"}
    # Another revision meanwhile leaves it waiting.
    revise(first, lambda revision: revision.change("beds", label="Bed places"))
    assert first.clashes
    number = [choice.content for choice in clash.choices].index("All who work here") + 1
    revising.apply(first, revising.plan(first, settling(first, "staff", "definition", number)), "ann")
    exchange(first, second)
    for study in studies:
        assert study.codebook.by_id["staff"].definition == "All who work here"
        assert not study.clashes
    assert everything_in(first) == everything_in(second)


def test_leaving_what_was_common_settles_it_as_well(studies: list[Study]) -> None:
    """Nothing of the codebook changes by it, and nothing waits any more on any copy."""
    first, second = studies
    revise(first, lambda revision: revision.change("staff", definition="Nurses alone"))
    revise(second, lambda revision: revision.change("staff", definition="All who work here"))
    exchange(second, first)
    revising.apply(first, revising.plan(first, settling(first, "staff", "definition", 0)), "ann")
    exchange(first, second)
    assert not first.clashes
    assert not second.clashes
    assert second.codebook.by_id["staff"].definition == ""


def test_two_people_of_one_name_stay_two(studies: list[Study], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each copy added sam: the receipt names both, nobody codes as sam unasked, a merge makes them one."""
    monkeypatch.setattr(coders, "drawn_id", DRAWN_ID)
    ids = []
    for study, theme in zip(studies, ("staff", "beds"), strict=True):
        ids.append(join(study.database, "sam").id)
        CodingSession(study, ids[-1]).toggle(1, theme)
    first, second = studies
    path = second.folder.parent / "file"
    send(second, path, "sam")
    receipt = receive(first, path)
    assert [{person.id for person in pair} for pair in receipt.alike] == [set(ids)]
    assert themes_on(first, 1) == {(ids[0], "staff"), (ids[1], "beds")}
    with pytest.raises(CoderError, match=ids[0]):
        coder_at_work(first.database, "sam")
    merge(first, ids[1], ids[0], ids[0])
    assert coder_at_work(first.database, "sam") == ids[0]
    exchange(first, second)
    assert everything_in(first) == everything_in(second)


def test_a_pack_holds_what_one_person_needs_and_no_codings_of_others(
    studies: list[Study], tmp_path: Path
) -> None:
    """What its study sends back is received, and later all is sent there: then both are the same."""
    lead, _ = studies
    sam = join(lead.database, "sam").id
    CodingSession(lead, "jo").toggle(1, "staff")
    CodingSession(lead, "jo").write_memo(1, "a secret")
    CodingSession(lead, sam).toggle(2, "beds")
    pack(lead, "sam", tmp_path / "sam.coderbundle", "jo")
    with ZipFile(tmp_path / "sam.coderbundle") as archive:
        acts = "".join(archive.read(name).decode() for name in archive.namelist() if "acts/" in name)
    assert "a secret" not in acts
    assert '"staff"' not in "".join(line for line in acts.splitlines() if '"step"' in line)
    opened = open_pack(tmp_path / "sam.coderbundle")
    assert opened.person == "sam"
    with closing(open_study(opened.folder)) as study:
        assert_whole(study)
        assert themes_on(study, 2) == {(sam, "beds")}
        assert themes_on(study, 1) == set()
        CodingSession(study, sam).toggle(3, "money")
        exchange(study, lead)
        assert themes_on(lead, 3) == {(sam, "money")}
        exchange(lead, study)
        assert themes_on(study, 1) == {("jo", "staff")}
        assert everything_in(study) == everything_in(lead)
        assert_whole(study)
    assert_whole(lead)


def test_a_pack_of_some_answers_says_wherever_numbers_are_shown_that_it_is_a_part(
    studies: list[Study], tmp_path: Path
) -> None:
    """Its note stands on screens and under tables; a pack of all answers has the study's own note."""
    lead, _ = studies
    sam = join(lead.database, "sam").id
    pack(lead, "sam", tmp_path / "all.coderbundle", "jo")
    begin_round(lead, NewRound("Pilot", {sam: ["R1.Q1.1", "R2.Q1.1"]}, True, False, 1), "jo")
    pack(lead, "sam", tmp_path / "some.coderbundle", "jo")
    notes = {}
    for name in ("all", "some"):
        with closing(open_study(open_pack(tmp_path / f"{name}.coderbundle").folder)) as study:
            CodingSession(study, sam).toggle(1, "staff")
            (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
            notes[name] = [note for note in table.notes if note.startswith("PART OF THE SURVEY")]
    assert notes == {
        "all": [],
        "some": ["PART OF THE SURVEY, for sam: numbers are of these answers alone"],
    }


def test_one_other_text_refuses_all(studies: list[Study], tmp_path: Path) -> None:
    """Each answer that does not fit is named, and nothing is taken, be it a file or a folder."""
    other = [list(boxes) for boxes in TEXTS]
    other[0][0] = "Another text"
    with closing(small_study(tmp_path / "other", texts=other)) as study:
        CodingSession(study, "sam").toggle(1, "staff")
        CodingSession(study, "sam").toggle(3, "staff")
        send(study, tmp_path / "file", "sam")
    first, _ = studies
    before = everything_in(first)
    for source in (tmp_path / "file", tmp_path / "other"):
        with pytest.raises(CoderError, match=r"R1\.Q1\.1' has another text"):
            receive(first, source)
    assert everything_in(first) == before


def test_a_folder_is_received_and_only_read(studies: list[Study]) -> None:
    """The copy whose folder it is stays as it was, byte for byte."""
    first, second = studies
    CodingSession(second, "sam").toggle(1, "staff")
    second.close()
    files = {path.name: path.read_bytes() for path in second.folder.iterdir() if path.is_file()}
    receive(first, second.folder)
    assert themes_on(first, 1) == {("sam", "staff")}
    assert {path.name: path.read_bytes() for path in second.folder.iterdir() if path.is_file()} == files


@pytest.mark.parametrize("schema", [FIVE, SIX], ids=["format 5", "format 6"])
def test_folders_copied_before_acts_had_names_become_one(tmp_path: Path, schema: object) -> None:
    """What was done before the copy is the same on both, what each did after it is put together."""
    with closing(small_study(tmp_path / "a")) as study:
        CodingSession(study, "ann").toggle(1, "staff")
        revise(study, lambda revision: revision.change("beds", label="Bed places"))
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    for name, coder, theme in (("a", "bo", "pay"), ("b", "cy", "money")):
        with closing(open_study(tmp_path / name)) as study:
            CodingSession(study, coder).toggle(2, theme)
        make_older(tmp_path / name, schema)  # type: ignore[arg-type]
    with closing(open_study(tmp_path / "a")) as first, closing(open_study(tmp_path / "b")) as second:
        exchange(second, first)
        exchange(first, second)
        assert themes_on(first, 1) == {("ann", "staff")}
        assert themes_on(first, 2) == {("bo", "pay"), ("cy", "money")}
        assert first.database.value("SELECT COUNT(*) FROM step") == 3
        assert everything_in(first) == everything_in(second)
        assert_whole(first)


def rewritten(path: Path, change: Callable[[dict[str, str]], None]) -> None:
    """Change the members of a bundle."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    change(members)
    changed = io.BytesIO()
    with ZipFile(changed, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    path.write_bytes(changed.getvalue())


def _in_acts(old: str, new: str) -> Callable[[dict[str, str]], None]:
    def change(members: dict[str, str]) -> None:
        changed = False
        for name, text in list(members.items()):
            if name.startswith("acts/"):
                changed = changed or old in text
                members[name] = text.replace(old, new)
        assert changed

    return change


def _in_head(key: str, content: object) -> Callable[[dict[str, str]], None]:
    def change(members: dict[str, str]) -> None:
        members["bundle.json"] = json.dumps(json.loads(members["bundle.json"]) | {key: content})

    return change


HOSTILE: dict[str, Callable[[dict[str, str]], None]] = {
    "another theme": _in_acts('"staff",null,""', '"money",null,""'),
    "an act less": lambda members: members.update(
        {name: text[text.index("\n") + 1 :] for name, text in members.items() if name.startswith("acts/")}
    ),
    "a path": lambda members: members.update({"../../etc/passwd": "x"}),
    "another member": lambda members: members.update({"readme.txt": "x"}),
    "no head": lambda members: members.__delitem__("bundle.json"),
    "not a number": _in_acts('"hand",0,null,null', '"hand",0,null,NaN'),
    "another type": _in_acts('"hand",0,null,null', '"hand",0,"1",null'),
    "an aspect there is not": _in_acts('"theme","staff"', '"drop","staff"'),
    "nested": _in_acts('"exposures":[]', f'"exposures":{"[" * 100_000}{"]" * 100_000}'),
    "chains of another kind": _in_head("chains", [1, 2]),
    "answers of another kind": _in_head("answers", {"R1.Q1.1": 5}),
    "a newer version": _in_head("version", 99),
    "an unknown version of the codebook": _in_head("derived", [[["00" * 8 + ":1"], []]]),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_was_changed_is_refused(
    studies: list[Study], tmp_path: Path, change: Callable[[dict[str, str]], None]
) -> None:
    """Whatever it says, it is an error for people, and nothing is taken."""
    first, second = studies
    CodingSession(second, "sam").toggle(1, "staff")
    send(second, tmp_path / "file", "sam")
    rewritten(tmp_path / "file", change)
    before = everything_in(first)
    with pytest.raises(CoderError):
        receive(first, tmp_path / "file")
    assert everything_in(first) == before
    assert_whole(first)


def test_bytes_of_any_kind_are_refused(studies: list[Study], tmp_path: Path) -> None:
    """A file cut off at any place, one that is no archive, and one that unpacks to too much."""
    first, second = studies
    CodingSession(second, "sam").toggle(1, "staff")
    send(second, tmp_path / "whole", "sam")
    content = (tmp_path / "whole").read_bytes()
    before = everything_in(first)
    for cut in range(0, len(content) - 1, max(1, len(content) // 60)):
        (tmp_path / "file").write_bytes(content[:cut])
        with pytest.raises(CoderError):
            receive(first, tmp_path / "file")
    for changed in range(0, len(content), max(1, len(content) // 60)):
        damaged = bytearray(content)
        damaged[changed] ^= 0x55
        (tmp_path / "file").write_bytes(damaged)
        try:
            receive(first, tmp_path / "file")
        except CoderError:
            continue
        # What the archive's own tables hold twice may be changed without harm.
        break
    else:
        assert everything_in(first) == before
    assert_whole(first)
