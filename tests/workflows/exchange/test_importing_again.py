"""A file imported again: what it says otherwise is taken over, what was done here since stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.codings import Span
from coder.errors import CancelledError, CoderError
from coder.store import codings, log
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.exchange.planned_import import AS_USUAL, CodingChoices, CodingImport
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

FIRST = "response_id,theme\nR1.Q1.1,staff\nR1.Q1.1,pay\nR1.Q1.2,pay\nR2.Q1.1,beds\n"
CORRECTED = "response_id,theme\nR1.Q1.1,staff\nR1.Q1.2,money\n"
EXACTLY = CodingChoices(exactly=True)
ADD_ONLY = CodingChoices(only_adds=True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a small study without codings."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def bring(
    study: Study, text: str, choices: CodingChoices = AS_USUAL, name: str = "codings.csv"
) -> CodingImport:
    """Import a file with this text as jo's."""
    (study.folder / name).write_text(text, encoding="utf-8")
    return import_codings(study, study.folder / name, coder_id="jo", adds_people=True, choices=choices)


def standing(study: Study) -> set[tuple[int, str]]:
    """Return the answers that have a theme, with it."""
    return {(c.response, c.theme_id) for c in codings.all_codings(study.database, "jo")}


def test_a_corrected_file_replaces_what_it_brought(study: Study) -> None:
    """What it holds no longer goes, what is new comes, done marks with them; one undo takes it back."""
    bring(study, FIRST)
    before = standing(study), codings.confirmed(study.database, "jo")
    account = bring(study, CORRECTED)
    assert (account.added, account.removed, account.standing, account.opened) == (1, 3, 1, 1)
    assert account.needs_agreement
    assert standing(study) == {(1, "staff"), (2, "money")}
    assert codings.confirmed(study.database, "jo") == {1, 2}
    CodingSession(study, "jo").undo()
    assert (standing(study), codings.confirmed(study.database, "jo")) == before
    assert not bring(study, FIRST).needs_agreement


def test_corrections_follow_one_another(study: Study) -> None:
    """Each is held against all that the file brought, whichever of its imports did."""
    bring(study, FIRST)
    bring(study, CORRECTED)
    assert bring(study, "response_id,theme\nR2.Q1.1,beds\n").removed == 2
    assert standing(study) == {(3, "beds")}


def test_nothing_goes_without_agreement(study: Study) -> None:
    """Whoever is asked and says no leaves all as it was; they are told what would go."""
    bring(study, FIRST)
    before, steps = standing(study), log.step_to_undo(study.database, "jo")
    told: list[CodingImport] = []

    def refuse(account: CodingImport) -> bool:
        told.append(account)
        return False

    path = study.folder / "codings.csv"
    path.write_text(CORRECTED, encoding="utf-8")
    with pytest.raises(CancelledError):
        import_codings(study, path, coder_id="jo", choices=CodingChoices(agreed=refuse))
    assert [account.removed for account in told] == [3]
    assert (standing(study), log.step_to_undo(study.database, "jo")) == (before, steps)


def test_what_was_coded_here_stays_and_is_told(study: Study) -> None:
    """Added, taken off or moved by hand since: the file does not undo it unseen."""
    bring(study, FIRST)
    session = CodingSession(study, "jo")
    session.toggle(1, "money")
    session.toggle(1, "pay")
    session.mark_spans(3, "beds", [Span(0, 4)])
    account = bring(study, "response_id,theme\nR1.Q1.1,staff\nR1.Q1.1,pay\nR1.Q1.2,pay\n")
    assert set(account.kept) == {"R1.Q1.1: Money, jo", "R1.Q1.1: Pay, jo", "R2.Q1.1: Beds, jo"}
    assert standing(study) == {(1, "staff"), (1, "money"), (2, "pay"), (3, "beds")}
    bring(study, "response_id,theme\nR1.Q1.1,staff\nR1.Q1.1,pay\nR1.Q1.2,pay\n", EXACTLY)
    assert standing(study) == {(1, "staff"), (1, "pay"), (2, "pay"), (3, "beds")} - {(3, "beds")}


def test_words_picked_here_are_not_written_over(study: Study) -> None:
    """A coding of the whole answer gets the file's words; words that somebody picked stay."""
    session = CodingSession(study, "jo")
    session.mark_spans(1, "staff", [Span(0, 7)])
    session.toggle(2, "pay")
    rows = "response_id,theme,mention\nR1.Q1.1,staff,four staff\nR1.Q1.2,pay,too low\n"
    account = bring(study, rows)
    assert (account.changed, account.kept) == (1, ("R1.Q1.1: Staff, jo",))
    assert {c.theme_id: c.spans for c in codings.all_codings(study.database)} == {
        "staff": (Span(0, 7),),
        "pay": (Span(8, 15),),
    }
    bring(study, rows, EXACTLY)
    assert [c.spans for c in codings.codings_of(study.database, 1)] == [(Span(8, 18),)]


def test_only_adding_leaves_all_that_stands(study: Study) -> None:
    """What is missing comes; nothing goes and no words change."""
    bring(study, FIRST)
    account = bring(study, CORRECTED, ADD_ONLY)
    assert (account.added, account.removed, account.opened) == (1, 0, 0)
    assert standing(study) == {(1, "staff"), (1, "pay"), (2, "pay"), (2, "money"), (3, "beds")}


