"""Revisions of the codebook on the command line."""

from __future__ import annotations

import io
import json
import shlex
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, small_study

from coder import cli
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.store import codebook_versions
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `coder codebook` and gives its exit code, stdout and stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["codebook", *(str(argument) for argument in arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small study, coded by two people."""
    study = small_study(tmp_path / "study")
    for coder_id in ("jo", "sam"):
        session = CodingSession(study, coder_id)
        session.toggle(1, "staff")
        session.toggle(2, "pay")
        session.confirm(1)
        session.confirm(2)
    session.toggle(8, "pay")
    session.confirm(8)
    study.close()
    return tmp_path / "study"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that has somebody at the terminal type lines."""

    def lines(*typed: str) -> None:
        monkeypatch.setattr("coder.cli.plain_output.has_terminal", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))

    return lines


def edit(folder: Path, old: str, new: str) -> None:
    """Edit a study's codebook.yaml by hand."""
    path = folder / "codebook.yaml"
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")


def version(folder: Path) -> int:
    """Return the number of the codebook's version in use."""
    study = open_study(folder, edits=False)
    latest = codebook_versions.latest_version(study.database)
    study.close()
    return latest.number if latest else 0


PLAN = """\
Against version 1 of the codebook.

What changes
  merged        Pay -> Staff

Codings it touches
  Pay    3 codings  2 answers  2 councils  by jo, sam
  Staff  3 codings  2 answers  2 councils  by jo, sam

Rows of tables
  Q1  Pay    2 -> 0 councils,  2 -> 0 mentions
      Staff  1 -> 2 councils,  1 -> 3 mentions

Nothing has been written. To do it:
  coder codebook apply {} --merge pay=Staff
"""


def test_a_plan_in_words(run: Run, folder: Path) -> None:
    """A plan says what changes, what it touches and each row before and after; nothing is written."""
    before = (folder / "codebook.yaml").read_bytes()
    code, out, err = run("plan", folder, "--merge", "pay=Staff")
    assert (code, err) == (cli.DONE, "")
    assert out == PLAN.format(shlex.quote(str(folder)))
    assert (version(folder), (folder / "codebook.yaml").read_bytes()) == (1, before)


def test_no_line_of_a_plan_is_too_wide(run: Run, folder: Path) -> None:
    """But for the command at the end, a plan fits into 80 columns, long labels and all."""
    long = "A label that goes on " * 6
    _, out, _ = run(
        "plan", folder, "--rename", f"staff={long}", "--split", "pay=pay,Fees", "--add", long + "x"
    )
    assert max(len(line) for line in out.splitlines()[:-1]) <= 80


def test_edits_come_first_then_operations_in_their_order(run: Run, folder: Path) -> None:
    """What was edited by hand joins what is asked for, and operations can use what earlier ones made."""
    edit(folder, "label: Beds", "label: Wards")
    operations = (
        "--add",
        "Trains",
        "--move",
        "trains=people",
        "--rename",
        "Trains=Buses",
        "--retire",
        "wards",
    )
    _, out, _ = run("plan", folder, *operations)
    told = [line.split(None, 1) for line in out.splitlines()[3:7]]
    assert told[0][0] == "renamed"
    assert "Buses (trains), for every question, under People" in out
    assert "retired       Wards" in out


def test_a_plan_for_programs(run: Run, folder: Path, tmp_path: Path) -> None:
    """As JSON a plan can be kept, and applied later."""
    file = tmp_path / "plan.json"
    assert run("plan", folder, "--merge", "pay=Wages", "--format", "json", "--out", file)[0] == cli.DONE
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["operations"]["merges"] == [{"sources": ["pay"], "target": "wages"}]
    code, out, err = run("apply", folder, "--plan", file, "--yes", "--reason", "Clearer", "--coder", "sam")
    assert (code, out) == (cli.DONE, "")
    assert f"Version 2 of the codebook is in use. To take it back: coder codebook undo {folder} 2" in err
    _, history, _ = run("history", folder)
    assert "sam\n     merge 'Pay' into 'Wages'\n     why: Clearer" in history
    code, _, err = run("apply", folder, "--plan", file, "--yes")
    assert code == cli.FAILED
    assert "was made against version 1 of the codebook; version 2" in err


def test_a_plan_to_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    """The words of a plan can go to a file, too."""
    assert run("plan", folder, "--retire", "beds", "--out", tmp_path / "plan.txt") == (cli.DONE, "", "")
    assert "  retired       Beds\n" in (tmp_path / "plan.txt").read_text(encoding="utf-8")


def test_apply_asks(run: Run, folder: Path, typing: Callable[..., None]) -> None:
    """At a terminal the plan is shown, and done after a yes."""
    typing("n")
    code, _, err = run("apply", folder, "--retire", "beds")
    assert (code, version(folder)) == (cli.CANCELLED, 1)
    assert "Apply? [y/N] " in err
    typing("y")
    assert run("apply", folder, "--retire", "beds")[0] == cli.DONE
    assert version(folder) == 2


def test_without_a_terminal_yes_is_needed(run: Run, folder: Path) -> None:
    """Where nobody can be asked, nothing is done without --yes."""
    code, _, err = run("apply", folder, "--retire", "beds")
    assert (code, version(folder)) == (cli.FAILED, 1)
    assert "--yes" in err


def test_yes_decides_nothing(run: Run, folder: Path) -> None:
    """A theme deleted from the file must be decided about; options do that, --yes does not."""
    edit(folder, "  - id: staff\n    label: Staff\n    parent: people\n", "")
    code, _, err = run("apply", folder, "--yes")
    assert (code, version(folder)) == (cli.FAILED, 1)
    assert "--merge staff=THEME  make them codings of another theme" in err
    assert run("apply", folder, "--yes", "--merge", "staff=pay")[0] == cli.DONE
    study = open_study(folder)
    assert study.codebook.by_id["staff"].status == "retired"
    assert [theme.id for theme in study.codebook] == [theme.id for theme in CODEBOOK]


def test_doubts_are_asked_about(run: Run, folder: Path, typing: Callable[..., None]) -> None:
    """At a terminal one chooses how to decide each; a theme to merge into is asked for."""
    edit(folder, "  - id: staff\n    label: Staff\n    parent: people\n", "")
    typing("3")
    assert run("apply", folder)[0] == cli.CANCELLED
    typing("2", "Money", "y")
    code, _, err = run("apply", folder)
    assert code == cli.DONE
    assert "  1  keep them; the theme is no longer offered\n  2  make them codings of another theme" in err
    assert "merged        Staff -> Money" in err
    assert open_study(folder).codebook.by_id["staff"].status == "retired"


def test_a_narrower_definition_makes_a_queue(run: Run, folder: Path) -> None:
    """`--look-again` puts the codings of a redefined theme before a person; the history tells how far."""
    run("apply", folder, "--define", "staff=People in post", "--yes")
    operations = ("--define", "staff=Nurses in post", "--look-again", "Staff")
    code, _, err = run("apply", folder, *operations, "--yes")
    assert code == cli.DONE
    assert "definition    Staff: [-People-] {+Nurses+} in post" in err
    assert "  Staff: 2 (jo 1, sam 1)" in err
    assert "2 codings wait to be recoded: coder code" in err
    session = CodingSession(open_study(folder), "sam")
    session.confirm(1)
    session.study.close()
    _, out, _ = run("history", folder)
    assert "1 of 2 recoded (jo 0 of 1, sam 1 of 1)" in out


def test_undo(run: Run, folder: Path) -> None:
    """A revision is taken back by its number, or the latest; the history says which was."""
    run("apply", folder, "--merge", "pay=staff", "--yes")
    run("apply", folder, "--rename", "beds=Wards", "--yes")
    code, _, err = run("undo", folder, 2, "--yes", "--reason", "They differ")
    assert code == cli.DONE
    assert "Take back revision 2 (merge 'Pay' into 'Staff').\nAgainst version 3 of the codebook." in err
    assert "brought back  Pay" in err
    assert open_study(folder).codebook.by_id["beds"].label == "Wards"
    _, out, _ = run("history", folder)
    assert "why: They differ" in out
    assert "merge 'Pay' into 'Staff'\n     taken back by revision 4" in out
    assert run("undo", folder, "--yes")[0] == cli.DONE
    assert open_study(folder).codebook == CODEBOOK
    code, _, err = run("undo", folder, "--yes")
    assert (code, "No revision of the codebook stands" in err) == (cli.FAILED, True)


def test_undo_names_what_stays(run: Run, folder: Path) -> None:
    """Answers that somebody has decided on since are named before a revision is taken back."""
    run("apply", folder, "--split", "pay=Wages,Fees", "--yes")
    session = CodingSession(open_study(folder), "jo")
    session.toggle(2, "pay")
    session.toggle(2, "money")
    session.study.close()
    _, _, err = run("undo", folder)
    assert "Left as somebody decided since\n  R1.Q1.2\n" in err


def test_undo_in_this_folder(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the study's folder a number is enough."""
    run("apply", folder, "--retire", "beds", "--yes")
    monkeypatch.chdir(folder)
    code, _, err = run("undo", "2", "--yes")
    assert code == cli.DONE
    assert "To take it back: coder codebook undo 3\n" in err


def test_history_for_programs(run: Run, folder: Path) -> None:
    """As JSON the history has every field, the latest version first."""
    run("apply", folder, "--split", "staff=Nurses,Others", "--yes")
    _, out, _ = run("history", folder, "--format", "json")
    last, first = json.loads(out)
    assert (first["version"], first["label"], first["recoded"]) == (1, "", {})
    assert last["recoded"] == {"jo": {"done": 0, "total": 1}, "sam": {"done": 0, "total": 1}}


def test_diff(run: Run, folder: Path, tmp_path: Path) -> None:
    """Versions, codebook.yaml and other files are put side by side, in words or for programs."""
    run("apply", folder, "--rename", "beds=Wards", "--yes")
    renamed = "From version 1 to version 2\n  renamed       Beds -> Wards\n"
    assert run("diff", folder) == (cli.DONE, renamed, "")
    assert run("diff", folder, "1", "2")[1] == renamed
    assert run("diff", folder, "2", "file")[1] == "From version 2 to codebook.yaml\n  They say the same.\n"
    other = tmp_path / "other.yaml"
    other.write_text(write_codebook(CODEBOOK), encoding="utf-8")
    assert "  renamed       Wards -> Beds\n" in run("diff", folder / "codebook.yaml", other)[1]
    (difference,) = json.loads(run("diff", folder, "1", "--format", "json")[1])["differences"]
    assert (difference["field"], difference["after"]) == ("label", "Wards")


def test_diff_in_this_folder(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the study's folder versions are enough."""
    run("apply", folder, "--rename", "beds=Wards", "--yes")
    monkeypatch.chdir(folder)
    assert run("diff", "2", "1")[1] == "From version 2 to version 1\n  renamed       Wards -> Beds\n"
    assert run("diff")[0] == cli.DONE


def test_import(run: Run, folder: Path, tmp_path: Path) -> None:
    """Another codebook's themes come in, with remarks on what could not; options decide what is open."""
    file = tmp_path / "themes.csv"
    file.write_text("theme,definition,colour\nStaff,Nurses,red\nTrains,On rails,\n", encoding="utf-8")
    code, _, err = run("import", file, folder, "--yes", "--reason", "From the region")
    assert code == cli.DONE
    assert err.startswith("themes.csv: Not read: the columns 'colour'.")
    assert "added         Trains (trains), for every question: {+On rails+}" in err
    assert "Version 2 of the codebook is in use." in err
    assert "Nothing changes: version 2" in run("import", file, folder)[2]
    file.write_text("theme,definition\nStaff,Others\n", encoding="utf-8")
    assert run("import", file, folder, "--yes")[0] == cli.FAILED
    assert run("import", file, folder, "--yes", "--keep", "staff")[0] == cli.DONE


def test_import_of_themes_for_other_questions(run: Run, folder: Path, tmp_path: Path) -> None:
    """A theme for questions that the study does not ask comes in, and the import says so."""
    file = tmp_path / "themes.csv"
    file.write_text("theme,questions\nTrains,Q9\n", encoding="utf-8")
    code, _, err = run("import", file, folder, "--yes")
    assert code == cli.DONE
    lack = "themes.csv: the theme 'Trains' is for Q9 alone, which the study lacks: it is offered nowhere."
    assert lack in err.splitlines()
    assert "offered nowhere" not in run("import", file, folder, "--yes")[2]


def test_edits_that_wait_are_told(run: Run, folder: Path) -> None:
    """A command that opens a study says in one line that edits of its codebook are not in use."""
    edit(folder, "  - id: staff\n    label: Staff\n    parent: people\n", "")
    _, _, err = run("history", folder)
    wait = "codebook.yaml has edits that concern codings; they are not in use: coder codebook plan"
    assert err == f"{wait} {folder}\n"
    assert run("plan", folder)[2] == ""


def test_undo_leaves_edits_alone(run: Run, folder: Path) -> None:
    """With edits that are not in use nothing is taken back, however small they are."""
    run("apply", folder, "--retire", "beds", "--yes")
    edit(folder, "label: Money", "label: Cash")
    code, _, err = run("undo", folder, "--yes")
    assert (code, version(folder)) == (cli.FAILED, 2)
    assert "has edits that are not in use yet" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "{}", "--merge", "pay"), "--merge 'pay' has no '='.\nWrite --merge THEME,THEME=THEME."),
        (("plan", "{}", "--retire", "Stafff"), "no theme 'Stafff'.\nDid you mean 'Staff'?"),
        (("plan", "{}", "--retire", "sta"), "no theme 'sta'.\nDid you mean 'Staff'?"),
        (("plan", "{}", "--merge", "pay=staff", "--merge", "staff=pay"), "merged or split by this revision"),
        (("plan", "{}", "--move", "people=pay"), "that is a circle."),
        (("plan", "{}", "--split", "pay="), "cannot be split into nothing."),
        (("plan", "{}", "--rename", "pay=Beds"), "There is a theme 'Beds'"),
        (("plan", "{}", "--add", "Trains", "--question", "Q9"), "no open question 'Q9'"),
        (("plan", "nowhere"), "nowhere is not a study"),
        (("apply", "{}", "--plan", "{}/study.toml"), "study.toml is no plan"),
        (("apply", "{}", "--plan", "none.json"), "none.json cannot be read"),
        (("apply", "{}", "--plan", "x.json", "--retire", "pay"), "Operations were given besides the plan"),
        (("undo", "{}", "99"), "No revision made version 99"),
        (("undo", "{}", "0"), "No revision made version 0"),
        (("undo", "{}", "99999999999999999999"), "is no number of a revision"),
        (("diff", "{}"), "The codebook was never revised"),
        (("diff", "{}", "1", "9"), "has no version 9"),
        (("diff", "{}", "1", "2", "3"), "3 versions are named"),
        (("diff", "{}/codebook.yaml", "none.yaml"), "none.yaml cannot be read"),
        (("import", "{}/study.toml", "{}"), "study.toml is not the name of a codebook"),
    ],
)
def test_bad_input(run: Run, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """What cannot be done is said with the next step, and nothing is written."""
    code, out, err = run(*(each.format(folder) for each in arguments))
    assert (code, out) == (cli.FAILED, "")
    assert said in err
    assert version(folder) == 1


def test_a_new_theme_named_like_another(run: Run, folder: Path) -> None:
    """A merge into a name that is no theme makes one; the plan asks whether another was meant."""
    out = run("plan", folder, "--merge", "pay=Staffing")[1]
    assert "added         Staffing (q1-staffing), for Q1" in out or "added         Staffing" in out
    assert "'Staffing' is a new theme. Did you mean 'Staff'?" in out
    assert "Did you mean" not in run("plan", folder, "--merge", "pay=Conditions of work")[1]


def test_something_later_stands_on_it(run: Run, folder: Path) -> None:
    """What stands in the way of taking a revision back is named in few words, with the command."""
    run("apply", folder, "--merge", "pay=Wages", "--yes")
    run("apply", folder, "--rename", "Wages=Pay and wages", "--yes")
    run("undo", folder, 2, "--yes")
    code, _, err = run("undo", folder, 3, "--yes")
    assert code == cli.FAILED
    assert "cannot be taken back: 'Pay and wages' was taken out since.\n" in err
    assert "Take back revision 4 (take back revision 2; " in err


def test_a_merged_label_can_go_on(run: Run, folder: Path) -> None:
    """A theme may be called what a theme merged into it was called: the file has the label twice then."""
    operations = ("--merge", "pay=staff", "--rename", "staff=Pay")
    assert run("apply", folder, *operations, "--yes")[0] == cli.DONE
    assert open_study(folder).codebook.by_id["staff"].label == "Pay"


def test_a_fault_in_the_file(run: Run, folder: Path) -> None:
    """A fault in codebook.yaml is named with line and column."""
    edit(folder, "  - id: beds\n", "  - id: money\n")
    code, _, err = run("plan", folder)
    assert code == cli.FAILED
    assert "The id 'money' is already on line" in err
    assert "codebook.yaml:" in err


@pytest.fixture
def linked(folder: Path) -> Path:
    """Keep the study's codebook elsewhere, with a link to it in the study; return where."""
    elsewhere = folder.parent / "kept\x1b[2Jin git.yaml"
    (folder / "codebook.yaml").rename(elsewhere)
    (folder / "codebook.yaml").symlink_to(elsewhere)
    return elsewhere


def test_a_linked_codebook_is_asked_about(
    folder: Path, linked: Path, run: Run, typing: Callable[..., None]
) -> None:
    """The question names where the link leads; no leaves all as it was, yes writes there."""
    before = linked.read_text(encoding="utf-8")
    typing("n")
    code, _, said = run("apply", folder, "--rename", "staff=S2")
    assert code == cli.CANCELLED
    assert "is written to" in said
    assert "in git.yaml" in said
    assert "\x1b" not in said
    assert linked.read_text(encoding="utf-8") == before
    typing("y")
    assert run("apply", folder, "--rename", "staff=S2")[0] == cli.DONE
    assert "label: S2" in linked.read_text(encoding="utf-8")
    assert (folder / "codebook.yaml").is_symlink()


def test_a_linked_codebook_without_a_terminal(folder: Path, linked: Path, run: Run) -> None:
    """Nobody can be asked: it takes --yes, and what is written where is said all the same."""
    before = linked.read_text(encoding="utf-8")
    assert run("apply", folder, "--rename", "staff=S2")[0] == cli.FAILED
    assert linked.read_text(encoding="utf-8") == before
    code, _, said = run("apply", folder, "--rename", "staff=S2", "--yes")
    assert code == cli.DONE
    assert "is written to" in said
    assert "label: S2" in linked.read_text(encoding="utf-8")


def test_a_linked_codebook_that_lacks_a_revision(
    folder: Path, linked: Path, run: Run, typing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an ended program left unwritten is written first, once somebody agrees."""
    with monkeypatch.context() as patch:
        patch.setattr("coder.workflows.revising.revising.write_codebook_file", lambda _: None)
        assert run("apply", folder, "--rename", "staff=S2", "--yes")[0] == cli.DONE
    code, _, said = run("plan", folder)
    assert code == cli.FAILED
    assert "--yes" in said
    typing("n")
    assert run("apply", folder, "--rename", "pay=Wages")[0] == cli.CANCELLED
    assert "S2" not in linked.read_text(encoding="utf-8")
    assert run("apply", folder, "--rename", "pay=Wages", "--yes")[0] == cli.DONE
    assert "label: S2" in linked.read_text(encoding="utf-8")
    assert "label: Wages" in linked.read_text(encoding="utf-8")
