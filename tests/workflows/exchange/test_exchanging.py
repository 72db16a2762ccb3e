"""Codings in and out: all or nothing, undoable, and the same again after a round trip."""

from __future__ import annotations

import csv
import errno
import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODEBOOK, TEXTS, small_study

from coder.domain.codings import PickedWords, Span
from coder.errors import CancelledError, CoderError
from coder.formats.codings import data_set_writing
from coder.formats.shared import files_out
from coder.formats.shared.files_out import write_new
from coder.store import codings, log
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.exchanging import (
    codings_as_csv,
    codings_as_json,
    export_data_set,
    import_codings,
)
from coder.workflows.study.coders import default_coder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codings import Coding
    from coder.workflows.exchange.planned_import import CodingImport
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a small study without codings."""
    made = small_study(tmp_path / "study")
    yield made
    made.close()


def bring(study: Study, text: str, coder_id: str | None = "jo", name: str = "codings.csv") -> CodingImport:
    """Import a file with this text."""
    path = study.folder / name
    path.write_bytes(text.encode())
    return import_codings(study, path, coder_id=coder_id, adds_people=True)


def standing(study: Study) -> set[Coding]:
    """Return the codings that stand."""
    return set(codings.all_codings(study.database))


def test_themes_go_by_label_or_id(study: Study) -> None:
    """A theme is known by its id or its label, whatever the case; a net that is one theme more, too."""
    done = bring(study, "response_id,theme\nR1.Q1.1,STAFF\nR1.Q1.2,pay\nR2.Q1.1, beds \n")
    assert (done.added, done.responses, done.confirmed, done.coders) == (3, 3, 3, ("jo",))
    assert {(c.response, c.theme_id, c.origin) for c in standing(study)} == {
        (1, "staff", "import"),
        (2, "pay", "import"),
        (3, "beds", "import"),
    }


def test_responses_go_by_respondent_question_and_item(study: Study) -> None:
    """Question ids match whatever their case."""
    bring(study, "respondent_id,question,item,theme\nR1,q1,2,Pay\n")
    assert {c.response for c in standing(study)} == {2}


def test_mentions_become_spans(study: Study) -> None:
    """Words of the answer become spans, several rows of one coding together."""
    bring(
        study,
        "response_id,theme,mention\n"
        "R1.Q1.1,staff,four staff\nR1.Q1.1,staff,We lost\nR3.Q1.1,beds,Budgets and beds\n",
    )
    assert {c.theme_id: c.spans for c in standing(study)} == {
        "staff": (Span(0, 7), Span(8, 18)),
        "beds": (Span(0, 17),),
    }


def test_words_not_in_the_answer_are_a_warning(study: Study) -> None:
    """A mention that is not found leaves the theme on the whole answer, and is told."""
    done = bring(study, "response_id,theme,mention\nR1.Q1.1,staff,five staff\n")
    assert done.warnings == ("row 2: the words are not in R1.Q1.1, so the theme stands on the whole answer.",)
    assert [c.spans for c in standing(study)] == [()]


def test_positions_are_held_against_the_text(study: Study) -> None:
    """Positions beyond the text are a fault; where positions and words differ, the words are looked for."""
    with pytest.raises(CoderError, match=r"row 2: Characters '3' to '999' are not in R1\.Q1\.1"):
        bring(study, "response_id,theme,start,end\nR1.Q1.1,staff,3,999\n")
    bring(study, "response_id,theme,start,end,mention\nR1.Q1.1,staff,0,4,four\n")
    assert [c.spans for c in standing(study)] == [(Span(8, 12),)]


def test_all_faults_are_listed_and_nothing_is_imported(study: Study) -> None:
    """Unknown responses, themes and words without one are named with their rows; nothing is kept."""
    text = "response_id,theme,mention\nR1.Q1.1,staff\nR9.Q1.1,staff\nR1.Q1.1,staf\nR1.Q1.1,,agency\n"
    with pytest.raises(CoderError) as caught:
        bring(study, text + "R8,pay\n" * 30)
    lines = caught.value.message.splitlines()
    assert lines[:3] == [
        "codings.csv, row 3: The study has no response 'R9.Q1.1'.",
        "codings.csv, row 4: The codebook has no theme 'staf' for Q1. Did you mean 'Staff'?",
        "codings.csv, row 5: The theme is blank, but there are words that should carry it. Name the theme."
        " A row with neither says that nothing is in the answer.",
    ]
    assert len(lines) == 21
    assert lines[-1] == "... and 13 more."
    assert standing(study) == set()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("R1,Q2,1,pay", "no open question 'Q2'"),
        ("R9,Q1,1,pay", "no answer of 'R9' to Q1"),
        ("R1,Q1,3,pay", "no answer '3' of 'R1' to Q1"),
        (f"R1,Q1,{'1' * 5_000},pay", "no answer '1+' of 'R1' to Q1"),
        ("R1,Q1,,pay", "Which of the 2 answers of 'R1' to Q1"),
    ],
)
def test_places_that_are_not_there(study: Study, row: str, message: str) -> None:
    """Each part of a place that the study lacks is named."""
    with pytest.raises(CoderError, match=message):
        bring(study, f"respondent_id,question_id,item,theme\n{row}\n")


def test_the_same_again_changes_nothing(study: Study) -> None:
    """Codings that stand are left alone and counted; other words of the same answer are a change."""
    text = "response_id,theme,mention\nR1.Q1.1,staff,four staff\n"
    bring(study, text)
    steps = len(log.history(study.database, 1))
    again = bring(study, text)
    assert (again.added, again.standing, again.confirmed) == (0, 1, 0)
    assert len(log.history(study.database, 1)) == steps
    other = bring(study, "response_id,theme\nR1.Q1.1,staff\n")
    assert (other.added, other.changed, other.standing) == (0, 1, 0)


def test_an_import_is_one_step(study: Study) -> None:
    """One undo takes the whole import back, marks included; redo brings it again."""
    bring(study, "response_id,theme\nR1.Q1.1,staff\nR2.Q1.1,beds\n")
    before = standing(study)
    session = CodingSession(study, "jo")
    session.undo()
    assert standing(study) == set()
    assert codings.confirmed(study.database, "jo") == set()
    session.redo()
    assert standing(study) == before


def test_a_dry_run_changes_nothing(study: Study) -> None:
    """A dry run counts what would come, and leaves the study as it is."""
    path = study.folder / "c.csv"
    path.write_text("response_id,theme\nR1.Q1.1,staff\n", encoding="utf-8")
    assert import_codings(study, path, coder_id="jo", dry_run=True).added == 1
    assert standing(study) == set()


def test_cancelling_leaves_nothing(study: Study) -> None:
    """An import that is given up while it reads keeps nothing."""

    def give_up(_done: int, _total: int | None) -> None:
        raise CancelledError

    path = study.folder / "c.csv"
    path.write_text("response_id,theme\nR1.Q1.1,staff\n", encoding="utf-8")
    with pytest.raises(CancelledError):
        import_codings(study, path, progress=give_up)
    assert standing(study) == set()


def test_a_coding_on_a_non_response_is_kept_and_told(study: Study) -> None:
    """Somebody judged the text to be an answer: it counts, and the report says how many."""
    done = bring(study, "response_id,theme\nR2.Q1.2,pay\nR1.Q1.1,pay\n")
    assert (done.added, done.on_non_responses) == (2, 1)


TWO_CODERS = "response_id,theme,coder\nR1.Q1.1,staff,ann\nR1.Q1.2,pay,bo\nR2.Q1.1,beds,bo\n"


def test_coders_are_kept_apart(study: Study) -> None:
    """Each coder in the file has a step of their own."""
    done = bring(study, TWO_CODERS, None)
    assert done.coders == ("ann", "bo")
    CodingSession(study, "bo").undo()
    assert {c.coder_id for c in standing(study)} == {"ann"}


def test_spaces_make_nobody_else_of_a_coder(study: Study) -> None:
    """A name with spaces around it is the same coder's; a blank one is nobody's."""
    bring(study, "response_id,theme,coder\nR1.Q1.1,staff,ann \nR1.Q1.2,pay, ann\nR2.Q1.1,beds, \n", None)
    assert {c.coder_id for c in standing(study)} == {"ann", default_coder()}


def test_one_of_several_coders(study: Study) -> None:
    """Naming one of the file's coders takes their codings alone; another name is refused."""
    assert bring(study, TWO_CODERS, "bo").added == 2
    with pytest.raises(CoderError, match="the codings of 2 coders: ann, bo") as caught:
        bring(study, TWO_CODERS, "jo")
    assert "--coder" in caught.value.hint


