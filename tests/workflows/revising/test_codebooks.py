"""Adding a theme while coding: the file and the study's version say the same, whatever happens."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, add_theme, small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Survey
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.formats.codebooks.reading import read_codebook
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import codebook_versions
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.survey_import import STARTER_CODEBOOK
from coder.workflows.revising import revising
from coder.workflows.study.opening import create_study, open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def agreed(study: Study) -> Codebook:
    """Return the codebook, which the file, the database and the open study must agree on."""
    latest = codebook_versions.latest_version(study.database)
    assert latest is not None
    path = study.folder / "codebook.yaml"
    assert latest.codebook == study.codebook == read_codebook(path)
    with closing(open_study(study.folder)) as opened:
        again = codebook_versions.latest_version(opened.database)
        assert again == latest
    return study.codebook


def test_a_theme_is_added_everywhere(study: Study) -> None:
    """A new theme is for its question, has an id made from its label, and can be coded with at once."""
    theme = add_theme(study, "  Agency   staff ", "Q1", "sam")
    assert theme == Theme("q1-agency-staff", "Agency staff", questions=("Q1",))
    assert agreed(study).themes == (*CODEBOOK.themes, theme)
    latest = codebook_versions.latest_version(study.database)
    assert latest is not None
    assert (latest.number, latest.coder_id) == (2, "sam")
    CodingSession(study, "jo").toggle(1, theme.id)
    agreed(study)


def test_the_first_theme_of_an_empty_codebook(tmp_path: Path) -> None:
    """The codebook that an import begins takes a first theme and a second, and keeps its comments."""
    survey = Survey((), (), (), ())
    with closing(create_study(tmp_path / "s", Settings("S"), survey, STARTER_CODEBOOK, "jo")) as study:
        for label in ("Pay", "Beds"):
            add_theme(study, label, "Q1", "jo")
        assert [theme.label for theme in agreed(study)] == ["Pay", "Beds"]
        text = (study.folder / "codebook.yaml").read_text(encoding="utf-8")
    assert text.startswith(STARTER_CODEBOOK.split("title:")[0])


LABELS = (
    "Pay: too low?", "# not a comment", "- dash", "'quoted' \"twice\"", "yes", "12", "Ünïcödé 住房", "!",
    "{brace}", "a" * 300, "null", "back\\slash", "*anchor &amp", "50% @ home", "🏠",
)  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_odd_labels_come_back_as_typed(study: Study, label: str) -> None:
    """Whatever YAML might make of it, a label is the text that was typed."""
    theme = add_theme(study, label, "Q1", "jo")
    assert agreed(study).by_id[theme.id].label == label


def test_labels_that_give_one_id_get_two(study: Study) -> None:
    """Labels that differ in signs alone get ids that differ."""
    ids = [add_theme(study, label, "Q1", "jo").id for label in ("Pay?", "Pay!", "pay ...")]
    assert ids == ["q1-pay", "q1-pay-2", "q1-pay-3"]
    agreed(study)


@pytest.mark.parametrize(("label", "reason"), [("  ", "needs a label"), (" pAY ", "'pAY' for Q1 already")])
def test_a_label_that_will_not_do(study: Study, label: str, reason: str) -> None:
    """An empty label, or one the question has, changes nothing."""
    with pytest.raises(CoderError, match=reason):
        add_theme(study, label, "Q1", "jo")
    assert agreed(study) == CODEBOOK


def test_a_label_of_another_question_is_free(tmp_path: Path) -> None:
    """Two questions may each have a theme of one name."""
    with closing(
        small_study(tmp_path / "s", codebook=Codebook((Theme("p", "Pay", questions=("Q2",)),)))
    ) as study:
        assert add_theme(study, "Pay", "Q1", "jo").id == "q1-pay"
        agreed(study)


def test_a_theme_that_another_program_adds_at_the_same_time_stays(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two programs that add a theme at once, the second goes on from the first's."""
    begin = revising.begin

    def overtaken(own: Study) -> Revision:
        revision = begin(own)
        monkeypatch.setattr(revising, "begin", begin)
        with closing(open_study(own.folder)) as other:
            add_theme(other, "Rivals", "Q1", "sam")
        return revision

    monkeypatch.setattr(revising, "begin", overtaken)
    add_theme(study, "Agency", "Q1", "jo")
    assert [theme.id for theme in agreed(study)][-2:] == ["q1-rivals", "q1-agency"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_edits_made_meanwhile_are_taken_up(study: Study, newline: str) -> None:
    """A theme added to the file in an editor is kept when the next is added on screen."""
    path = study.folder / "codebook.yaml"
    edited = Codebook((*CODEBOOK.themes, Theme("typed", "Typed")), title="Small")
    path.write_text(write_codebook(edited), encoding="utf-8", newline=newline)
    add_theme(study, "Agency", "Q1", "jo")
    assert [theme.id for theme in agreed(study)][-2:] == ["typed", "q1-agency"]


def test_a_used_theme_lost_meanwhile_is_asked_back(study: Study) -> None:
    """A file that lost a used theme while the study was open waits for a decision."""
    CodingSession(study, "jo").toggle(1, "pay")
    path = study.folder / "codebook.yaml"
    before = write_codebook(Codebook((Theme("staff", "Staff"),)))
    path.write_text(before, encoding="utf-8")
    with pytest.raises(CoderError, match="edits that concern codings"):
        add_theme(study, "Agency", "Q1", "jo")
    assert path.read_text(encoding="utf-8") == before
    assert study.codebook == CODEBOOK


def test_a_file_with_a_fault_is_left_alone(study: Study) -> None:
    """A codebook in the middle of an edit is named with its fault and not written to."""
    path = study.folder / "codebook.yaml"
    path.write_text("themes: [", encoding="utf-8")
    with pytest.raises(CoderError, match=r"codebook\.yaml"):
        add_theme(study, "Agency", "Q1", "jo")
    assert path.read_text(encoding="utf-8") == "themes: ["


def test_a_database_that_cannot_save_leaves_the_file_as_it_was(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When saving fails the file is as it was, and the label is free again."""
    execute = study.database.execute

    def fail_to_commit(sql: str, parameters: tuple[object, ...] = ()) -> int:
        if sql == "COMMIT":
            msg = "Not saved: the disk is full."
            raise CoderError(msg)
        return execute(sql, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(study.database, "execute", fail_to_commit)
        with pytest.raises(CoderError, match="full"):
            add_theme(study, "Agency", "Q1", "jo")
    assert agreed(study) == CODEBOOK
    assert add_theme(study, "Agency", "Q1", "jo").id == "q1-agency"


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_theme_outlives_a_crash_between_database_and_file(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the process ends before the file was written, the next opening writes it."""

    def die(_: Study) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(revising, "write_codebook_file", die)
        with pytest.raises(Killed):
            add_theme(study, "Agency", "Q1", "jo")
    assert "q1-agency" not in read_codebook(study.folder / "codebook.yaml")
    study.close()
    study.database = open_study(study.folder).database
    study.codebook = read_codebook(study.folder / "codebook.yaml")
    assert "q1-agency" in agreed(study)


def test_an_edit_after_such_a_crash_is_not_written_over(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody typed into the file since counts for more than the program's unwritten text."""
    with monkeypatch.context() as patch:
        patch.setattr(revising, "write_codebook_file", lambda _: None)
        add_theme(study, "Agency", "Q1", "jo")
    path = study.folder / "codebook.yaml"
    typed = path.read_text(encoding="utf-8").replace("label: Pay", "label: Wages")
    path.write_text(typed, encoding="utf-8")
    with closing(open_study(study.folder)) as opened:
        assert path.read_text(encoding="utf-8") == typed
        assert opened.edits_wait
        assert "q1-agency" in opened.codebook


def test_a_crash_while_writing_leaves_the_old_file(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is replaced as a whole: ending half way leaves the old one, and no scraps."""

    def die_half_way(path: Path, text: str) -> None:
        path.write_text(text[:10], encoding="utf-8")
        raise Killed

    monkeypatch.setattr("coder.formats.shared.files_out.write_new", die_half_way)
    with pytest.raises(Killed):
        add_theme(study, "Agency", "Q1", "jo")
    assert read_codebook(study.folder / "codebook.yaml") == CODEBOOK
    assert not list(study.folder.glob("*.part"))


def test_an_answer_is_no_theme(study: Study) -> None:
    """A text pasted into the wrong window is refused; a label as long as labels may be is not."""
    add_theme(study, "a" * 500, "Q1", "sam")
    with pytest.raises(CoderError, match="501 characters"):
        add_theme(study, "b" * 501, "Q1", "sam")
    assert len(agreed(study).themes) == len(CODEBOOK.themes) + 1