def test_a_file_of_another_name_adds_and_tells(study: Study) -> None:
    """It takes the place of another only where that is said; what it lacks on its answers is told."""
    bring(study, FIRST)
    account = bring(study, CORRECTED, name="corrected.csv")
    assert (account.removed, account.other_files) == (0, ("codings.csv",))
    assert set(account.kept) == {"R1.Q1.1: Pay, jo", "R1.Q1.2: Pay, jo"}
    CodingSession(study, "jo").undo()
    with pytest.raises(CoderError, match=r"No codings that stand .* 'coding\.csv'") as caught:
        bring(study, CORRECTED, CodingChoices(replaced="coding.csv"), "corrected.csv")
    assert "codings.csv" in caught.value.hint
    bring(study, CORRECTED, CodingChoices(replaced="codings.csv"), "corrected.csv")
    assert standing(study) == {(1, "staff"), (2, "money")}
    # The next correction of that goes on where both have come from.
    assert bring(study, "response_id,theme\nR2.Q1.1,beds\n", name="corrected.csv").removed == 2
    assert standing(study) == {(3, "beds")}


def test_another_coder_of_the_same_file_name_loses_nothing(study: Study) -> None:
    """Files of two people may have one name."""
    bring(study, FIRST)
    path = study.folder / "codings.csv"
    path.write_text(CORRECTED, encoding="utf-8")
    account = import_codings(study, path, coder_id="sam", adds_people=True)
    assert (account.added, account.removed, account.kept) == (2, 0, ())
    assert len(standing(study)) == 4


def test_a_coding_that_goes_waits_for_nothing(study: Study) -> None:
    """A coding in the queue to be recoded leaves it with the correction, and comes back with undo."""
    bring(study, FIRST)
    revising.apply(study, revising.plan(study, revising.begin(study).recheck("beds")), "jo")
    bring(study, CORRECTED)
    waiting = "SELECT COUNT(*) FROM mark WHERE aspect = 'recode'"
    assert study.database.value(waiting) == 0
    CodingSession(study, "jo").undo()
    assert study.database.value(waiting) == 1


def test_marks_of_json_are_corrected_too(study: Study) -> None:
    """A memo that the file has otherwise or no longer changes or goes; one written here since stays."""

    def file(memo: str, flags: list[str]) -> str:
        marks = [("R1.Q1.1", "memo", memo), *((name, "flag", "1") for name in flags)]
        rows = [
            {"response_id": name, "coder": "jo", "aspect": aspect, "value": text}
            for name, aspect, text in marks
        ]
        return json.dumps({"codings": [], "marks": rows})

    bring(study, file("odd", ["R1.Q1.1", "R2.Q1.1"]), name="codings.json")
    bring(study, file("very odd", ["R1.Q1.1"]), name="codings.json")
    marks = {(mark.response, mark.aspect): mark.content for mark in codings.all_marks(study.database)}
    assert marks == {(1, "memo"): "very odd", (1, "flag"): "1"}
    CodingSession(study, "jo").write_memo(1, "mine")
    account = bring(study, file("odd again", ["R1.Q1.1"]), name="codings.json")
    assert account.kept == ("R1.Q1.1 (memo), jo",)
    assert study.database.value("SELECT value FROM mark WHERE aspect = 'memo'") == "mine"


def test_a_file_from_before_a_merge_goes_where_the_theme_went(study: Study) -> None:
    """Rows of a merged theme are rows of its target: told, and no coding comes twice or goes."""
    bring(study, FIRST)
    revising.apply(study, revising.plan(study, revising.begin(study).merge(["pay"], "money")), "jo")
    account = bring(study, FIRST)
    assert (account.added, account.removed, account.kept) == (0, 0, ())
    assert account.notes == ("'Pay' was merged into 'Money': 2 rows of the file went there.",)
    assert bring(study, CORRECTED).removed == 2
    assert standing(study) == {(1, "staff"), (2, "money")}


def test_retired_and_split_themes_are_refused(study: Study) -> None:
    """A retired theme is taken only where that is said; of a split one the part must be named."""
    bring(study, FIRST)
    revising.apply(study, revising.plan(study, revising.begin(study).retire("beds")), "jo")
    # What stands already is no choice.
    assert bring(study, FIRST).standing == 4
    with pytest.raises(CoderError, match=r"'Beds' is retired.*: 1 coding .*row 3") as caught:
        bring(study, "response_id,theme\nR1.Q1.1,staff\nR3.Q1.1,beds\n", ADD_ONLY)
    assert "--with-retired" in caught.value.hint
    with pytest.raises(CoderError, match="'Old ways' is retired"):
        bring(study, "response_id,theme_id,theme\nR1.Q1.1,old,\n", ADD_ONLY)
    taken = CodingChoices(only_adds=True, retired_too=True)
    assert bring(study, "response_id,theme\nR3.Q1.1,beds\n", taken).added == 1
    revising.apply(study, revising.plan(study, revising.begin(study).split("pay", ["money", "staff"])), "jo")
    with pytest.raises(CoderError, match="row 2: 'Pay' was split into Money, Staff"):
        bring(study, "response_id,theme\nR3.Q1.1,pay\n", name="late.csv")


def test_a_net_that_only_groups_takes_no_codings(study: Study) -> None:
    """What nobody can choose on screen no file can either."""
    with pytest.raises(CoderError, match="'People' only groups other themes"):
        bring(study, "response_id,theme\nR1.Q1.1,People\n")
