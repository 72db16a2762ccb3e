"""Codings land on the answers that were coded, or nowhere: held against them by text."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from making import TEXTS, small_study

from coder.domain.codings import Span
from coder.domain.privacy.removals import Removal
from coder.domain.texts.text_versions import survey_fingerprint, text_version
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import codings_as_csv, codings_as_json, import_codings
from coder.workflows.exchange.planned_import import AS_USUAL, CodingChoices, CodingImport
from coder.workflows.privacy.taking_out import take_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

SORTED_OTHERWISE = tuple(reversed(TEXTS))
BY_TEXT = CodingChoices(by_text=True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a study in which jo has coded three answers and read a fourth."""
    made = small_study(tmp_path / "study")
    session = CodingSession(made, "jo")
    session.mark_spans(1, "staff", [Span(8, 18)])
    session.toggle(2, "pay")
    session.confirm(2)
    session.toggle(3, "beds")
    session.nothing_here(8)
    yield made
    made.close()


@pytest.fixture
def open_copy(tmp_path: Path) -> Iterator[Callable[..., Study]]:
    """Return a function that makes another study of some texts."""
    copies: list[Study] = []

    def make(texts: tuple[tuple[str, str], ...] = TEXTS) -> Study:
        copies.append(small_study(tmp_path / f"copy {len(copies)}", texts=texts))
        return copies[-1]

    yield make
    for copy in copies:
        copy.close()


def taken(study: Study, text: str, choices: CodingChoices = AS_USUAL, kind: str = "csv") -> CodingImport:
    """Import a file of this text."""
    path = study.folder / f"codings.{kind}"
    path.write_bytes(text.encode())
    return import_codings(study, path, coder_id="jo", choices=choices)


def standing(study: Study) -> dict[str, set[str]]:
    """Return the themes that stand, by the text of their answer."""
    themes: dict[str, set[str]] = {}
    for text, theme in study.database.rows(
        "SELECT r.text, c.theme FROM coding c JOIN response r ON r.number = c.response"
    ):
        themes.setdefault(text, set()).add(theme)
    return themes


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_study_of_a_sorted_copy_takes_no_codings(
    study: Study, open_copy: Callable[..., Study], kind: str
) -> None:
    """The same ids on other texts refuse the whole file: each row is named, with where its text is."""
    text = codings_as_csv(study) if kind == "csv" else codings_as_json(study)
    copy = open_copy(SORTED_OTHERWISE)
    with pytest.raises(CoderError) as caught:
        taken(copy, text, kind=kind)
    message = caught.value.message
    assert (
        "The text of R1.Q1.1 is not the one that was coded. The text that was coded is that of R5.Q1.1."
        in message
    )
    assert "R2.Q1.1" in message
    assert "--by-text" in caught.value.hint
    assert not list(codings.all_codings(copy.database))
    assert not list(codings.all_marks(copy.database))


def test_one_text_that_differs_refuses_the_file(study: Study, open_copy: Callable[..., Study]) -> None:
    """One answer with another text is enough; nothing says where its text is, as it is nowhere."""
    copy = open_copy((*TEXTS[:3], ("-", "Nobody leaves"), TEXTS[4]))
    with pytest.raises(CoderError) as caught:
        taken(copy, codings_as_csv(study))
    (line,) = caught.value.message.splitlines()
    assert "R4.Q1.2" in line
    assert line.endswith("No answer here has the text that was coded.")
    assert "--by-text" not in caught.value.hint
    assert not standing(copy)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_codings_go_by_text_where_that_is_asked_for(
    study: Study, open_copy: Callable[..., Study], kind: str
) -> None:
    """In a study of a sorted copy each coding comes to the answer with its text, words and marks too."""
    text = codings_as_csv(study) if kind == "csv" else codings_as_json(study)
    copy = open_copy(SORTED_OTHERWISE)
    taken(copy, text, BY_TEXT, kind)
    assert (
        standing(copy) == standing(study) == {TEXTS[0][0]: {"staff"}, TEXTS[0][1]: {"pay"}, "Beds": {"beds"}}
    )
    done = {
        copy.database.value("SELECT text FROM response WHERE number = ?", (n,))
        for n in codings.confirmed(copy.database, "jo")
    }
    assert done == {TEXTS[0][1], "Nobody stays"}
    (staff,) = (c for c in codings.all_codings(copy.database) if c.theme_id == "staff")
    assert staff.spans == (Span(8, 18),)


