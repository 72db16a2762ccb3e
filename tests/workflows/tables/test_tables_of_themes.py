"""Tables of a study: what they count, in which order, of which base, and what they say about it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from asking import base_size, counted, in_all, theme_table
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODEBOOK, small_study

from coder.domain.study_settings import KeptOptions, Settings, TableSetting
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.store import log
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.survey_import import create_from_file, plan_import
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import new_theme
from coder.workflows.study.moments import log_moment
from coder.workflows.study.questions import find_question
from coder.workflows.study.taking_up import take_up
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

THEMES = ("pay", "staff", "money", "beds")
CODINGS = st.lists(
    st.tuples(st.integers(1, 10), st.sampled_from(THEMES), st.sampled_from(["ann", "bo"])), max_size=12
)
"""Response, theme, coder: chosen, and taken away again if it comes twice."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a small study without codings."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def test_the_sample_says_that_it_is_synthetic(coded_sample: Study) -> None:
    """The study's own note stands first under each of its tables."""
    assert all(table.notes[0].startswith("SYNTHETIC") for table in printed_tables(coded_sample))


def test_a_table_without_a_title_has_the_questions_wording(tmp_path: Path) -> None:
    """Not an empty one; and a title that was written for some respondents is none for all."""
    of_some = TableSetting("Q1", title="In the North", choices=KeptOptions(where=("region=North",)))
    tables = (of_some, TableSetting("Q1"), TableSetting("Q1", by="region"))
    study = small_study(tmp_path / "study", settings=Settings("Small", tables=tables))
    CodingSession(study, "jo").toggle(1, "pay")
    assert [table.title for table in printed_tables(study)] == [
        "Q1. In the North, of respondents with region = North",
        "Q1. What is hardest?",
        "Q1. What is hardest?, by region",
    ]
    study.close()


@pytest.mark.parametrize(
    ("tables", "of_questions"),
    [
        ((TableSetting("Q16", by="region"),), [("Q15",), ("Q16",), ("Q17",), ("Q18",)]),
        ((TableSetting("Q15,Q16"), TableSetting("region")), [("Q15", "Q16")]),
        ((TableSetting("Q16"), TableSetting("Q16", by="region")), [("Q16",)]),
    ],
)
def test_by_something_there_are_tables_always(
    coded_sample: Study, tables: tuple[TableSetting, ...], of_questions: list[tuple[str, ...]]
) -> None:
    """Those that are listed by nothing, several questions together among them; else one of each question."""
    study = replace(coded_sample, settings=replace(coded_sample.settings, tables=tables))
    made = printed_tables(study, TableRequest(by="council_type"))
    assert [table.question_ids for table in made] == of_questions
    assert {table.by for table in made} == {"council_type"}


def test_a_respondent_counts_once_and_mentions_each_time(study: Study) -> None:
    """Two answers of one respondent with one theme are one respondent and two mentions."""
    session = CodingSession(study, "jo")
    session.toggle(1, "pay")
    session.toggle(2, "pay")
    assert counted(theme_table(study, "Q1")) == [("Pay", 1)]
    assert counted(theme_table(study, "Q1", TableOptions(unit="mentions"))) == [("Pay", 2)]


def test_ties_follow_the_codebook(study: Study) -> None:
    """Themes with equal counts stand in the codebook's order, not in the order of coding."""
    session = CodingSession(study, "jo")
    for theme in reversed(THEMES):
        session.toggle(1, theme)
    assert [row.key for row in theme_table(study, "Q1").rows] == list(THEMES)


def test_percentages_are_of_the_chosen_base(study: Study) -> None:
    """The base is everybody, those who answered, or those who mention something."""
    CodingSession(study, "jo").toggle(1, "pay")
    tables = {
        base: theme_table(study, "Q1", TableOptions(base=base)) for base in ("asked", "answered", "coded")
    }
    assert {base: base_size(table) for base, table in tables.items()} == {
        "asked": 5,
        "answered": 4,
        "coded": 1,
    }
    assert [table.rows[0].cells[1].value for table in tables.values()] == [20.0, 25.0, 100.0]


def test_nets_stand_above_their_themes(study: Study) -> None:
    """A net counts the union of its themes' respondents; its themes follow, one level deeper."""
    session = CodingSession(study, "jo")
    for response, theme in ((1, "pay"), (1, "staff"), (3, "staff"), (3, "beds")):
        session.toggle(response, theme)
    rows = theme_table(study, "Q1", TableOptions(nets=True)).rows
    assert [(row.label, row.kind, row.level, row.respondents) for row in rows] == [
        ("People", "net", 0, 2),
        ("Staff", "theme", 1, 2),
        ("Pay", "theme", 1, 1),
        ("Beds", "theme", 0, 1),
    ]


