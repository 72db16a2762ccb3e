"""Agreement of a study's coders: whom and what is compared, and what is printed of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, add_theme, small_study

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.store import log
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import import_codings
from coder.workflows.exchange.planned_import import CodingChoices
from coder.workflows.revising import revising
from coder.workflows.team.agreement_notes import verdict
from coder.workflows.team.agreement_overall import agreements
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement
from coder.workflows.team.comparing_coders import compare_coders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.workflows.study.study import Study

TEXTS = tuple((f"Answer {number} about money", f"And {number} about beds") for number in range(12))
"""Two answers each of twelve respondents: responses 1 to 24."""
BY_THEME = AgreementRequest(themes=True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study that nobody has coded."""
    made = small_study(tmp_path / "study", texts=TEXTS)
    yield made
    made.close()


def code(study: Study, coder_id: str, themes: Mapping[int, str]) -> None:
    """Have a coder choose themes on answers (`pay beds`, or none) and mark them as done."""
    session = CodingSession(study, coder_id)
    for response, names in themes.items():
        for theme_id in names.split():
            session.toggle(response, theme_id)
        session.confirm(response)


def rows(table: PrintedTable) -> dict[str, list[float | None]]:
    """Return the numbers of each row."""
    return {row.label: [cell.value for cell in row.cells] for row in table.rows}


def theme_rows(study: Study, request: AgreementRequest = BY_THEME) -> dict[str, list[float | None]]:
    """Return what is printed of each theme of Q1."""
    tables = printed_agreement(study, request)
    return rows(next(table for table in tables if table.title.startswith("Agreement by theme")))


def test_the_counts_of_who_said_what(study: Study) -> None:
    """Both, only the one, only the other, and the share alike; the least agreed on first, nets at the end."""
    code(study, "jo", {1: "pay", 2: "pay money", 3: "", 4: "staff", 5: "money"})
    code(study, "sam", {1: "pay", 2: "pay", 3: "beds", 4: "pay", 5: "money", 6: "beds"})
    printed = theme_rows(study)
    assert {label: numbers[:4] for label, numbers in printed.items()} == {
        "Pay": [2, 0, 1, 80],
        "Money": [1, 1, 0, pytest.approx(200 / 3)],
        "Beds": [0, 0, 1, 0],
        "Staff": [0, 1, 0, 0],
        "People": [3, 0, 0, 100],
    }
    alphas = [numbers[4] for numbers in printed.values()]
    assert alphas[:-1] == sorted(alphas[:-1], key=lambda alpha: alpha or 0)
    assert alphas[-1] == 1


def test_half_coded_answers_are_left_out_and_told(study: Study) -> None:
    """An answer with themes that is not done is no reading: figures are as without, and a note counts it."""
    code(study, "jo", {1: "pay", 2: "beds"})
    code(study, "sam", {1: "pay", 2: ""})
    (table, *_) = printed_agreement(study, AgreementRequest())
    jo, sam = CodingSession(study, "jo"), CodingSession(study, "sam")
    jo.toggle(3, "pay")
    sam.confirm(3)
    sam.toggle(4, "beds")
    (with_half, *_) = printed_agreement(study, AgreementRequest())
    assert rows(with_half) == rows(table)
    assert "2 answers have themes but are not marked as done, and so are left out." in with_half.notes


def test_a_theme_that_came_later_was_not_passed_over(study: Study) -> None:
    """Where jo read before a theme existed, her not choosing it says nothing; where both had it it does."""
    code(study, "jo", {1: "pay", 2: "", 3: ""})
    new = add_theme(study, "Parking", "Q1", "sam").id
    code(study, "sam", {1: f"pay {new}", 2: new, 3: "", 4: new, 5: new})
    (table, *_) = printed_agreement(study, AgreementRequest())
    assert rows(table)["Q1. What is hardest?"][2] == 1
    assert any("not compared there: Parking" in note for note in table.notes)
    assert "Parking" not in theme_rows(study)
    code(study, "jo", {4: new, 5: ""})
    assert theme_rows(study)["Parking"][:4] == [2, 1, 0, 1]
    # Looked at again with the new theme at hand, an answer counts for it.
    jo = CodingSession(study, "jo")
    jo.toggle(2, new)
    assert theme_rows(study)["Parking"][:4] == [3, 2, 0, 1]


