"""Revisions while others code, and while the study's file cannot be read or written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from making import small_study
from recode_study import split

from coder.errors import CoderError, OutdatedError
from coder.formats.codebooks.reading import read_codebook
from coder.store import log, recode_queues
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import new_theme
from coder.workflows.revising.codebook_export import export_codebook
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.opening import open_study
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study

LOST, PAY = 1, 2


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study."""
    found = small_study(tmp_path / "study")
    yield found
    found.close()


def revise(study: Study, revision: Revision) -> int:
    """Apply a revision."""
    return revising.apply(study, revising.plan(study, revision), "lead")


def themes_on(session: CodingSession, response: int) -> tuple[str, ...]:
    """Return what a coder has chosen for a response."""
    return session.standing(response).theme_ids


def test_a_theme_merged_by_another_program_is_not_chosen(study: Study) -> None:
    """Nothing is coded with a theme that was merged away a moment ago, by whatever way it is chosen."""
    other = open_study(study.folder)
    session = CodingSession(study, "jo")
    revise(other, revising.begin(other).merge(["staff"], "money"))
    other.close()
    assert study.codebook.by_id["staff"].status == "active"
    retired = r"'Staff' is retired, and no longer chosen\."
    with pytest.raises(CoderError, match=retired):
        session.toggle(LOST, "staff")
    with pytest.raises(CoderError, match=retired):
        session.mark_spans(LOST, "staff", [])
    with pytest.raises(CoderError, match=retired):
        session.code_many([LOST, PAY], "staff")
    assert themes_on(session, LOST) == ()


def test_a_theme_deleted_by_another_program_is_not_chosen(study: Study) -> None:
    """A theme that nobody had used, and that is gone from the codebook, is not chosen either."""
    other = open_study(study.folder)
    text = study.codebook_path.read_text("utf-8")
    study.codebook_path.write_text(text[: text.index("  - id: beds")], "utf-8")
    take_up(other, "lead")
    assert "beds" not in other.codebook
    other.close()
    with pytest.raises(CoderError, match=r"'Beds' was taken out of the codebook\."):
        CodingSession(study, "jo").toggle(LOST, "beds")


def test_what_is_coded_while_a_plan_is_open_is_merged(study: Study) -> None:
    """A plan is worked out anew when it is applied: no coding made meanwhile is left behind."""
    other, session = open_study(study.folder), CodingSession(study, "jo")
    plan = revising.plan(other, revising.begin(other).merge(["staff"], "money"))
    session.toggle(LOST, "staff")
    revising.apply(other, plan, "lead")
    other.close()
    assert themes_on(session, LOST) == ("money",)


def test_a_theme_coded_with_since_is_not_deleted_unseen(study: Study) -> None:
    """A plan that deletes an unused theme is made anew once somebody has chosen it."""
    revision = revising.begin(study)
    kept = tuple(theme for theme in revision.new if theme.id != "money")
    plan = revising.plan(study, replace(revision, new=replace(revision.new, themes=kept)))
    assert plan.open_decisions == ()
    CodingSession(study, "jo").toggle(LOST, "money")
    with pytest.raises(OutdatedError, match="coded with since"):
        revising.apply(study, plan, "lead")
    assert themes_on(CodingSession(study, "jo"), LOST) == ("money",)
    assert "money" in in_use(study).codebook


def test_taking_back_is_planned_anew_where_its_theme_was_coded_with_since(study: Study) -> None:
    """Codings made after the plan keep a theme that was to go: the file would not say so."""
    CodingSession(study, "jo").toggle(LOST, "staff")
    revision = revising.begin(study)
    new = new_theme(revision, "Work", like="staff")
    number = revise(study, revision.add(new).merge(["staff"], new.id))
    plan = revising.plan_undo(study, number)
    CodingSession(study, "jo").toggle(PAY, new.id)
    with pytest.raises(OutdatedError, match="coded with since"):
        revising.apply(study, plan, "lead")
    revising.apply(study, revising.plan_undo(study, number), "lead")
    assert study.codebook == read_codebook(study.codebook_path)
    assert themes_on(CodingSession(study, "jo"), LOST) == ("staff",)
    assert recode_queues.waiting_of(study.database, "jo") == 1


def test_a_merge_is_not_taken_back_to_a_theme_taken_out_since(study: Study) -> None:
    """A theme that was retired before the merge, and then left the file, cannot have its codings again."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "beds")
    revise(study, revising.begin(study).retire("beds"))
    number = revise(study, revising.begin(study).merge(["beds"], "money"))
    text = study.codebook_path.read_text("utf-8")
    start = text.index("  - id: beds")
    end = text.find("  - id: ", start + 1)
    study.codebook_path.write_text(text[:start] + (text[end:] if end > 0 else ""), "utf-8")
    take_up(study, "lead")
    assert "beds" not in study.codebook
    with pytest.raises(CoderError, match=r"'Beds' was taken out since\.") as refused:
        revising.plan_undo(study, number)
    assert refused.value.hint == (
        f"Take back revision {number + 1} (delete 'Beds'; lead, {log.utc_now()[:10]}) first:"
        f" coder codebook undo {number + 1}"
    )
    revising.apply(study, revising.plan_undo(study, number + 1), "lead")
    revising.apply(study, revising.plan_undo(study, number), "lead")
    assert themes_on(session, LOST) == ("beds",)


def test_undo_brings_back_no_theme_merged_since(study: Study) -> None:
    """A coding taken off before its theme was merged away does not come back outside the merge."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    session.toggle(LOST, "staff")
    number = revise(study, revising.begin(study).merge(["staff"], "money"))
    with pytest.raises(CoderError, match="would bring back 'Staff', which was retired since"):
        session.undo()
    assert themes_on(session, LOST) == ()
    revising.apply(study, revising.plan_undo(study, number), "lead")
    session.undo()
    assert themes_on(session, LOST) == ("staff",)


