"""A revision that was made in another copy of the study, once its codebook.yaml has come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codebook import Theme
from coder.store import codings, recode_queues
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.codebook_import import begin_import
from coder.workflows.study.taking_up import take_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def studies(tmp_path: Path) -> Iterator[tuple[Study, Study]]:
    """Return two copies of a study: in the first jo has coded, in the second the codebook is revised."""
    own, other = small_study(tmp_path / "own"), small_study(tmp_path / "other")
    session = CodingSession(own, "jo")
    for number, theme_id in ((1, "pay"), (2, "beds"), (3, "staff"), (8, "money")):
        session.toggle(number, theme_id)
    revision = revising.begin(other).merge(["pay"], "money").retire("staff")
    revising.apply(other, revising.plan(other, revision), "lead")
    themes = [theme for theme in other.codebook if theme.id == "beds"]
    revision = revising.begin(other)
    for name in ("wards", "hospices"):
        revision = revision.add(replaced(themes[0], name))
    revising.apply(other, revising.plan(other, revision.split("beds", ["wards", "hospices"])), "lead")
    yield own, other
    own.close()
    other.close()


def replaced(theme: Theme, name: str) -> Theme:
    """Return a theme under another name."""
    return Theme(name, name.title(), questions=theme.questions)


def themes_on(study: Study) -> dict[int, str]:
    """Return the theme of each answer."""
    return {coding.response: coding.theme_id for coding in codings.all_codings(study.database)}


MERGED = {1: "money", 2: "beds", 3: "staff", 8: "money"}


def test_its_file_brings_merges_splits_and_what_is_retired(studies: tuple[Study, Study]) -> None:
    """Edits that carry codings wait for a plan; it merges, puts into the queue, and can be taken back."""
    own, other = studies
    before = themes_on(own)
    own.codebook_path.write_bytes(other.codebook_path.read_bytes())
    take_up(own, "jo")
    assert own.edits_wait
    assert themes_on(own) == before
    plan = revising.plan(own, revising.begin(own))
    assert {theme_id: touched.codings for theme_id, touched in plan.touched.items()} == {
        "pay": 1, "money": 1, "beds": 1,
    }  # fmt: skip
    revising.apply(own, plan, "jo")
    assert themes_on(own) == MERGED
    assert recode_queues.choices_of(own.database, "jo") == {"beds": ("wards", "hospices")}
    assert own.codebook.by_id["staff"].status == "retired"
    assert not own.edits_wait
    revising.apply(own, revising.plan_undo(own), "jo")
    assert themes_on(own) == before
    assert recode_queues.waiting_of(own.database, "jo") == 0


def test_an_import_of_its_codebook_does_so_too(studies: tuple[Study, Study]) -> None:
    """`coder codebook import` of the file gives the same codings, and the same themes retired."""
    own, other = studies
    revision, _ = begin_import(own, other.codebook_path)
    revising.apply(own, revising.plan(own, revision), "jo")
    assert themes_on(own) == MERGED
    assert recode_queues.choices_of(own.database, "jo") == {"beds": ("wards", "hospices")}
    status = {theme.id: theme.status for theme in own.codebook}
    assert {theme_id for theme_id, text in status.items() if text == "retired"} == {
        "pay",
        "staff",
        "beds",
        "old",
    }


def test_what_nobody_coded_with_is_taken_up_at_once(studies: tuple[Study, Study]) -> None:
    """Without codings there is nothing to be planned."""
    own, other = studies
    for number in (1, 2, 3, 8):
        CodingSession(own, "jo").nothing_here(number)
    own.codebook_path.write_bytes(other.codebook_path.read_bytes())
    take_up(own, "jo")
    assert not own.edits_wait
    assert own.codebook.by_id["pay"].became == ("money",)