def test_a_net_that_is_coded_itself_has_a_row_for_that(tmp_path: Path) -> None:
    """Codings with the net as a theme are counted under it, so that its parts account for it."""
    themes = tuple(replace(theme, codable=True) for theme in CODEBOOK)
    study = small_study(tmp_path / "study", codebook=replace(CODEBOOK, themes=themes))
    CodingSession(study, "jo").toggle(1, "people")
    CodingSession(study, "jo").toggle(3, "pay")
    rows = theme_table(study, "Q1", TableOptions(nets=True)).rows
    study.close()
    assert [(row.label, row.respondents) for row in rows] == [
        ("People", 2),
        ("People (itself)", 1),
        ("Pay", 1),
    ]


def test_a_net_that_has_a_row_is_not_among_those_without(tmp_path: Path) -> None:
    """With nets, one that may be chosen and was not has its row all the same: the note counts the others."""
    themes = tuple(replace(theme, codable=True) for theme in CODEBOOK)
    study = small_study(tmp_path / "study", codebook=replace(CODEBOOK, themes=themes))
    CodingSession(study, "jo").toggle(3, "pay")
    plain, nets = (theme_table(study, "Q1", TableOptions(nets=nets)) for nets in (False, True))
    study.close()
    assert [row.label for row in nets.rows] == ["People", "Pay"]
    assert "4 themes have no mention and no row." in plain.notes
    assert "3 themes have no mention and no row." in nets.notes


def test_a_net_of_mentions_adds_them_up(tmp_path: Path) -> None:
    """An answer with two of its themes is two mentions of it, and the note says so."""
    study = small_study(tmp_path / "study")
    for theme_id in ("pay", "staff"):
        CodingSession(study, "jo").toggle(1, theme_id)
    table = theme_table(study, "Q1", TableOptions(unit="mentions", nets=True))
    study.close()
    assert table.rows[0].cells[0].value == 2
    assert "The mentions of a net are those of its themes, added up." in table.notes
    assert not any("however many of its themes" in note for note in table.notes)


def test_zeros_are_shown_on_request(study: Study) -> None:
    """Themes that nobody mentions are left out and numbered in a note, or have rows of their own."""
    CodingSession(study, "jo").toggle(1, "pay")
    table = theme_table(study, "Q1")
    assert "3 themes have no mention and no row." in table.notes
    full = theme_table(study, "Q1", TableOptions(zeros=True))
    assert counted(full) == [("Pay", 1), ("Staff", 0), ("Money", 0), ("Beds", 0)]
    assert not any("no mention" in note for note in full.notes)


def test_a_retired_theme_stands_while_it_has_codings(study: Study) -> None:
    """A retired theme has a row if it is counted, and none among the zeros otherwise."""
    options = TableOptions(zeros=True)
    assert "Old ways" not in dict(counted(theme_table(study, "Q1", options)))
    CodingSession(study, "jo").toggle(1, "beds")
    revising.apply(study, revising.plan(study, revising.begin(study).retire("beds")), "jo")
    assert dict(counted(theme_table(study, "Q1", options)))["Beds"] == 1


def test_notes_say_what_is_missing(study: Study) -> None:
    """Non-response and answers that nobody has read are numbered.

    "Nothing here" counts as read; an answer with themes counts once it is done.
    """
    session = CodingSession(study, "jo")
    session.toggle(1, "pay")
    session.nothing_here(2)
    assert "4 of 5 answers to Q1 are not yet read." in theme_table(study, "Q1").notes
    session.confirm(1)
    notes = theme_table(study, "Q1").notes
    assert "No answer to Q1 from 1 of 5 councils." in notes
    assert "3 of 5 answers to Q1 are not yet read." in notes
    for response in (3, 5):
        session.nothing_here(response)
    assert "1 of 5 answers to Q1 is not yet read." in theme_table(study, "Q1").notes
    session.nothing_here(8)
    assert not any("not yet read" in note for note in theme_table(study, "Q1").notes)


def test_several_coders_count_once_and_are_named(study: Study) -> None:
    """A theme that two coders give one response is one respondent and one mention."""
    for coder_id in ("ann", "bo"):
        CodingSession(study, coder_id).toggle(1, "pay")
    table = theme_table(study, "Q1", TableOptions(agreed="any"))
    assert [in_all(row) for row in table.rows] == [(1, 1)]
    assert "Codings of ann and bo; each of the councils counts if any of them coded the theme." in table.notes


