"""The report as a value: what it holds, and where each number of the methods note comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, add_theme, small_study
from quoted_study import CONTACT, quoted_study
from recode_study import recruitment, split
from report_study import ANN, BOB, BUDGETS, DAY, NOTE, PLAIN, twice_coded

from coder.domain.codebook import Codebook
from coder.domain.codings import Change
from coder.domain.study_settings import KeptOptions, TableSetting
from coder.errors import CoderError
from coder.store import log
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.reporting.study_report import QUOTED_THEMES, study_report
from coder.workflows.revising import revising
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.reports import MethodsPart, Report
    from coder.domain.team.counting_rule import Agreed
    from coder.workflows.study.study import Study


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[Study]:
    """Give a study that two people coded."""
    study = twice_coded(tmp_path / "study")
    yield study
    study.close()


def part(report: Report, title: str) -> MethodsPart:
    """Return a part of the methods note."""
    return next(each for each in report.methods if each.title == title)


def said(report: Report, title: str) -> str:
    """Return what a part of the methods note says."""
    return " ".join(part(report, title).paragraphs)


def cells(table: PrintedTable) -> list[tuple[str, list[float | None]]]:
    """Return the rows of a table as labels with numbers."""
    return [(row.label, [cell.value for cell in row.cells]) for row in table.rows]


def test_the_tables_are_those_of_the_study(coded_sample: Study) -> None:
    """All tables of `study.toml` are there, in order, equal to what `coder tables` prints but for the day."""
    report = study_report(coded_sample, PLAIN)
    shown = [each.table for chapter in report.chapters for each in chapter.tables]
    printed = [
        replace(table, provenance=replace(table.provenance, made="2026-11-22"))
        for table in printed_tables(coded_sample)
    ]
    assert shown == printed
    assert [(chapter.title, len(chapter.tables)) for chapter in report.chapters] == [
        ("Response rates", 2),
        ("Closed questions", 3),
        ("Q15. Three things you are most proud of", 1),
        ("Q16. Three most pressing challenges", 1),
        ("Q17. Up to three priorities for support", 1),
    ]


def test_equal_studies_give_equal_reports(coded_sample: Study) -> None:
    """Made twice with one request, the report is the same value."""
    request = replace(PLAIN, quotes=2, quote_attributes=("region",), nets=True)
    assert study_report(coded_sample, request) == study_report(coded_sample, request)


def test_nets_have_rows_if_asked_for(coded_sample: Study) -> None:
    """With nets the tables of themes have rows for them; without there are none."""
    kinds = [
        {row.kind for chapter in report.chapters for shown in chapter.tables for row in shown.table.rows}
        for report in (study_report(coded_sample, replace(PLAIN, nets=nets)) for nets in (True, False))
    ]
    assert "net" in kinds[0]
    assert "net" not in kinds[1]


def test_who_answered(twice: Study) -> None:
    """Each question has its respondents, answers, non-responses and blanks; the note names the texts."""
    found = part(study_report(twice, PLAIN), "Who answered")
    # Of five councils the last left both boxes blank; the second wrote n/a in one, the fourth a dash.
    assert cells(found.tables[0]) == [("Q1. What is hardest?", [4, 80, 5, 1, 2, 3])]
    assert "the answers of 5 councils to 1 open question." in found.paragraphs[0]
    assert "2 non-responses of that list were found: “-” (1) and “n/a” (1)." in found.paragraphs


def test_where_response_rates_are(coded_sample: Study, twice: Study) -> None:
    """The note points to the tables that say how many were asked, if there are any."""
    assert "is in Tables 1 and 2." in said(study_report(coded_sample, PLAIN), "Who answered")
    assert "asked to take part" not in said(study_report(twice, PLAIN), "Who answered")


def test_a_non_response_that_was_coded_is_told(twice: Study) -> None:
    """Whoever codes a text of the list takes it for an answer, and the note says so."""
    CodingSession(twice, ANN).toggle(4, "pay")
    assert "1 text of these kinds was coded all the same" in said(study_report(twice, PLAIN), "Who answered")


def test_who_coded_how_much(twice: Study) -> None:
    """Each coder has answers, those of them without a theme, and codings; who read most comes first."""
    found = part(study_report(twice, PLAIN), "How the answers were coded")
    assert cells(found.tables[0]) == [(ANN, [4, 1, 3]), (BOB, [3, 1, 3])]
    text = " ".join(found.paragraphs)
    assert f"2 people coded the answers: {ANN} and {BOB}." in text
    assert "4 of 5 answers were read (marked as done) by at least one coder, 3 by two" in text
    assert "1 answer is not yet read" in text
    assert "No coding waits" in text


def test_codings_that_wait_are_told(twice: Study) -> None:
    """After a split the codings to be looked at again are counted."""
    split(twice)
    text = said(study_report(twice, PLAIN), "How the answers were coded")
    assert "2 codings on 1 answer wait to be looked at again" in text


def test_coders_can_be_numbered(twice: Study) -> None:
    """An anonymous report names nobody, in the methods note as little as under tables."""
    CodingSession(twice, BOB).toggle(BUDGETS, "money")
    named = study_report(twice, PLAIN)
    report = study_report(twice, replace(PLAIN, anonymous=True))
    assert ANN in repr(named)
    assert f"Codings of {ANN} and {BOB}; " in repr(named)
    assert ANN not in repr(report)
    assert BOB not in repr(report)
    assert "Codings of 2 coders; " in repr(report)
    rows = cells(part(report, "How the answers were coded").tables[0])
    assert [label for label, _ in rows] == ["coder 1", "coder 2"]


def test_what_counts_of_several_coders(twice: Study) -> None:
    """By default any coder's theme counts; only those of both do if that is asked for, and a note says so."""
    anybody, both = (
        study_report(twice, replace(PLAIN, agreed=agreed)).chapters[0].tables[0].table
        for agreed in ("any", "all")
    )
    assert {label: values[0] for label, values in cells(anybody)} == {"Pay": 1, "Staff": 1, "Beds": 1}
    assert {label: values[0] for label, values in cells(both)} == {"Pay": 1, "Staff": 1}
    assert any("every one of them chose it" in note for note in both.notes)