def test_a_text_that_several_answers_have_goes_nowhere(study: Study, open_copy: Callable[..., Study]) -> None:
    """By text, a text that stands twice and not under its id is not guessed at."""
    twice = (("Beds", "Beds"), *TEXTS[2:], TEXTS[0])
    copy = open_copy(twice)
    with pytest.raises(CoderError, match=r"2 answers have the text that was coded.*R1\.Q1\.1, R1\.Q1\.2"):
        taken(copy, codings_as_csv(study), BY_TEXT)
    assert not standing(copy)


def test_equal_texts_are_told_apart_by_other_answers_of_their_respondents(
    open_copy: Callable[..., Study],
) -> None:
    """Whoever gave an answer in words of their own is known by it; so are their answers in others' words."""
    texts = (("We lost four staff", "Beds"), ("Nobody stays", "Beds"), ("Pay is too low", "-"), ("Beds", "-"))
    source = open_copy(texts)
    session = CodingSession(source, "jo")
    for number, theme_id in ((1, "staff"), (2, "beds"), (3, "pay"), (4, "money")):
        session.toggle(number, theme_id)
    copy = open_copy(tuple(reversed(texts)))
    taken(copy, codings_as_csv(source), BY_TEXT)
    placed = {
        c.theme_id: surveys.response(copy.database, c.response) for c in codings.all_codings(copy.database)
    }
    assert {theme_id: r.id for theme_id, r in placed.items() if r} == {
        "staff": "R4.Q1.1", "beds": "R4.Q1.2", "pay": "R3.Q1.1", "money": "R3.Q1.2",
    }  # fmt: skip
    # Of somebody who gave no answer in words of their own, nothing tells who they are, whatever their id.
    session.toggle(7, "beds")
    copy = open_copy(tuple(reversed(texts)))
    with pytest.raises(CoderError, match="3 answers have the text that was coded") as caught:
        taken(copy, codings_as_csv(source), BY_TEXT)
    assert len(caught.value.message.splitlines()) == 1
    assert not standing(copy)


def test_equal_texts_are_told_apart_by_their_ids(open_copy: Callable[..., Study]) -> None:
    """Of answers that say the same, each gets what was coded on it, also where codings go by text."""
    same = (("Beds", "Beds"), ("Beds", "Pay"))
    source = open_copy(same)
    CodingSession(source, "jo").toggle(2, "beds")
    for choices in (AS_USUAL, BY_TEXT):
        copy = open_copy(same)
        taken(copy, codings_as_csv(source), choices)
        assert [c.response for c in codings.all_codings(copy.database)] == [2]


def test_white_space_and_unicode_forms_do_not_matter(open_copy: Callable[..., Study]) -> None:
    """Texts that a spreadsheet program has been at are the same texts; words find their places."""
    source = open_copy((("Zu  wenig\r\nPflegekräfte da ", "Pay"),))
    CodingSession(source, "jo").mark_spans(1, "staff", [Span(11, 23)])
    copy = open_copy(((normalize("NFD", "Zu wenig\nPflegekräfte da"), "Pay"),))
    taken(copy, codings_as_csv(source))
    ((coding),) = codings.all_codings(copy.database)
    assert (
        normalize(
            "NFC", copy.database.value("SELECT text FROM response WHERE number = 1")[slice(*coding.spans[0])]
        )
        == "Pflegekräfte"
    )