def test_a_retired_theme_was_not_passed_over_since(study: Study) -> None:
    """Who reads after a theme was retired could not choose it, though another, who had it, looks again."""
    code(study, "jo", {1: "beds", 2: "beds pay", 3: "beds"})
    code(study, "sam", {1: "beds", 2: "pay"})
    revising.apply(study, revising.plan(study, revising.begin(study).retire("beds")), "jo")
    code(study, "sam", {3: ""})
    CodingSession(study, "jo").toggle(2, "money")
    CodingSession(study, "jo").toggle(3, "money")
    printed = theme_rows(study)
    # Answers 1 and 2, which sam read when there were beds; not 3.
    assert printed["Beds"][:4] == [2, 1, 1, 0]
    assert printed["Money"][:4] == [3, 0, 2, 0]


def test_a_retired_theme_from_a_file_is_compared(study: Study, tmp_path: Path) -> None:
    """Two files that use a retired theme had it both: where one has it and the other not, they differ."""
    revising.apply(study, revising.plan(study, revising.begin(study).retire("beds")), "jo")
    for coder_id, themes in (("jo", ("beds", "beds", "pay")), ("sam", ("beds", "pay", "pay"))):
        file = tmp_path / f"{coder_id}.csv"
        lines = (f"R{number}.Q1.1,{theme}\n" for number, theme in enumerate(themes, start=1))
        file.write_text("response_id,theme\n" + "".join(lines), "utf-8")
        taken = CodingChoices(retired_too=True)
        import_codings(study, file, coder_id=coder_id, adds_people=True, choices=taken)
    assert theme_rows(study)["Beds"][:3] == [1, 1, 0]


def test_merged_themes_are_compared_as_what_they_are_now(study: Study) -> None:
    """Of two themes that were merged since, either choice is one of the merged theme; nothing is left out."""
    code(study, "jo", {1: "money", 2: "beds", 3: ""})
    code(study, "sam", {1: "beds", 2: "beds", 3: "money"})
    revision = revising.begin(study).add(Theme("things", "Things"))
    revising.apply(study, revising.plan(study, revision.merge(["money", "beds"], "things")), "jo")
    code(study, "jo", {4: "things"})
    code(study, "sam", {4: ""})
    assert theme_rows(study)["Things"][:3] == [2, 1, 1]
    assert not any("not compared" in note for note in printed_agreement(study, AgreementRequest())[0].notes)


def test_what_a_revision_did_to_codings_is_no_reading(study: Study) -> None:
    """A merge changes codings of answers read before; a theme that came with it was not passed over there."""
    code(study, "jo", {1: "money", 2: ""})
    code(study, "sam", {1: "beds"})
    revision = revising.begin(study).add(Theme("parking", "Parking"))
    revising.apply(study, revising.plan(study, revision.merge(["money"], "beds")), "jo")
    code(study, "sam", {2: "parking"})
    printed = theme_rows(study)
    assert printed["Beds"][:3] == [1, 0, 0]
    assert "Parking" not in printed
    CodingSession(study, "sam").toggle(1, "parking")
    assert "Parking" not in theme_rows(study)


def test_a_merge_that_was_taken_back_carries_nothing(study: Study) -> None:
    """Themes that were one for a while, and are two again, are compared as two by those who had both."""
    code(study, "jo", {1: "money", 2: "beds", 3: ""})
    code(study, "sam", {1: "beds", 2: "beds", 3: "money"})
    apart = theme_rows(study)
    revising.apply(study, revising.plan(study, revising.begin(study).merge(["money"], "beds")), "jo")
    assert "Money" not in theme_rows(study)
    revising.apply(study, revising.plan_undo(study), "jo")
    assert theme_rows(study) == apart
    revising.apply(study, revising.plan_undo(study, 3), "jo")
    assert theme_rows(study)["Beds"][:3] == [2, 0, 1]