def test_one_coder_alone(study: Study) -> None:
    """Naming a coder leaves the others' codings out and says so."""
    CodingSession(study, "ann").toggle(1, "pay")
    CodingSession(study, "bo").toggle(1, "beds")
    table = theme_table(study, "Q1", coder_ids=["ann"])
    assert counted(table) == [("Pay", 1)]
    assert "Codings of ann alone." in table.notes


def test_an_unknown_coder_gets_the_nearest(study: Study) -> None:
    """A misspelt coder is refused with the name meant."""
    CodingSession(study, "anneliese").toggle(1, "pay")
    with pytest.raises(CoderError, match="anneleise") as caught:
        theme_table(study, "Q1", coder_ids=["anneleise"])
    assert "'anneliese'" in caught.value.hint


def test_the_past_can_be_counted(study: Study) -> None:
    """Before anything was coded the table is empty; at the end of today it holds what stands."""
    CodingSession(study, "jo").toggle(1, "pay")
    assert counted(theme_table(study, "Q1", as_of="2001-01-01")) == []
    assert counted(theme_table(study, "Q1", as_of="2999-01-01")) == [("Pay", 1)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21", "2026-11-21T23:59:59.999Z"),
        ("20261121", "2026-11-21T23:59:59.999Z"),
        ("2026-11-21T17:30", "2026-11-21T17:30:00.000Z"),
        ("2026-11-21T17:30+02:00", "2026-11-21T15:30:00.000Z"),
    ],
)
def test_moments_are_written_as_the_log_does(text: str, moment: str) -> None:
    """A day means its end, a time without a zone is local, and all become UTC."""
    assert log_moment(text) == moment


def test_a_moment_must_be_one(study: Study) -> None:
    """Anything but a date or time is refused with an example."""
    with pytest.raises(CoderError, match="'yesterday' is not a date") as caught:
        theme_table(study, "Q1", as_of="yesterday")
    assert "2026-11-21" in caught.value.hint


def test_a_question_is_found_whatever_the_case(study: Study) -> None:
    """`q1` is Q1; an unknown question is refused with those there are."""
    assert theme_table(study, "q1").subject == "Q1"
    with pytest.raises(CoderError, match="no open question 'Zebra'") as caught:
        theme_table(study, "Zebra")
    assert caught.value.hint == "Its open questions: Q1."


def test_the_report_follows_its_settings(tmp_path: Path) -> None:
    """Number, title and notes come from `study.toml`; without a table there, each question has one."""
    listed = Settings("S", tables=(TableSetting("Q1", "7", "Hardest", ("Weighted by nothing.",)),))
    study = small_study(tmp_path / "listed", settings=listed)
    (table,) = printed_tables(study)
    study.close()
    assert table.heading == "Table 7. Hardest"
    assert table.notes[0] == "Weighted by nothing."
    plain = small_study(tmp_path / "plain")
    assert [table.heading for table in printed_tables(plain)] == ["Q1. What is hardest?"]
    plain.close()


@given(CODINGS)
@settings(max_examples=40)
def test_counting_laws(chosen: list[tuple[int, str, str]]) -> None:
    """A count never exceeds its mentions or its base; a net lies between its largest theme and their sum."""
    with TemporaryDirectory() as folder:
        study = small_study(Path(folder) / "study")
        for response, theme, coder_id in chosen:
            CodingSession(study, coder_id).toggle(response, theme)
        table = theme_table(study, "Q1", TableOptions(nets=True, zeros=True, base="coded"))
        study.close()
    numbers = {row.key: in_all(row) for row in table.rows}
    assert all(respondents <= mentions for respondents, mentions in numbers.values())
    assert all(respondents <= base_size(table) for respondents, _ in numbers.values())
    assert table.base is not None
    assert table.base.size <= table.base.answered <= table.base.asked
    net = next(row for row in table.rows if row.kind == "net")
    parts = [numbers[row.key][0] for row in table.rows if row.level == 1]
    assert max(parts) <= numbers[net.key][0] <= sum(parts)