def test_another_case_is_another_text() -> None:
    """Whoever mends a text makes another of it."""
    assert text_version("Pay") != text_version("pay")
    assert text_version(" Pay\u00a0is\r\nlow") == text_version("Pay is low")


def test_files_say_which_text_was_coded(study: Study) -> None:
    """Each row has the version of its text and the survey's name, behind the columns that were there."""
    rows = list(csv.DictReader(io.StringIO(codings_as_csv(study), newline="")))
    assert list(rows[0])[-4:] == ["words_by", "done", "text_version", "survey"]
    assert [row["text_version"] for row in rows] == [
        text_version(text) for text in (TEXTS[0][0], TEXTS[0][1], "Beds", "Nobody stays")
    ]
    assert [(row["theme"], row["done"]) for row in rows] == [
        ("Staff", "0"), ("Pay", "1"), ("Beds", "0"), ("", "1"),
    ]  # fmt: skip
    content = json.loads(codings_as_json(study))
    assert list(content)[-2:] == ["survey", "answers"]
    assert {row["survey"] for row in rows} == {content["survey"]}
    assert content["answers"]["R4.Q1.2"] == text_version("Nobody stays")


def test_the_order_of_a_survey_does_not_name_it() -> None:
    """A survey sorted otherwise, with ids of its own, has the same name; another text gives another."""
    answers = [("R1", text_version("a")), ("R2", text_version("b"))]
    assert survey_fingerprint(answers) == survey_fingerprint(reversed(answers))
    assert survey_fingerprint(answers) != survey_fingerprint([answers[0], ("R2", text_version("c"))])


def test_a_column_of_texts_is_held_against_the_answers(open_copy: Callable[..., Study]) -> None:
    """Files of other programs are matched by text where they have it."""
    copy = open_copy()
    rows = 'response_id,theme,text\nR2.Q1.1,beds,Beds\nR1.Q1.2,pay," Pay is “too low”, they say"\n'
    assert taken(copy, rows).trusted == ""
    with pytest.raises(CoderError, match=r"row 3: The text of R4\.Q1\.2 is not .* is that of R2\.Q1\.1"):
        taken(open_copy(), "response_id,theme,text\nR2.Q1.1,beds,Beds\nR4.Q1.2,beds,Beds\n")


def test_a_formula_may_have_an_apostrophe(open_copy: Callable[..., Study]) -> None:
    """What files for spreadsheets guard is the same text."""
    copy = open_copy((("=1+1 is all we get", "'tis late"),))
    assert taken(copy, "response_id,theme,text\nR1.Q1.1,pay,'=1+1 is all we get\n").added == 1
    with pytest.raises(CoderError, match="is not the one that was coded"):
        taken(copy, "response_id,theme,text\nR1.Q1.2,pay,tis late\n")


def test_what_is_trusted_is_told(open_copy: Callable[..., Study]) -> None:
    """Rows without text, words or version are taken by their ids alone, and the account says so."""
    copy = open_copy()
    assert (
        "which text of R2.Q1.1 was coded (first in row 2)"
        in taken(copy, "response_id,theme\nR2.Q1.1,beds\n").trusted
    )
    rows = "response_id,theme,mention\nR1.Q1.1,staff,four staff\nR1.Q1.2,pay,\nR2.Q1.1,beds,\n"
    assert "which text of 2 answers was coded (first in row 3)" in taken(open_copy(), rows).trusted


