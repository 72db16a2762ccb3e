"""The second look without the screen: what is listed, and what has been answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from doubtful_study import ODD, doubtful_study

from coder.domain.second_look import Doubted, likely
from coder.errors import CoderError
from coder.workflows.coding.second_look import waiting_doubts
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import codings_as_json, import_codings
from coder.workflows.suggesting.doubted_codings import doubted_codings, doubted_json, doubted_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


BY_WORDS = 'ranked by words alone. study.toml says model = "none".'


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study with one odd coding."""
    made = doubtful_study(tmp_path / "study")
    yield made
    made.close()


def listed(study: Study, question_id: str | None = None) -> set[tuple[int, str, str]]:
    """Return the two codings most worth checking; it is told that the study wants no model."""
    told: list[str] = []
    found = doubted_codings(study, question_id=question_id, most=2, tell=told.append)
    assert {sentence.partition("; ")[2] for sentence in told} == {BY_WORDS}
    return {(doubted.response, doubted.theme_id, doubted.kind) for doubted in found}


def test_what_is_odd_is_listed_until_it_is_answered(study: Study) -> None:
    """Kept as it is or changed, it does not come up again; undone, it does."""
    session = CodingSession(study, "jo")
    assert listed(study, "Q1") == {(ODD, "pay", "wrong"), (ODD, "beds", "missing")}
    session.keep(ODD, {"beds": "missing"})
    assert (ODD, "beds", "missing") not in listed(study)
    session.undo()
    assert (ODD, "beds", "missing") in listed(study)


def test_likelihoods_are_told_in_words() -> None:
    """What is hardly likely is not called impossible."""
    assert (likely(0.124), likely(0.0004)) == ("12% likely", "under 1% likely")
    assert (likely(0.99), likely(0.9996)) == ("99% likely", "over 99% likely")


def test_each_answer_ends_its_doubt(study: Study) -> None:
    """A doubt lasts while what it is about stands, is confirmed, and was not kept."""
    session = CodingSession(study, "jo")
    wrong, missing = Doubted(1, "beds", "wrong", 0.9, 0.1), Doubted(1, "pay", "missing", 0.8, 0.8)

    def left() -> list[Doubted]:
        return waiting_doubts(session.standing, [wrong, missing])

    assert left() == [wrong, missing]
    session.keep(1, {"beds": "wrong"})
    assert left() == [missing]
    session.toggle(1, "pay")
    assert left() == []
    session.toggle(1, "pay")
    session.confirm(1, done=False)
    assert left() == []
    session.confirm(1)
    session.toggle(1, "beds")
    session.toggle(1, "beds")
    session.confirm(1)
    assert left() == [wrong, missing]
    assert waiting_doubts(CodingSession(study, "sam").standing, [wrong, missing]) == []


def test_it_is_told_in_lines_and_as_json(study: Study) -> None:
    """Each coding has its answer, what is doubted and how likely the theme is."""
    found = [Doubted(ODD, "pay", "wrong", 0.97, 0.004), Doubted(ODD, "beds", "missing", 0.9, 0.9)]
    assert list(doubted_lines(study, found)) == [
        "R7.Q1.1  Pay: stands, and may be wrong (under 1% likely)", "    Beds are full",
        "R7.Q1.1  Beds: may be missing (90% likely)", "    Beds are full",
    ]  # fmt: skip
    assert list(doubted_lines(study, [])) == ["No coding stands out, or all that do have been looked at."]
    (first, _) = json.loads(doubted_json(study, found))["doubted"]
    assert (first["response_id"], first["theme"], first["doubt"]) == ("R7.Q1.1", "Pay", "wrong")


def test_too_few_codings_are_refused(study: Study) -> None:
    """With fewer than fifty confirmed answers, and equal ones coded alike, there is nothing to go by."""
    session = CodingSession(study, "jo")
    for number in (ODD, *range(11, 20)):
        session.confirm(number, done=False)
    with pytest.raises(CoderError, match="there are 45"):
        listed(study)


def test_what_was_kept_stays_out_of_exports(study: Study, tmp_path: Path) -> None:
    """A codings file holds no answers to doubts: another study's engine doubts other codings."""
    CodingSession(study, "jo").keep(1, {"beds": "wrong"})
    path = tmp_path / "codings.json"
    path.write_text(codings_as_json(study), encoding="utf-8")
    assert "kept" not in path.read_text(encoding="utf-8")
    assert import_codings(study, path).added == 0
