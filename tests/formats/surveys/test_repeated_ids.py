"""Files in which respondents have several rows: gathered, told, and never counted as more people."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.nonresponse import NonResponses
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.reading import build_survey, read_rows, understand, understand_anew

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.responses import Survey
    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_layout import ImportReport, SurveyLayout

WORDS = (
    "beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies",
    "rotas", "grants",
)  # fmt: skip


def written(folder: Path, header: str, rows: list[str]) -> Path:
    """Write a CSV file."""
    path = folder / "survey.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def imported(path: Path, meaning: RowMeaning | None = None) -> tuple[SurveyLayout, Survey, ImportReport]:
    """Return how a file is understood and the survey built of it."""
    choices = ImportChoices(row_meaning=meaning)
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    return (layout, *build_survey(raw, layout, NonResponses()))


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """Write twelve people in three rows each: one of the person, two of their visits."""
    rows = []
    for number, word in enumerate(WORDS, 1):
        rows += [
            f"{number},baseline,,{'North' if number % 2 else 'South'},We wait for {word} far too long,",
            f"{number},visit,1,,,The first visit was about {word} alone",
            f"{number},visit,2,,,The second visit went better for {word}",
        ]
    return written(tmp_path, "record_id,event,instance,region,main_comments,visit_note", rows)


def test_rows_of_a_respondent_are_gathered_and_told(visits: Path) -> None:
    """Twelve people are twelve respondents; later texts are boxes; a doubt says so."""
    layout, survey, report = imported(visits)
    (doubt,) = layout.doubts
    assert doubt.message.startswith(
        "'record_id' says that 36 rows hold 12 respondents; 12 have several rows."
    )
    assert doubt.examples[0] == "1: rows 2, 3, 4"
    assert "--row-is part" in doubt.remedy
    assert layout.one_row == "several rows a respondent"
    assert report.respondents == len(survey.respondents) == 12
    assert [(q.id, q.items) for q in survey.questions] == [("main_comments", 1), ("visit_note", 2)]
    assert [(question.answers, question.silent) for question in report.questions] == [(12, 0), (24, 0)]
    assert survey.respondents[0].attributes == {"region": "North"}
    assert [a.name for a in survey.answer_attributes] == ["event", "instance"]
    assert survey.answer_values["event"] == {
        number: "visit" if number % 3 != 1 else "baseline" for number in range(1, 37)
    }
    assert survey.answer_values["instance"] == {
        number: str((number - 2) % 3 + 1) for number in range(1, 37) if number % 3 != 1
    }
    assert [(r.id, r.text) for r in survey.responses[1:3]] == [
        ("1.visit_note.1", "The first visit was about beds alone"),
        ("1.visit_note.2", "The second visit went better for beds"),
    ]


def test_rows_sent_twice_are_told_as_such(tmp_path: Path) -> None:
    """They make no boxes, and the doubt does not say so."""
    rows = [f"{n},{'NS'[n % 2]},We wait for {word} far too long" for n, word in enumerate(WORDS)]
    layout, survey, _ = imported(written(tmp_path, "id,region,comments", [*rows, *rows[:2]]))
    (doubt,) = layout.doubts
    assert "2 rows repeat an earlier one word for word: each respondent is counted once" in doubt.message
    assert "boxes" not in doubt.message
    assert (len(survey.respondents), survey.questions[0].items) == (12, 1)
    more = [*rows, *rows[:2], "5,N,And one more remark about the waits"]
    layout, _, _ = imported(written(tmp_path, "id,region,comments", more))
    assert "becomes boxes of a question" in layout.doubts[0].message
    assert layout.doubts[0].message.endswith(
        "2 rows repeat an earlier one word for word, which adds nothing."
    )


def test_what_a_row_holds_can_be_said(visits: Path) -> None:
    """A choice leaves no doubt: gathered, or each row a respondent of its own."""
    layout, _, report = imported(visits, "part")
    assert (layout.doubts, report.respondents) == ((), 12)
    layout, survey, report = imported(visits, "respondent")
    assert (layout.doubts, report.respondents) == ((), 36)
    assert survey.respondents[3].id == "R4"
    assert survey.respondents[3].attributes["record_id"] == "2"
    with pytest.raises(CoderError, match="nothing says which column holds the answers"):
        imported(visits, "answer")


def test_waves_are_gathered_and_questions_are_not(tmp_path: Path) -> None:
    """Rows of two waves are parts of one respondent; rows of two questions are their answers."""
    waves, questions = [], []
    for number, word in enumerate(WORDS, 1):
        waves += [f"P{number},{wave},Our {word} in wave {wave} were late" for wave in (1, 2)]
        questions += [f"P{number},Q{wave},Our {word} in part {wave} were late" for wave in (1, 2)]
    layout, survey, _ = imported(written(tmp_path, "participant,wave,comment", waves))
    assert (layout.shape, len(layout.doubts)) == ("parts", 1)
    assert [(q.id, q.items) for q in survey.questions] == [("comment", 2)]
    layout, survey, _ = imported(written(tmp_path, "participant,part,comment", questions))
    assert (layout.shape, layout.doubts) == ("long", ())
    assert [(q.id, q.items) for q in survey.questions] == [("Q1", 1), ("Q2", 1)]
    layout, survey, _ = imported(written(tmp_path, "participant,wave,comment", waves), "answer")
    assert (layout.shape, len(survey.respondents)) == ("long", 12)


def test_a_row_sent_twice_adds_no_box(tmp_path: Path) -> None:
    """What is there word for word already is kept once; an attribute that differs is of the answers."""
    rows = [f"P{number},North,We wait for {word} too long" for number, word in enumerate(WORDS)]
    path = written(tmp_path, "respondent_id,region,comment", [*rows, rows[0], "P1,South,More of the staff"])
    layout, survey, report = imported(path)
    assert "14 rows hold 12 respondents; 2 have several rows" in layout.doubts[0].message
    texts = [(r.id, r.text) for r in survey.responses if r.respondent_id in {"P0", "P1"}]
    assert texts == [
        ("P0.comment.1", "We wait for beds too long"),
        ("P1.comment.1", "We wait for staff too long"),
        ("P1.comment.2", "More of the staff"),
    ]
    assert [a.name for a in survey.answer_attributes] == ["region"]
    regions = {
        survey.responses[number - 1].id: cell for number, cell in survey.answer_values["region"].items()
    }
    assert (regions["P1.comment.1"], regions["P1.comment.2"]) == ("North", "South")
    assert report.warnings == ()
    assert report.answer_attributes["region"] == (
        "differs within 1 of 2 respondents with several rows: P1 has 'North' (row 3) and 'South' (row 15)"
    )


def test_ids_that_look_alike_in_two_forms_are_one(tmp_path: Path) -> None:
    """An accent of its own and one joined to its letter make the same id: a repeat, not two people."""
    rows = [f"Café{number},We wait for {word} too long" for number, word in enumerate(WORDS)]
    decomposed = "Cafe\N{COMBINING ACUTE ACCENT}0,One more text of theirs here"
    layout, survey, _ = imported(written(tmp_path, "respondent_id,comment", [*rows, decomposed]))
    assert layout.shape == "parts"
    assert len(survey.respondents) == 12
    assert survey.respondents[0].id == "Café0"


def test_people_who_answered_several_times_are_told(tmp_path: Path) -> None:
    """Each row has a response id, but a column says that people stand in several rows."""
    rows = [f"S{n},P{n // 3},We wait for {word} too long" for n, word in enumerate(WORDS)]
    path = written(tmp_path, "respondent_id,participant_id,comment", rows)
    layout, _, report = imported(path)
    assert report.respondents == 12
    (doubt,) = layout.doubts
    assert "'participant_id' repeats: by it the 12 rows are of 4 respondents" in doubt.message
    assert "--id participant_id --row-is part" in doubt.remedy
    assert imported(path, "respondent")[0].doubts == ()


def test_a_column_of_kinds_is_no_id(tmp_path: Path) -> None:
    """A column that is named like an id and holds kinds of people gathers nothing."""
    rows = [f"{'Carer' if n % 2 else 'Staff'},We wait for {word} too long" for n, word in enumerate(WORDS)]
    layout, _, report = imported(written(tmp_path, "participant,comment", rows))
    assert (layout.doubts, report.respondents) == ((), 12)


def test_what_differs_between_rows_is_of_their_answers(visits: Path) -> None:
    """What differs between the rows of most respondents is kept as well, chosen or not."""
    for choices in (NO_CHOICES, ImportChoices(attributes=("event",), row_meaning="part")):
        raw = read_rows(visits, choices)
        layout = understand(raw, choices)
        assert layout.columns[1].role == "attribute"
        survey, report = build_survey(raw, layout, NonResponses())
        assert report.answer_attributes["event"].startswith("differs within 12 of 12 respondents")
        assert "event" in survey.answer_values
        assert "event" not in report.attributes


def test_rows_may_be_told_apart_anew(visits: Path) -> None:
    """Once a person says on the screen that nobody has an id, each row is a respondent of its own."""
    raw = read_rows(visits)
    layout = understand_anew(raw, understand(raw).with_role(0, "attribute"), ImportChoices())
    survey, _ = build_survey(raw, layout, NonResponses())
    assert (len(survey.respondents), list(survey.answer_attributes)) == (36, [])


PEOPLE = [f"P{n:02}" for n in range(6)]
ADDRESSES = [f"{word}@example.org" for word in WORDS[:6]]
NAMES = ["Anna Falk", "Ben Klee", "Cara Loh", "Dan Ott", "Eva Pohl", "Finn Rau"]
NUMBERS = [f"{4410231 + 7 * n}" for n in range(6)]


def twice(people: list[str], folder: Path, header: str, waves: tuple[str, ...] = ("1", "2")) -> Path:
    """Write a file in which each person answered in each wave."""
    rows = [
        f"{person},{wave},{'mfd'[n % 3]},We wait for {WORDS[n]} too long in {wave}"
        for n, person in enumerate(people)
        for wave in waves
    ]
    return written(folder, header, rows)


@pytest.mark.parametrize(
    "name",
    ["VP-Code", "Subject", "Subject ID", "Study ID", "Participant code", "Proband", "Token", "User",
     "Pseudonym", "Teilnehmer", "Uczestnik", "Участник", "Osallistuja", "My personal code", "Participante"],
)  # fmt: skip
def test_rows_of_people_by_many_names_are_gathered_and_told(tmp_path: Path, name: str) -> None:
    """Whatever people are called, six of them in twelve rows are six, and that is a doubt."""
    layout, _, report = imported(twice(PEOPLE, tmp_path, f"{name},Messzeitpunkt,sex,comment"))
    assert (layout.shape, report.respondents, len(layout.doubts)) == ("parts", 6, 1)


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Code", PEOPLE), ("Code", list("123456")), ("Nr", list("123456")), ("Kodas", PEOPLE),
        ("编号", PEOPLE), ("Q1", PEOPLE), ("E-Mail", ADDRESSES), ("Name", NAMES), ("Student ID", NUMBERS),
        ("Identifiant", PEOPLE),
    ],
)  # fmt: skip
def test_values_that_repeat_beside_waves_are_told(tmp_path: Path, name: str, people: list[str]) -> None:
    """Where the name does not say enough, rows stay as they are, and both ways on are told."""
    path = twice(people, tmp_path, f"{name},Welle,sex,comment")
    layout, _, report = imported(path)
    assert report.respondents == 12
    (doubt,) = layout.doubts
    assert f"'{name}' repeats: by it the 12 rows are of 6 respondents" in doubt.message
    option, column, _, meaning, *_ = shlex.split(doubt.remedy.split("; ")[1])
    assert (option, meaning) == ("--id", "part")
    choices = ImportChoices(id_column=column, row_meaning="part")
    gathered = understand(read_rows(path, choices), choices)
    assert (gathered.shape, gathered.doubts) == ("parts", ())
    for choices in (ImportChoices(id_column="none"), ImportChoices(row_meaning="respondent")):
        assert understand(read_rows(path, choices), choices).doubts == ()


@pytest.mark.parametrize("name", ["participant_id", "alias", "Kürzel"])
def test_diaries_of_many_days_are_told(tmp_path: Path, name: str) -> None:
    """A few people who wrote on each of many days, several times a day, are as many as they are."""
    rows = [
        f"P{n:02},{day},{signal},We wait for {WORDS[n]} on day {day} at beep {signal}"
        for n in range(8)
        for day in range(30)
        for signal in range(3)
    ]
    layout, _, report = imported(written(tmp_path, f"{name},day,signal,comment", rows))
    assert len(layout.doubts) == 1
    assert report.respondents == 8 or "the 720 rows are of 8 respondents" in layout.doubts[0].message


def sent_twice(folder: Path, header: str, cells: str, again: str) -> Path:
    """Write a file with twelve rows, and two of them once more."""
    text = "We wait for {word} far too long everywhere here"
    rows = [f"{cells},{text}".format(n=n, ns="NS"[n % 2], word=word) for n, word in enumerate(WORDS)]
    more = [f"{again},{text}".format(n=n, ns="NS"[n % 2], word=WORDS[n]) for n in (3, 4)]
    return written(folder, f"{header},comment", [*rows, *more])


def test_rows_that_stand_twice_and_are_of_nobody_are_told(tmp_path: Path) -> None:
    """Where nothing says who answered, rows that repeat others in every cell are a doubt."""
    path = sent_twice(tmp_path, "Timestamp,region", "3/{n}/2024 10:00:00,{ns}", "3/{n}/2024 10:00:00,{ns}")
    layout, _, report = imported(path)
    (doubt,) = layout.doubts
    assert doubt.message.startswith("2 rows repeat an earlier one in every cell")
    assert (doubt.examples[0], report.respondents) == ("rows 5 and 14", 14)
    assert imported(path, "respondent")[0].doubts == ()


@pytest.mark.parametrize(
    ("header", "cells", "again"),
    [
        (
            "Timestamp,region,age,team",
            "3/{n}/2024 10:00:00,{ns},3{n},{ns}",
            "3/{n}/2024 10:00:26,{ns},3{n},{ns}",
        ),
        ("id,region,age,team", "P{n},{ns},3{n},{ns}", "P9{n},{ns},3{n},{ns}"),
    ],
)
def test_answers_sent_twice_are_noted(tmp_path: Path, header: str, cells: str, again: str) -> None:
    """Rows that differ in their time or id alone may have been sent twice: no doubt, but a note."""
    layout, _, report = imported(sent_twice(tmp_path, header, cells, again))
    assert (layout.doubts, report.respondents) == ((), 14)
    (note,) = [note for note in layout.notes if "word for word" in note]
    assert "2 rows say word for word what an earlier one says (rows 5 and 14)" in note


@pytest.mark.parametrize("again", ["N,Nothing at all", "S,I have nothing more to say about any of this here"])
def test_answers_that_many_give_are_not_told(tmp_path: Path, again: str) -> None:
    """Several people say the same in a few words, or the same standing text beside little else."""
    rows = [f"{n},{'NS'[n % 2]},We wait for {word} far too long" for n, word in enumerate(WORDS)]
    path = written(tmp_path, "nr,region,comment", [*rows, f"97,{again}", f"98,{again}"])
    layout, _, _ = imported(path)
    assert layout.doubts == ()
    assert not any("word for word" in note for note in layout.notes)


def test_a_refusal_that_repeats_among_addresses_is_no_person(tmp_path: Path) -> None:
    """Addresses are of one person each; what several wrote in place of one is nobody's."""
    people = [f"{word}@example.org" if n % 3 else "rather not say" for n, word in enumerate(WORDS)]
    rows = [f"{person},We wait for {word} too long" for person, word in zip(people, WORDS, strict=True)]
    assert imported(written(tmp_path, "How can we reach you?,comment", rows))[0].doubts == ()