def test_one_coder_can_be_taken_over(study: Study) -> None:
    """The codings of a file's only coder go under the name that is given."""
    bring(study, "response_id,theme,coder\nR1.Q1.1,staff,gold\n", "jo")
    assert {c.coder_id for c in standing(study)} == {"jo"}


def test_positions_beyond_counting_are_no_crash(study: Study) -> None:
    """A number of more digits than Python converts is a place that is not there."""
    with pytest.raises(CoderError, match="are not in R1"):
        bring(study, f"response_id,theme,start,end\nR1.Q1.1,staff,0,{'9' * 5_000}\n")


def test_a_mark_given_twice_counts_once(study: Study) -> None:
    """An answer is done once, however often a file says so; done with a theme is refused."""
    mark = {"response_id": "R1.Q1.1", "coder": "jo", "aspect": "done", "value": "1"}
    text = json.dumps({"codings": [], "marks": [mark, mark]})
    assert bring(study, text, name="twice.json").confirmed == 1
    text = json.dumps({"codings": [], "marks": [{**mark, "theme_id": "pay"}]})
    with pytest.raises(CoderError, match="is about the whole answer"):
        bring(study, text, name="theme.json")


def test_json_says_itself_what_is_done(study: Study, tmp_path: Path) -> None:
    """Marks come with a JSON file: done, flags and memos are as they were, and nothing else is done."""
    session = CodingSession(study, "jo")
    session.toggle(1, "staff")
    session.nothing_here(3)
    session.toggle_flag(2)
    session.write_memo(1, "agency again", "staff")
    path = tmp_path / "c.json"
    path.write_text(codings_as_json(study), encoding="utf-8")
    copy = small_study(tmp_path / "copy")
    import_codings(copy, path)
    marks = list(codings.all_marks(copy.database))
    copy.close()
    assert marks == list(codings.all_marks(study.database))
    assert {(mark.response, mark.aspect) for mark in marks} == {(3, "done"), (2, "flag"), (1, "memo")}


