"""A survey file under review, without a screen."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.store.privacy.place_rows import noted_places
from coder.tui.importing.review import ImportRequest, SurveyReview
from coder.tui.importing.texts import choices, top_line

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = "id,region,q1\n" + "".join(
    f"R{n},{'North' if n % 2 else 'South'},Answer number {n} in some words of its own\n" for n in range(1, 20)
)


def ignored(_done: int, _total: int | None) -> None:
    """Long work has come so far."""


def reviewed(folder: Path) -> SurveyReview:
    """Return a review of a file that was read."""
    path = folder / "answers.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    review = SurveyReview(ImportRequest(path))
    review.take_plan(review.reading(ignored)())
    return review


def roles(review: SurveyReview) -> list[str]:
    """Return the roles of the columns."""
    assert review.plan is not None
    return [column.role for column in review.plan.layout.columns]


def test_a_file_is_reviewed_and_made_a_study(work: Path) -> None:
    """Read, given roles, counted and made: all without a screen."""
    review = reviewed(work)
    assert roles(review) == ["id", "attribute", "open"]
    assert top_line(review) == ("New study from answers.csv", "19 rows · 3 columns")
    for _ in range(3):
        review.give_next_role(1)
    assert roles(review)[1] == "attribute"
    review.give_role(1, "ignore")
    assert review.plan is not None
    review.take_report(review.counting(review.plan, ignored)())
    assert review.report is not None
    assert review.report.answers == 19
    study = review.making(review.plan, "jo", ignored)()
    assert study.folder == work / "answers-study"
    study.close()


def test_names_of_left_out_columns_are_masked_from_then_on(work: Path) -> None:
    """Where they stand in answers is noted, as the command line does; the names themselves are nowhere."""
    path = work / "answers.csv"
    rows = "".join(f"{n},Priya Natarajan,Ask Priya about number {n} at the desk\n" for n in range(1, 9))
    path.write_text(f"id,full_name,What helped you?\n{rows}", encoding="utf-8")
    review = SurveyReview(ImportRequest(path))
    review.take_plan(review.reading(ignored)())
    assert review.plan is not None
    with closing(review.making(review.plan, "jo", ignored)()) as study:
        places = noted_places(study.database)
        assert sorted(places) == list(range(1, 9))
        assert {(place.start, place.end) for of_answer in places.values() for place in of_answer} == {(4, 9)}
    assert all(b"Natarajan" not in file.read_bytes() for file in study.folder.rglob("*") if file.is_file())


def test_what_of_a_codebook_is_not_carried_is_told_with_the_study(work: Path) -> None:
    """A column that themes have no field for."""
    (work / "themes.csv").write_text("theme,colour\nPay,red\n", encoding="utf-8")
    review = reviewed(work)
    assert review.plan is not None
    review.use_codebook(review.reading_codebook(work / "themes.csv", ignored)())
    with closing(review.making(review.plan, "jo", ignored)()) as study:
        (remark,) = study.import_remarks
        assert "colour" in remark


def test_a_faulty_codebook_is_not_taken(work: Path) -> None:
    """A codebook with faults is said and not taken; another choice is about something else."""
    review = reviewed(work)
    assert review.plan is not None
    review.take_report(review.counting(review.plan, ignored)())
    (work / "faulty.yaml").write_text("themes: [", encoding="utf-8")
    read = review.reading_codebook(work / "faulty.yaml", ignored)
    with pytest.raises(CoderError) as caught:
        read()
    review.fail(caught.value)
    assert review.codebook is None
    review.use_folder(work / "mine")
    assert review.fault is None
    assert choices(review.folder, review.codebook).startswith("f  Folder    mine\n")


def test_what_was_counted_is_forgotten_with_the_roles_it_was_of(work: Path) -> None:
    """Another role forgets report and fault; to count or to make a study anew changes nothing by itself."""
    review = reviewed(work)
    assert review.plan is not None
    review.take_report(review.counting(review.plan, ignored)())
    review.fail(CoderError("The folder is not empty."))
    review.counting(review.plan, ignored)
    review.making(review.plan, "jo", ignored)
    assert review.report is not None
    assert review.fault is not None
    review.give_role(1, "ignore")
    assert review.report is None
    assert review.fault is None