def test_one_address_in_two_rows_is_told(tmp_path: Path) -> None:
    """An e-mail address is of one person: a second row of it is a doubt, as with any id."""
    rows = [f"{WORDS[n % 11]}@example.org,We wait for {word} too long" for n, word in enumerate(WORDS)]
    layout, _, report = imported(written(tmp_path, "E-Mail,comment", rows))
    assert report.respondents == 12
    assert "'E-Mail' repeats: by it the 12 rows are of 11 respondents" in layout.doubts[0].message


@pytest.mark.parametrize(
    "attributes",
    [
        "Region,Age,Team,Group code|{n3},{n20},T{n8},G{n10}",
        "School code,Year,Age|S{half},{n3},{n20}",
        "Code,Number,Grade|{n8},{n6},{n3}",
        "Standort,Abteilung,Jahrgang|St{n20},A{n6},19{n20}",
        "First name,City,Participants|{first},{city},{n20}",
        "User,Client,Case|{often},{city},{first}",
        "IP address,Postcode|10.0.0.{n8},LS{n6} 4AP",
        "Visits,Week,Rating|{n8},{n3},{n6}",
        "Dauer,Woche|{n20},{n3}",
        "Größe,Besuch|{half}cm,{wave}",
        "Track,Session|T{n6},{n20}",
    ],
)
def test_attributes_that_repeat_are_no_people(tmp_path: Path, attributes: str) -> None:
    """Places, teams, ages and scores repeat in ordinary files: nobody is asked about them."""
    names, template = attributes.split("|")
    rows = []
    for n in range(40):
        counts = {f"n{size}": 10 + n % size for size in (3, 6, 8, 10, 20)}
        first = ("Anna", "Ben", "Cara", "Dan", "Eva", "Anna", "Finn", "Ben", "Gus")[n % 9]
        kinds = {
            "first": first,
            "city": ("Ulm", "Bonn", "Kiel", "Jena")[n % 4],
            "half": n // 2 + 160,
            "wave": n % 2 + 1,
        }
        often = ("daily", "weekly", "never", "rarely", "monthly")[n % 5]
        cells = template.format(**counts, **kinds, often=often)
        rows.append(f"{cells},We wait for {WORDS[n % 12]} too long {n}")
    layout, _, report = imported(written(tmp_path, f"{names},comment", rows))
    assert (layout.doubts, report.respondents) == ((), 40)