@pytest.mark.parametrize("deleted", [True, False])
def test_undo_asks_for_no_theme_that_went_since(study: Study, deleted: bool) -> None:
    """A coding that its coder had told apart does not wait again among themes of which one is gone."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    revision = revising.begin(study)
    part = new_theme(revision, "Work", like="staff")
    revise(study, revision.add(part).split("staff", ["staff", part.id]))
    session.confirm(LOST)
    if deleted:
        text = study.codebook_path.read_text("utf-8")
        start = text.index(f"  - id: {part.id}\n")
        end = text.find("  - id: ", start + 1)
        study.codebook_path.write_text(text[:start] + (text[end:] if end > 0 else ""), "utf-8")
        take_up(study, "lead")
    else:
        revise(study, revising.begin(study).retire(part.id))
    before = session.standing(LOST)
    assert (before.done, before.recode) == (True, {})
    with pytest.raises(CoderError, match=r"would ask again what 'Staff' is, and '[Ww]ork' is in use no"):
        session.undo()
    assert session.standing(LOST) == before


def test_undo_brings_back_what_was_retired_already(study: Study) -> None:
    """A retired theme taken off by mistake comes back, and so does a coding that waited."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    split(study)
    waiting = session.standing(LOST)
    session.toggle(LOST, "staff")
    assert themes_on(session, LOST) == ()
    session.undo()
    assert session.standing(LOST) == waiting
    session.redo()
    session.undo()
    assert session.standing(LOST) == waiting


def test_parts_retired_while_codings_wait(study: Study) -> None:
    """What waits is told apart by the parts still offered; with none left it can be kept."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    split(study)
    first = revise(study, revising.begin(study).retire("staff-pay"))
    assert session.standing(LOST).recode == {"staff": ("staff-posts",)}
    revise(study, revising.begin(study).retire("staff-posts"))
    assert session.standing(LOST).recode == {"staff": ("staff",)}
    session.confirm(LOST)
    assert (themes_on(session, LOST), session.standing(LOST).recode) == (("staff",), {})
    session.undo()
    revising.apply(study, revising.plan_undo(study), "lead")
    revising.apply(study, revising.plan_undo(study, first), "lead")
    assert session.standing(LOST).recode == {"staff": ("staff-pay", "staff-posts")}


def test_a_part_deleted_from_the_file_while_codings_wait(study: Study) -> None:
    """An unused part may go; the codings that wait are told apart by the other."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    split(study)
    text = study.codebook_path.read_text("utf-8")
    start = text.index("  - id: staff-pay")
    study.codebook_path.write_text(text[:start] + text[text.index("  - id:", start + 5) :], "utf-8")
    take_up(study, "lead")
    assert "staff-pay" not in study.codebook
    assert session.standing(LOST).recode == {"staff": ("staff-posts",)}


def test_a_split_theme_offered_again_can_be_kept(study: Study) -> None:
    """Brought back while its codings wait, the theme is one of those to choose from."""
    session = CodingSession(study, "jo")
    session.toggle(LOST, "staff")
    split(study)
    revise(study, revising.begin(study).bring_back("staff"))
    assert session.standing(LOST).recode == {"staff": ("staff", "staff-pay", "staff-posts")}
    session.confirm(LOST)
    assert recode_queues.waiting_of(study.database, "jo") == 0
    assert themes_on(session, LOST) == ("staff",)


def test_a_missing_file_can_be_written_again(study: Study) -> None:
    """The message about a missing codebook.yaml names a command that puts it back as it was."""
    text = study.codebook_path.read_text("utf-8")
    study.codebook_path.unlink()
    again = open_study(study.folder)
    assert f"coder codebook export {study.folder} --out {study.codebook_path}" in again.differing_file
    again.close()
    assert export_codebook(study.folder, "yaml") == text


def test_a_file_that_cannot_be_written_follows_later(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The revision stands, the study opens and can be coded; the file is written when that is possible."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = study.codebook_path.read_text("utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("coder.formats.shared.files_out.Path.replace", refuse)
        with pytest.raises(CoderError, match=r"saved in the study, but not in its file: .*cannot be written"):
            revise(study, revising.begin(study).retire("beds"))
        again = open_study(study.folder)
        assert (again.codebook.by_id["beds"].status, again.edits_wait) == ("retired", False)
        with pytest.raises(CoderError, match="cannot be written"):
            revising.begin(again)
        again.close()
    assert study.codebook_path.read_text("utf-8") == before
    open_study(study.folder).close()
    assert "retired" in study.codebook_path.read_text("utf-8")


def test_an_edit_that_waits_is_not_replaced_by_a_command(study: Study) -> None:
    """A redefinition by hand waits for its plan; one by command of the same theme would lose it."""
    CodingSession(study, "jo").toggle(PAY, "pay")
    revise(study, revising.begin(study).change("pay", definition="What is earned"))
    text = study.codebook_path.read_text("utf-8")
    study.codebook_path.write_text(text.replace("What is earned", "Wages alone"), "utf-8")
    begun = revising.begin(study)
    with pytest.raises(CoderError, match=r"codebook\.yaml gives 'Pay' another definition"):
        revising.plan(study, begun.change("pay", definition="Wages and pensions"))
    # Another theme, or another field of it, can be revised together with the edit.
    plan = revising.plan(study, begun.change("pay", label="Money earned").keep_codings("pay"))
    revising.apply(study, plan, "lead")
    pay = in_use(study).codebook.by_id["pay"]
    assert (pay.label, pay.definition) == ("Money earned", "Wages alone")