def test_an_unknown_coder_has_nothing_to_export(study: Study) -> None:
    """Exporting somebody who coded nothing is refused with those who did."""
    CodingSession(study, "jo").toggle(1, "pay")
    with pytest.raises(CoderError, match="'bo' has coded nothing") as caught:
        codings_as_csv(study, "bo")
    assert caught.value.hint == "Did you mean 'jo'?"


def test_a_data_set_has_what_was_read(study: Study, tmp_path: Path) -> None:
    """Coded and confirmed answers are written with attributes; what nobody read is left out."""
    session = CodingSession(study, "jo")
    session.mark_spans(1, "staff", [Span(8, 12)])
    session.nothing_here(8)
    assert export_data_set(study, tmp_path / "set") == (2, 3)
    tables = {
        path.name: list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
        for path in (tmp_path / "set").iterdir()
    }
    assert [(r["response_id"], r["text"], r["region"]) for r in tables["responses.csv"]] == [
        ("R1.Q1.1", TEXTS[0][0], "North"),
        ("R4.Q1.2", TEXTS[3][1], "South"),
    ]
    assert [list(row.values())[:5] for row in tables["codes.csv"]] == [
        ["R1.Q1.1", "Staff", "jo", "8:12", "person"]
    ]
    assert list(tables["codes.csv"][0]) == [
        *("response_id", "theme", "coder", "spans", "words_by", "text_version", "survey")
    ]
    assert [(r["theme"], r["parent"]) for r in tables["themes.csv"]][:2] == [
        ("Pay", "People"),
        ("Staff", "People"),
    ]