def test_who_did_not_choose_a_theme_chose_no_part_of_it(study: Study) -> None:
    """After a split, who passed the whole over passed its parts over; who chose it has to say which."""
    code(study, "jo", {1: "money", 2: "money", 3: ""})
    code(study, "sam", {1: "", 2: "money", 3: ""})
    revision = revising.begin(study).add(Theme("fees", "Fees")).add(Theme("wages", "Wages"))
    revising.apply(study, revising.plan(study, revision.split("money", ["fees", "wages"])), "jo")
    assert theme_rows(study)["Money"][:3] == [1, 1, 0]
    jo, sam = CodingSession(study, "jo"), CodingSession(study, "sam")
    for response in (1, 2):
        jo.toggle(response, "money")
        jo.toggle(response, "fees")
        jo.confirm(response)
    printed = theme_rows(study)
    # Sam's answer 2 still waits: of it nothing is known about fees.
    assert printed["Fees"][:3] == [0, 1, 0]
    sam.toggle(2, "money")
    sam.toggle(2, "fees")
    sam.confirm(2)
    assert theme_rows(study)["Fees"][:3] == [1, 1, 0]


def test_nets_that_may_be_chosen_are_no_decisions(tmp_path: Path) -> None:
    """A net in which themes lie changes no figure by being offered, and none by standing beside its theme."""
    figures = []
    for codable in (False, True):
        themes = (Theme("people", "People", codable=codable), *CODEBOOK.themes[1:])
        study = small_study(tmp_path / str(codable), codebook=type(CODEBOOK)(themes, "Small"), texts=TEXTS)
        code(study, "jo", {1: "pay", 2: "beds", 3: "staff"})
        code(study, "sam", {1: "pay", 2: "", 3: "staff" + " people" * codable})
        tables = printed_agreement(study, BY_THEME)
        figures.append([rows(table) for table in tables])
        assert "1 theme that nobody chose here has no row." in tables[1].notes
        study.close()
    assert figures[0] == figures[1]


def test_a_net_chosen_by_itself_has_a_row(tmp_path: Path) -> None:
    """Where one coder chose the net alone, that is a choice that the other did not make."""
    themes = (Theme("people", "People"), *CODEBOOK.themes[1:])
    study = small_study(tmp_path / "study", codebook=type(CODEBOOK)(themes, "Small"), texts=TEXTS)
    code(study, "jo", {1: "people", 2: "beds"})
    code(study, "sam", {1: "pay", 2: "beds"})
    printed = theme_rows(study)
    assert printed["People (itself)"][:3] == [0, 1, 0]
    assert printed["People"][:3] == [1, 0, 0]
    study.close()


def test_three_coders_have_a_table_of_pairs(study: Study) -> None:
    """Of more than two each pair that shares answers has a row, as if they alone had been named."""
    code(study, "jo", {1: "pay", 2: "beds", 3: "money"})
    code(study, "sam", {1: "pay", 2: "", 3: "money"})
    code(study, "kim", {3: "pay", 4: "pay"})
    overall, pairs = printed_agreement(study, AgreementRequest())
    assert overall.title == "Agreement of jo, kim and sam"
    printed = rows(pairs)
    assert set(printed) == {"jo and kim", "jo and sam", "kim and sam"}
    (alone,) = printed_agreement(study, AgreementRequest(coder_names=("JO,sam",)))
    assert printed["jo and sam"] == rows(alone)["Q1. What is hardest?"]
    by_theme = theme_rows(study)
    assert by_theme["Pay"][:2] == [1, 1]