def test_agreement_by_hand(twice: Study) -> None:
    """Sets 2/3, 0 and 1 apart, of 26 in all: alpha 14/39; 10 of 12 alike, by chance 8: kappa 1/2."""
    (table,) = part(study_report(twice, PLAIN), "Agreement between coders").tables
    ((label, (answers, councils, alpha, *interval, kappa)),) = cells(table)
    assert (label, answers, councils) == ("Q1. What is hardest?", 3, 2)
    assert alpha == pytest.approx(1 - 5 * (10 / 3) / 26)
    assert kappa == pytest.approx((10 - 8) / (12 - 8))
    assert interval == [None, None]


def test_a_half_coded_answer_is_not_read(twice: Study) -> None:
    """Themes on an answer that is not done are no reading of it, neither for work done nor for agreement."""
    alike = part(study_report(twice, PLAIN), "Agreement between coders").tables
    CodingSession(twice, BOB).toggle(BUDGETS, "money")
    report = study_report(twice, PLAIN)
    assert part(report, "Agreement between coders").tables == alike
    assert cells(part(report, "How the answers were coded").tables[0]) == [(ANN, [4, 1, 3]), (BOB, [3, 1, 4])]
    CodingSession(twice, BOB).confirm(BUDGETS)
    (table,) = part(study_report(twice, PLAIN), "Agreement between coders").tables
    assert cells(table)[0][1][0] == 4


def test_an_adjudication_is_nobodys_reading(twice: Study) -> None:
    """What settles a difference changes no coefficient, and who settles is no third reader."""
    before = part(study_report(twice, PLAIN), "Agreement between coders").tables
    settled = [
        Change(3, "theme", None, "", "beds", "adjudication"),
        Change(3, "done", None, "1"),
    ]
    with twice.database.transaction():
        log.append(twice.database, "cat", "settled", settled)
    assert part(study_report(twice, PLAIN), "Agreement between coders").tables == before