@given(CODINGS)
@settings(max_examples=40)
def test_counts_are_those_of_a_set(chosen: list[tuple[int, str, str]]) -> None:
    """Each theme's count is the number of respondents in the codings that stand, whoever coded them."""
    standing: set[tuple[int, str, str]] = set()
    with TemporaryDirectory() as folder:
        study = small_study(Path(folder) / "study")
        for response, theme, coder_id in chosen:
            CodingSession(study, coder_id).toggle(response, theme)
            standing ^= {(response, theme, coder_id)}
        found = {row.key: in_all(row) for row in theme_table(study, "Q1", TableOptions(agreed="any")).rows}
        study.close()
    expected = {
        theme: (
            {(number + 1) // 2 for number, t, _ in standing if t == theme},
            {n for n, t, _ in standing if t == theme},
        )
        for theme in {theme for _, theme, _ in standing}
    }
    assert found == {theme: (len(people), len(answers)) for theme, (people, answers) in expected.items()}


def test_an_answer_that_anybody_confirmed_is_read(study: Study) -> None:
    """Where one person coded and another only confirmed, what either marked as done is read."""
    jo = CodingSession(study, "jo")
    jo.toggle(1, "pay")
    jo.confirm(1)
    before = theme_table(study, "Q1").notes
    CodingSession(study, "al").nothing_here(2)
    assert "4 of 5 answers to Q1 are not yet read." in before
    assert "3 of 5 answers to Q1 are not yet read." in theme_table(study, "Q1").notes


def test_the_note_names_who_had_coded_then(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of an earlier moment names those whose codings it counts, no later ones."""
    for year, person in enumerate(("ann", "bo", "cy"), start=2001):
        monkeypatch.setattr(log, "utc_now", lambda year=year: f"{year}-01-01T12:00:00.000Z")
        CodingSession(study, person).toggle(1, "pay")
    assert any(
        "Codings of ann and bo;" in note for note in theme_table(study, "Q1", as_of="2002-06-01").notes
    )
    assert not any("Codings of" in note for note in theme_table(study, "Q1", as_of="2000-01-01").notes)


def test_questions_that_differ_in_case_are_two(tmp_path: Path) -> None:
    """A question named exactly is the one that is counted; in another case, the first."""
    file = tmp_path / "long.csv"
    file.write_text("respondent_id,question,text\nA,Q1,Beds are full\nA,q1,No money left\n", encoding="utf-8")
    study, _ = create_from_file(
        tmp_path / "study", plan_import(file), codebook=None, settings=Settings("x"), coder_id="jo"
    )
    found = [find_question(study, name).id for name in ("Q1", "q1", " q1 ")]
    study.close()
    assert found == ["Q1", "q1", "Q1"]


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_no_crash(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A date that has no moment in UTC is refused in words."""
    monkeypatch.setenv("TZ", "Asia/Tokyo" if text < "1" else "America/New_York")
    time.tzset()
    with pytest.raises(CoderError, match="outside the years"):
        log_moment(text)
    monkeypatch.undo()
    time.tzset()


def test_a_version_of_the_codebook_is_a_moment(study: Study) -> None:
    """As of a version: its labels, and the codings at the end of its use."""
    CodingSession(study, "jo").toggle(1, "pay")
    path = study.folder / "codebook.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("label: Pay", "label: Wages"), encoding="utf-8")
    take_up(study, "jo")
    CodingSession(study, "jo").toggle(3, "pay")
    assert counted(theme_table(study, "Q1")) == [("Wages", 2)]
    before = theme_table(study, "Q1", as_of="1")
    assert counted(before) == [("Pay", 1)]
    assert "Codings as they stood at the end of version 1 of the codebook." in before.notes
    assert counted(theme_table(study, "Q1", as_of="v2")) == [("Wages", 2)]


def test_a_version_there_never_was_is_refused(study: Study) -> None:
    """The hint says which versions there are."""
    with pytest.raises(CoderError, match="no version 7") as caught:
        theme_table(study, "Q1", as_of="7")
    assert "1 to 1" in caught.value.hint


def test_codings_to_be_recoded_are_told_until_none_is_left(study: Study) -> None:
    """After a split the table says how many wait; as of a moment of the past it does not."""
    jo = CodingSession(study, "jo")
    jo.toggle(1, "pay")
    jo.toggle(3, "pay")
    revision = revising.begin(study)
    for label in ("Wages", "Pensions"):
        revision = revision.add(new_theme(revision, label, like="pay"))
    revising.apply(study, revising.plan(study, revision.split("pay", ["wages", "pensions"])), "jo")
    said = "{} still to be recoded since the codebook was revised."
    assert said.format("2 codings of 'Pay' are") in theme_table(study, "Q1").notes
    assert not any("recoded" in note for note in theme_table(study, "Q1", as_of="1").notes)
    jo.toggle(1, "wages")
    assert said.format("1 coding of 'Pay' is") in theme_table(study, "Q1").notes
    jo.toggle(3, "pensions")
    assert not any("recoded" in note for note in theme_table(study, "Q1").notes)