def test_a_data_set_has_a_list_for_each_question(tmp_path: Path) -> None:
    """Where themes belong to questions, themes.csv says which."""
    themes = tuple(replace(theme, questions=("Q1",)) for theme in CODEBOOK)
    study = small_study(tmp_path / "study", codebook=replace(CODEBOOK, themes=themes))
    export_data_set(study, tmp_path / "set")
    study.close()
    assert (tmp_path / "set" / "themes.csv").read_text(encoding="utf-8").startswith("question_id,theme,")


def test_a_data_set_is_never_written_over(study: Study, tmp_path: Path) -> None:
    """A folder that holds one of the files is refused, so that no survey is lost."""
    (tmp_path / "responses.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(CoderError, match=r"responses\.csv exists already"):
        export_data_set(study, tmp_path)
    assert (tmp_path / "responses.csv").read_text(encoding="utf-8") == "mine"


DATA_SET = ("codes.csv", "responses.csv", "themes.csv")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_data_set_that_cannot_be_written_leaves_no_file(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """Where one of the files finds no room, none is there; afterwards the same folder takes them all."""
    written: list[Path] = []

    def write(path: Path, content: str | bytes) -> None:
        written.append(path)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "set"
    if is_there:
        folder.mkdir()
    with monkeypatch.context() as full:
        full.setattr(files_out, "write_new", write)
        full.setattr(data_set_writing, "write_new", write)
        with pytest.raises(CoderError, match="No space left"):
            export_data_set(study, folder)
    # Written under other names: killed in between, no half of a file has a name that others read.
    assert not {folder / name for name in DATA_SET} & set(written)
    assert not is_there or list(folder.iterdir()) == []
    assert not list(tmp_path.rglob("*.part"))
    export_data_set(study, folder)
    assert sorted(path.name for path in folder.iterdir()) == list(DATA_SET)


def test_a_new_data_set_appears_whole(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it is killed, its folder is not there or has all three; the same command makes it then."""
    folder = tmp_path / "deep" / "set"

    def end(path: Path, content: str | bytes) -> None:
        assert not folder.exists()
        write_new(path, content)

    monkeypatch.setattr(data_set_writing, "write_new", end)
    export_data_set(study, folder)
    assert sorted(path.name for path in folder.iterdir()) == list(DATA_SET)
    assert [path.name for path in folder.parent.iterdir()] == ["set"]


def test_a_data_set_goes_on_where_it_was_killed(study: Study, tmp_path: Path) -> None:
    """In a folder that was there, files of the same data set stay, and the others come to them."""
    CodingSession(study, "jo").toggle(1, "staff")
    export_data_set(study, tmp_path / "whole")
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "responses.csv").write_bytes(whole["responses.csv"])
    export_data_set(study, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole | {"mine.txt": b"mine"}
    with pytest.raises(CoderError, match=r"exists already"):
        export_data_set(study, folder)


def test_a_data_set_goes_on_with_none_of_others(study: Study, tmp_path: Path) -> None:
    """A link to the same content, or a file of another, is refused, and nothing is written beside it."""
    export_data_set(study, tmp_path / "whole")
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "codes.csv").symlink_to(tmp_path / "whole" / "codes.csv")
    with pytest.raises(CoderError, match=r"codes\.csv exists already"):
        export_data_set(study, folder)
    assert [path.name for path in folder.iterdir()] == ["codes.csv"]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@st.composite
def coded(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], list[tuple[int, str, str, list[Span]]]]:
    """Draw texts of any characters, and codings of them with spans."""
    texts = draw(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
    flat = [text for boxes in texts for text in boxes]
    chosen = []
    for number, theme, coder_id in draw(
        st.sets(
            st.tuples(
                st.integers(1, len(flat)), st.sampled_from(["pay", "beds"]), st.sampled_from(["a", "ö, b"])
            ),
            max_size=6,
        )
    ):
        ends = st.integers(0, len(flat[number - 1]))
        pairs = draw(st.sets(st.tuples(ends, ends).filter(lambda pair: pair[0] < pair[1]), max_size=2))
        chosen.append((number, theme, coder_id, [Span(*pair) for pair in pairs]))
    return list(texts), chosen


@pytest.mark.parametrize("kind", ["csv", "json"])
@given(data=coded())
@settings(max_examples=12)
def test_codings_survive_a_round_trip(
    kind: str, data: tuple[list[tuple[str, ...]], list[tuple[int, str, str, list[Span]]]]
) -> None:
    """Exported and imported into a fresh copy of the study, the codings are equal."""
    texts, chosen = data
    with TemporaryDirectory() as folder:
        study = small_study(Path(folder) / "study", texts=texts)
        for number, theme, coder_id, spans in chosen:
            CodingSession(study, coder_id).toggle(
                number, theme, words=PickedWords(tuple(spans), "engine" if spans else "")
            )
        path = Path(folder) / f"codings.{kind}"
        text = codings_as_csv(study) if kind == "csv" else codings_as_json(study)
        path.write_bytes(text.encode())
        copy = small_study(Path(folder) / "copy", texts=texts)
        if standing(study):
            import_codings(copy, path)
        else:
            # Of a file that brings nothing it is not said that it was imported.
            with pytest.raises(CoderError, match="holds no codings and no answer that was read"):
                import_codings(copy, path)
        found, expected = standing(copy), standing(study)
        study.close()
        copy.close()
    assert found == expected


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_say_who_picked_the_words_and_are_read_back(tmp_path: Path, form: str) -> None:
    """A person's, the engine's, both's, and what is not known; a coding of the whole answer has none."""
    study = small_study(tmp_path / "study")
    session, engine = CodingSession(study, "jo"), PickedWords((Span(0, 2),), "engine")
    session.toggle(1, "pay", origin="suggestion", words=engine)
    session.toggle(1, "staff", origin="suggestion", words=engine)
    session.mark_spans(1, "staff", [Span(0, 2), Span(3, 7)])
    session.mark_spans(3, "beds", [Span(0, 4)])
    session.toggle(3, "money", origin="suggestion", words=PickedWords((Span(0, 4),)))
    session.toggle(3, "pay")
    text = codings_as_csv(study) if form == "csv" else codings_as_json(study)
    (tmp_path / f"codings.{form}").write_text(text)
    expected = {"pay": "engine", "staff": "both"}, {"beds": "person", "money": "", "pay": ""}
    found = [{c.theme_id: c.words_by for c in codings.codings_of(study.database, n)} for n in (1, 3)]
    assert found == list(expected)
    if form == "csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert [(row["theme_id"], row["words_by"]) for row in rows] == [
            ("pay", "engine"), ("staff", "both"), ("staff", "both"),
            ("beds", "person"), ("money", "unknown"), ("pay", ""),
        ]  # fmt: skip
    study.close()
    other = small_study(tmp_path / "other")
    import_codings(other, tmp_path / f"codings.{form}")
    found = [{c.theme_id: c.words_by for c in codings.codings_of(other.database, n)} for n in (1, 3)]
    assert found == list(expected)
    other.close()


def test_somebody_else_who_picks_words_is_refused(tmp_path: Path) -> None:
    """A misspelt picker is a fault of the file, and nothing is imported."""
    study = small_study(tmp_path / "study")
    path = tmp_path / "codings.csv"
    path.write_text("response_id,theme,mention,words_by\nR1.Q1.1,staff,four,robot\n")
    with pytest.raises(CoderError, match="'robot' is nobody who picks words"):
        import_codings(study, path)
    study.close()