def test_a_row_an_answer_of_named_people_is_told(tmp_path: Path) -> None:
    """Answers beside names and questions: nobody is stored by name unasked, `--id` makes it long."""
    rows = [
        f"{name},{q},We wait too long for {name} {q}" for name in NAMES for q in ("What is good?", "And bad?")
    ]
    path = written(tmp_path, "Name,Question,Answer", rows)
    layout, _, _ = imported(path)
    assert "--row-is answer" in layout.doubts[0].remedy
    choices = ImportChoices(id_column="Name", row_meaning="answer")
    raw = read_rows(path, choices)
    layout = understand(raw, choices)
    survey, _ = build_survey(raw, layout, NonResponses())
    assert (layout.shape, layout.doubts, len(survey.respondents)) == ("long", (), 6)
    assert [question.label for question in survey.questions] == ["What is good?", "And bad?"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_gathering_keeps_every_text_and_nobody_twice(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[int, int, int]]
) -> None:
    """Each respondent stands once, with every different text that their rows hold, and no other."""
    texts = ["", "long waits for beds here", "no staff at nights ever", "too many forms to fill in"]
    rows = [f"P{person},{texts[first]},{texts[second]}" for person, first, second in entries]
    path = written(tmp_path_factory.mktemp("s"), "respondent_id,q1_1,q1_2", rows)
    choices = ImportChoices(id_column="respondent_id", open_columns=("q1",), row_meaning="part")
    raw = read_rows(path, choices)
    survey, _ = build_survey(raw, understand(raw, choices), NonResponses())
    held: dict[str, set[str]] = {}
    for person, first, second in entries:
        held.setdefault(f"P{person}", set()).update({texts[first], texts[second]} - {""})
    assert [respondent.id for respondent in survey.respondents] == list(held)
    stored: dict[str, set[str]] = {person: set() for person in held}
    for response in survey.responses:
        stored[response.respondent_id] |= {response.text} - {""}
    assert stored == held
    assert len({response.id for response in survey.responses}) == len(survey.responses)