def test_words_of_another_answer_refuse_an_old_file(open_copy: Callable[..., Study]) -> None:
    """A file from before texts were named is known by its words: those of another answer show it."""
    rows = "response_id,theme,mention\nR1.Q1.1,staff,four staff to agency\n"
    assert taken(open_copy(), rows).trusted == ""
    with pytest.raises(CoderError, match="row 2: The words 'four staff to agency'") as caught:
        taken(open_copy(SORTED_OTHERWISE), rows)
    assert caught.value.message.endswith("are not in R1.Q1.1. They are in R5.Q1.1.")
    assert "--by-text" not in caught.value.hint


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("response_id,theme,text_version\nR2.Q1.1,beds,1.2E+30\n", "'1.2E\\+30' is no text_version"),
        (
            "response_id,theme,text_version\nR2.Q1.1,beds,v2:00000000000000000000000000000000\n",
            "is not the one",
        ),
        ("response_id,theme,done\nR2.Q1.1,beds,perhaps\n", "'perhaps' does not say whether R2.Q1.1 is done"),
        ("response_id,theme\nR2.Q1.1,beds\nR2.Q1.1,\n", "row 3: It has no theme, .* but row 2 has one"),
    ],
)
def test_what_makes_no_sense_is_refused(open_copy: Callable[..., Study], rows: str, message: str) -> None:
    """A damaged version, an unknown one, a doubtful mark, two rows that contradict each other."""
    copy = open_copy()
    with pytest.raises(CoderError, match=message):
        taken(copy, rows)
    assert not standing(copy)


def test_a_row_without_a_theme_says_nothing_is_here(study: Study, open_copy: Callable[..., Study]) -> None:
    """A finished set is read to the end in the other study as well, half-coded answers stay half coded."""
    copy = open_copy()
    account = taken(copy, codings_as_csv(study))
    assert (account.nothing_here, account.confirmed) == (1, 2)
    assert codings.confirmed(copy.database, "jo") == codings.confirmed(study.database, "jo") == {2, 8}
    assert standing(copy) == standing(study)
    assert taken(open_copy(), "response_id,theme\nR1.Q1.1,\n").confirmed == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_saved_by_excel_is_the_same(
    study: Study, open_copy: Callable[..., Study], encoding: str
) -> None:
    """Semicolons, other line ends and encodings, rows sorted otherwise and some twice: all is as it was."""
    rows = list(csv.reader(io.StringIO(codings_as_csv(study), newline="")))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([rows[0], *sorted(rows[1:], reverse=True), rows[1], rows[-1]])
    copy = open_copy()
    path = copy.folder / "codings.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    account = import_codings(copy, path, coder_id="jo")
    assert (account.added, account.nothing_here, account.trusted) == (3, 1, "")
    assert codings_as_csv(copy) == codings_as_csv(study)


def test_a_mention_of_a_sorted_copy_that_is_nowhere_is_a_warning(open_copy: Callable[..., Study]) -> None:
    """Words that somebody put otherwise than the answer does tell nothing of which answer it was."""
    rows = "response_id,theme,mention\nR1.Q1.1,staff,lost a lot of people\n"
    account = taken(open_copy(), rows)
    assert (len(account.warnings), "R1.Q1.1" in account.trusted) == (1, True)


def test_a_file_from_before_a_redaction_says_what_settles_it(study: Study) -> None:
    """Its row names a text that no digest is kept of: it is refused, not trusted; a later file comes in."""
    before = codings_as_csv(study, "jo")
    take_out(study, [Removal("R1.Q1.1", 0, 2, "name")], "jo")
    with pytest.raises(CoderError, match=r"Words were taken out of R1\.Q1\.1") as refused:
        taken(study, before)
    assert "coder team send" in refused.value.hint
    rows = [row for row in before.splitlines() if "R1.Q1.1" not in row]
    taken(study, "\n".join(rows) + "\n")
    taken(study, codings_as_csv(study, "jo"))


def test_another_text_among_them_is_told_as_ever(study: Study, open_copy: Callable[..., Study]) -> None:
    """Where an answer that nothing was taken out of differs as well, the file is of another copy."""
    take_out(study, [Removal("R1.Q1.1", 0, 2, "name")], "jo")
    other = open_copy(tuple((f"{first} too", second) for first, second in TEXTS))
    CodingSession(other, "jo").toggle(1, "pay")
    CodingSession(other, "jo").toggle(3, "pay")
    with pytest.raises(CoderError, match="Words were taken out of") as refused:
        taken(study, codings_as_csv(other, "jo"))
    assert "of another copy of the survey" in refused.value.hint