def test_weeks_are_told_apart(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the Monday of the week in which the second reader was done; one week alone has no table."""
    for day, response in ((2, 1), (8, 2), (9, 3)):
        monkeypatch.setattr(log, "utc_now", lambda day=day: f"2026-11-{day:02}T12:00:00.000Z")
        code(study, "jo", {response: "pay"})
        if response < 3:
            code(study, "sam", {response: "pay" if response == 1 else ""})
    monkeypatch.setattr(log, "utc_now", lambda: "2026-11-17T12:00:00.000Z")
    code(study, "sam", {3: "pay"})
    _, weeks = printed_agreement(study, AgreementRequest())
    assert {label: numbers[0] for label, numbers in rows(weeks).items()} == {"2026-11-02": 2, "2026-11-16": 1}
    assert weeks.title == "Agreement week by week"


def test_every_measure(study: Study) -> None:
    """The long table has all coefficients and says which of them not to go by alone."""
    code(study, "jo", dict.fromkeys(range(1, 21), "") | {1: "pay"})
    code(study, "sam", dict.fromkeys(range(1, 21), "") | {2: "pay"})
    tables = printed_agreement(study, AgreementRequest(every_measure=True))
    table = next(table for table in tables if table.title.startswith("All measures"))
    answers, alike, _alpha, kappa, ac1, pabak = rows(table)["Pay"]
    assert (answers, alike) == (20, 90)
    assert kappa == pytest.approx((18 - (19 * 19 + 1) / 20) / (20 - (19 * 19 + 1) / 20))
    assert pabak == pytest.approx(0.8)
    assert ac1 == pytest.approx((0.9 - 2 * 0.05 * 0.95) / (1 - 2 * 0.05 * 0.95))
    assert any("do not go by them alone" in note for note in table.notes)


def test_respondents_by_each_coder(study: Study) -> None:
    """A respondent who mentions a theme in both boxes is one; only answers that both read count."""
    code(study, "jo", {1: "pay", 2: "pay", 3: "pay", 5: "pay"})
    code(study, "sam", {1: "pay", 2: "", 3: ""})
    *_, table = printed_agreement(study, BY_THEME)
    assert [column.name for column in table.columns] == ["by jo", "by sam"]
    assert rows(table)["Pay"] == [2, 1]


def test_nothing_to_compare_says_who_has_read_what(study: Study) -> None:
    """Without an answer that two have read there is no table, but what each has done so far."""
    code(study, "jo", {1: "pay", 2: ""})
    code(study, "sam", {3: "pay"})
    CodingSession(study, "sam").toggle(1, "pay")
    with pytest.raises(CoderError, match="read by two coders") as refused:
        printed_agreement(study, AgreementRequest())
    assert "jo 2, sam 1" in refused.value.hint


def test_one_choice_throughout_is_nothing_to_compare(study: Study) -> None:
    """Where all chose the same on every answer there is no alpha, and the note says so."""
    code(study, "jo", {1: "pay", 2: "pay"})
    code(study, "sam", {1: "pay", 2: "pay"})
    (table,) = printed_agreement(study, AgreementRequest())
    assert rows(table)["Q1. What is hardest?"] == [2, 1, None, None, None, None]
    assert any("Q1: nothing to compare" in note for note in table.notes)


def test_what_was_asked_for_and_is_not_there_is_told(study: Study) -> None:
    """Coders who share no answer, names that differ in case, and codings that wait have a note each."""
    code(study, "jo", {1: "pay", 2: "money"})
    code(study, "Jo", {1: "pay", 2: ""})
    code(study, "kim", {9: ""})
    (table,) = printed_agreement(study, AgreementRequest())
    assert "kim: no answer that another of them has read." in table.notes
    assert "'Jo' and 'jo' are taken for 2 people: if they are one, nothing here holds." in table.notes
    revision = revising.begin(study).add(Theme("fees", "Fees")).split("money", ["money", "fees"])
    revising.apply(study, revising.plan(study, revision), "jo")
    (table,) = printed_agreement(study, AgreementRequest(coder_names=("jo,Jo",)))
    waits = "1 coding to be looked at again since the codebook was revised counts as it stands."
    assert waits in table.notes
    assert table.title == "Agreement of Jo and jo"


def test_a_file_that_names_only_answers_with_a_theme_is_told(study: Study, tmp_path: Path) -> None:
    """Answers that its coder read and gave no theme are missing, which the figures do not show."""
    code(study, "jo", {1: "pay", 2: "", 3: "beds"})
    file = tmp_path / "codings.csv"
    file.write_text("response_id,theme\nR1.Q1.1,pay\nR2.Q1.1,beds\n", "utf-8")
    import_codings(study, file, coder_id="sam", adds_people=True)
    (table,) = printed_agreement(study, AgreementRequest())
    told = [note for note in table.notes if "the figures are too high" in note]
    assert told == [
        "Q1: one coder’s codings come from a file that names only answers with a theme. "
        "Those read and given none cannot be compared; most likely the figures are too high."
    ]
    assert "In plain words: Q1: not to be gone by." in table.notes
    CodingSession(study, "sam").nothing_here(2)
    (table,) = printed_agreement(study, AgreementRequest())
    assert not any("too high" in note for note in table.notes)


@pytest.mark.parametrize(
    ("names", "message"),
    [(("jo",), "alone agrees with nobody"), (("jo", "samm"), "'samm' has not worked"), (("JO,Jo",), "alone")],
)
def test_names_that_do_not_do(study: Study, names: tuple[str, ...], message: str) -> None:
    """One person alone, twice the same, or a name nobody has are refused."""
    code(study, "jo", {1: ""})
    code(study, "sam", {1: ""})
    with pytest.raises(CoderError, match=message):
        printed_agreement(study, AgreementRequest(coder_names=names))


def test_what_figures_mean(study: Study) -> None:
    """In plain words, by the lower end of the interval; few respondents are too little to say."""
    code(study, "jo", {n: "pay" if n % 2 else "beds" for n in range(1, 25)})
    code(study, "sam", {n: "pay" if n % 2 else "beds" for n in range(1, 25)})
    (agreement,) = agreements(study, compare_coders(study))
    assert verdict(agreement.overall) == "no difference found"
    code(study, "sam", dict.fromkeys(range(1, 25, 3), "money"))
    (agreement,) = agreements(study, compare_coders(study))
    assert agreement.overall.alpha.low is not None
    assert verdict(agreement.overall) in {"uncertain", "depends on who codes"}
    few = compare_coders(study).comparisons[0].of_answers([1, 2, 3])
    assert len(few.answers) == 3


def test_pairs_of_many_coders_have_no_interval(study: Study) -> None:
    """Of more than ten coders each pair has its figures; the interval is to be had of two who are named."""
    people = [f"coder-{number:02}" for number in range(11)]
    for number, coder_id in enumerate(people):
        code(study, coder_id, {n: "pay" if (n + number) % 5 else "beds" for n in range(1, 25)})
    _, pairs = printed_agreement(study, AgreementRequest())
    assert len(pairs.rows) == 55
    assert any("--coder NAME,NAME" in note for note in pairs.notes)
    _, _, alpha, low, _, _ = rows(pairs)["coder-00 and coder-01"]
    assert low is None
    (alone,) = printed_agreement(study, AgreementRequest(coder_names=("coder-00,coder-01",)))
    assert rows(alone)["Q1. What is hardest?"][2] == alpha
    assert rows(alone)["Q1. What is hardest?"][3] is not None


def test_where_one_person_codes_no_arrays_are_loaded(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of one coder's work does not wait for numpy on account of agreement."""
    code(study, "jo", {1: "pay"})
    monkeypatch.setitem(sys.modules, "numpy", None)
    coders = compare_coders(study)
    assert (coders.asked_coders, coders.by_question) == (("jo",), ())


def test_a_net_that_nobody_chose_is_no_decision(tmp_path: Path) -> None:
    """Agreement is the same whether or not the codebook lets coders choose a net that none of them chose."""
    figures = []
    for codable in (False, True):
        codebook = Codebook(
            tuple(
                replace(theme, codable=True) if theme.id == "people" and codable else theme
                for theme in CODEBOOK
            )
        )
        study = small_study(tmp_path / f"study-{codable}", codebook=codebook, texts=TEXTS)
        code(study, "jo", {1: "pay", 2: "pay money", 3: "", 4: "staff", 5: "money"})
        code(study, "sam", {1: "pay", 2: "pay", 3: "beds", 4: "pay", 5: "money"})
        figures.append([rows(table) for table in printed_agreement(study, BY_THEME)])
        study.close()
    assert figures[0] == figures[1]


def test_a_net_that_somebody_chose_is_a_decision_of_both(tmp_path: Path) -> None:
    """Who did not choose it passed it over: it has a row like any theme."""
    codebook = Codebook(tuple(replace(t, codable=True) if t.id == "people" else t for t in CODEBOOK))
    study = small_study(tmp_path / "study", codebook=codebook, texts=TEXTS)
    code(study, "jo", {1: "people", 2: "money"})
    code(study, "sam", {1: "", 2: "money"})
    assert theme_rows(study)["People"][:3] == [0, 1, 0]
    study.close()