def test_without_two_readers_there_is_no_agreement(coded_sample: Study) -> None:
    """Where one person coded, the note says that there is no measure, and shows none."""
    found = part(study_report(coded_sample, PLAIN), "Agreement between coders")
    assert (len(found.tables), "no measure" in found.paragraphs[0]) == (0, True)


def test_how_codings_came_about(twice: Study) -> None:
    """Origins add up to all codings; what was on screen and what was hidden is counted from the log."""
    CodingSession(twice, BOB).code_many([BUDGETS], "money")
    found = part(study_report(twice, PLAIN), "How the codings came about")
    assert [(label, values[0]) for label, values in cells(found.tables[0])] == [
        ("Chosen by a coder", 5),
        ("Suggested, and accepted by a coder", 1),
        ("Given to several like answers at once", 1),
        ("All codings", 7),
    ]
    text = " ".join(found.paragraphs)
    assert "1 of 7 codings made in this program was made while suggestions were on screen." in text
    assert "they were on screen once, and hidden until the first choice once." in text
    assert "shows suggestions before the first choice" in text
    assert "all-MiniLM-L6-v2" in text


def test_imported_codings_are_no_work_of_the_program(coded_sample: Study) -> None:
    """Where all codings were imported, nothing is said of suggestions on screen."""
    text = said(study_report(coded_sample, PLAIN), "How the codings came about")
    assert "None of the codings was made in this program" in text


def test_revisions_are_counted(coded_sample: Study) -> None:
    """The note tells how often the codebook was revised, how often that was taken back, and when last."""
    assert "has not been revised" in said(study_report(coded_sample, PLAIN), "Codebook")
    recruitment(coded_sample)
    add_theme(coded_sample, "Weather", "jo", "Q16")
    revising.apply(coded_sample, revising.plan_undo(coded_sample), "jo")
    text = said(study_report(coded_sample, PLAIN), "Codebook")
    assert "version 4 of the codebook" in text
    assert "revised 2 times; 1 of these was taken back." in text


def test_the_annex_holds_every_theme_once(coded_sample: Study) -> None:
    """Themes stand by question, each once, below their nets."""
    report = study_report(coded_sample, PLAIN)
    assert [group.title for group in report.annex.groups] == [
        "Themes for Q15 and Q18",
        "Themes for Q16 and Q18",
        "Themes for Q17 and Q18",
    ]
    found = [theme.id for group in report.annex.groups for theme, _ in group.themes]
    assert sorted(found) == sorted(theme.id for theme in coded_sample.codebook)
    depths = {theme.id: depth for group in report.annex.groups for theme, depth in group.themes}
    assert all(depths[theme_id] == len(coded_sample.codebook.ancestors(theme_id)) for theme_id in found)


def test_quotes_stand_with_the_first_themes(coded_sample: Study) -> None:
    """Quotes are off by default; if asked for, each question's table has them for its first themes."""
    assert not study_report(coded_sample, PLAIN).quote_lists
    report = study_report(coded_sample, replace(PLAIN, quotes=2, quote_attributes=("region",)))
    with_quotes = [shown for chapter in report.chapters for shown in chapter.tables if shown.quotes]
    assert [shown.table.subject for shown in with_quotes] == ["Q15", "Q16", "Q17"]
    for shown in with_quotes:
        first = [row.label for row in shown.table.rows][:QUOTED_THEMES]
        assert [quotes.label for quotes in shown.quotes] == first
        assert all(len(quotes.quotes) == 2 for quotes in shown.quotes)
        assert all(
            told.name == "region" for each in shown.quotes for q in each.quotes for told in q.attributes
        )


@pytest.mark.parametrize("agreed", ["settled", "any"])
def test_quotes_are_of_those_whom_the_table_counts(coded_sample: Study, agreed: Agreed) -> None:
    """Under a table of London's councils nobody else is quoted, and as many are told of as it counts."""
    of_london = TableSetting("Q16", "1", choices=KeptOptions(where=("region=London",), coders=agreed))
    tables = (of_london, TableSetting("Q16", "2", choices=KeptOptions(as_of="v1")))
    coded_sample.settings = replace(coded_sample.settings, tables=tables)
    report = study_report(coded_sample, replace(PLAIN, quotes=3, quote_attributes=("region",)))
    london, earlier = (shown for chapter in report.chapters for shown in chapter.tables)
    assert {told.value for each in london.quotes for q in each.quotes for told in q.attributes} == {"London"}
    assert [each.respondents for each in london.quotes] == [
        row.respondents for row in london.table.rows[: len(london.quotes)]
    ]
    assert not earlier.quotes


def test_a_theme_without_quotes_is_left_out(twice: Study) -> None:
    """Answers whose codings wait to be recoded are not quoted, and their theme has no heading then."""
    split(twice)
    quoted = study_report(twice, replace(PLAIN, quotes=1, agreed="any")).quote_lists
    assert {quotes.label for quotes in quoted} == {"Pay", "Beds"}


def test_what_is_private_stays_out(tmp_path: Path) -> None:
    """No respondent's id nor value of a private attribute is in a report; to ask for one is refused."""
    study = quoted_study(tmp_path / "study")
    report = study_report(study, replace(PLAIN, quotes=9, quote_attributes=("region", "type")))
    assert "Wages in the supermarket" in repr(report)
    assert CONTACT.format(1) not in repr(report)
    assert "'R1" not in repr(report)
    with pytest.raises(CoderError, match="private"):
        study_report(study, replace(PLAIN, quotes=1, quote_attributes=("contact",)))
    study.settings = replace(study.settings, tables=(TableSetting("contact"),))
    with pytest.raises(CoderError, match="private"):
        study_report(study, PLAIN)
    study.close()


def test_a_study_without_codings_has_a_report(tmp_path: Path) -> None:
    """Before anybody codes there is a report that says so; an empty codebook makes no difference."""
    study = small_study(tmp_path / "study", codebook=Codebook(CODEBOOK.themes[:1]))
    report = study_report(study, replace(PLAIN, quotes=3))
    assert "Nobody has coded anything yet." in said(report, "How the answers were coded")
    assert "There are no codings yet." in said(report, "How the codings came about")
    assert [group.title for group in report.annex.groups] == ["Themes for all questions"]
    study.close()


def test_the_note_and_the_day(twice: Study) -> None:
    """The report carries the study's note and the day asked for; nothing in it tells when it was made."""
    report = study_report(twice, PLAIN)
    assert (report.title, report.note, report.date) == ("Small", NOTE, DAY)
    assert report.made.startswith("22 November 2026, made with coder ")


def test_the_journal_is_printed_if_wanted(twice: Study) -> None:
    """Oldest first, with what each note is about; its writer is numbered where coders are."""
    write_note(CodingSession(twice, BOB), "Read 30 first.\n\nThen themes.", "study")
    write_note(CodingSession(twice, ANN), "Boxes repeat.", "question", "Q1")
    write_note(CodingSession(twice, ANN), "Of agency staff.", "theme", "pay")
    assert study_report(twice, PLAIN).journal == ()
    notes = study_report(twice, replace(PLAIN, journal=True)).journal
    assert [note.heading.rsplit(", ", 1)[0] for note in notes] == [
        f"On the study: {BOB}", f"On Q1: {ANN}", f"On the theme Pay: {ANN}"
    ]  # fmt: skip
    assert notes[0].paragraphs == ("Read 30 first.", "Then themes.")
    anonymous = study_report(twice, replace(PLAIN, journal=True, anonymous=True)).journal
    assert not any(name in note.heading for note in anonymous for name in (ANN, BOB))
