"""Changing settings: all of it or nothing, in the database and in study.toml, whenever the program ends."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study

from coder.domain.nonresponse import NonResponses
from coder.domain.study_settings import SettingChange, Settings
from coder.errors import CoderError, ReadOnlyError
from coder.formats.study.study_file import read_settings
from coder.store import checks, journal, log, surveys
from coder.store.bases import base_sizes
from coder.store.noted.promised_settings import promised
from coder.store.scope import Scope
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.changing_settings import change_settings, effect_of_changes, settings_in_use
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

TEXTS = (("See overleaf", "Beds"), ("see overleaf.", ""), ("Pay", "SEE OVERLEAF"), ("see  overleaf", "n/a"))
ADDED = SettingChange("add_non_response", "see overleaf")
REMOVED = SettingChange("remove_non_response", "see overleaf")
TRACED = {"change_settings", "_change", "keep_promise", "_write_promised", "replace_file", "write_new"}
"""Functions of which every line is an event; so is each statement that changes the database."""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a study in which four answers say "see overleaf"; one of them is coded."""
    opened = small_study(tmp_path / "study", texts=TEXTS)
    CodingSession(opened, "ann").toggle(7, "beds")
    yield opened
    opened.close()


def answers(study: Study) -> list[str]:
    """Return the texts that count as answers, coded or not."""
    return [response.text for response in surveys.all_responses(study.database) if response.answered]


def listed(folder: Path) -> bool:
    """Tell whether study.toml lists the entry."""
    return "see overleaf" in read_settings(folder / "study.toml").non_responses


def test_an_entry_more(study: Study) -> None:
    """The database, study.toml, the log and the journal say the same; what is coded stays an answer."""
    asked = effect_of_changes(study, [ADDED])
    done = change_settings(study, "jo", [ADDED])
    assert done.effect == asked
    assert (asked.total, asked.coded, asked.bases) == (4, 1, {"Q1": (4, 3)})
    assert base_sizes(study.database, "answered", Scope(["Q1"])) == {"": 3}
    assert answers(study) == ["Beds", "Pay"]
    assert listed(study.folder)
    assert "see overleaf" in study.settings.non_responses
    assert (done.unwritten, promised(study.database)) == ("", ())
    (entry,) = journal.entries(study.database, "decision")
    assert entry.coder_id == "jo"
    assert entry.text == (
        "“see overleaf” says nothing: 4 answers. 4 answers to Q1. "
        "1 of them is coded, and counted all the same. Q1: 4 → 3 councils answered it."
    )
    assert checks.faults(study.database) == []


def test_an_entry_less(study: Study) -> None:
    """Texts that the list no longer has are answers again."""
    texts = answers(study)
    change_settings(study, "jo", [ADDED])
    done = change_settings(study, "jo", [REMOVED])
    assert done.label == "“see overleaf” says something again: 4 answers"
    assert answers(study) == texts
    assert not listed(study.folder)


def test_what_stands_already_is_no_step(study: Study) -> None:
    """Nothing is logged, nor written."""
    change_settings(study, "jo", [ADDED])
    step, text = log.step_to_undo(study.database, "jo"), (study.folder / "study.toml").read_bytes()
    assert change_settings(study, "jo", [SettingChange("add_non_response", "See overleaf!")]).label == ""
    assert log.step_to_undo(study.database, "jo") == step
    assert (study.folder / "study.toml").read_bytes() == text


def test_other_settings_are_no_steps(study: Study) -> None:
    """How somebody wants to see a study is not what they decided about its answers."""
    done = change_settings(study, "jo", [SettingChange("hide_until_first_choice", setting=True)])
    assert study.settings.hide_until_first_choice
    assert read_settings(study.folder / "study.toml").hide_until_first_choice
    assert (done.label, done.effect, log.step_to_undo(study.database, "jo")) == ("", None, None)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["see overleaf", "beds", "n/a", "see #", "pay"]), min_size=1, max_size=3))
def test_what_is_foretold_is_what_happens(
    tmp_path_factory: pytest.TempPathFactory, entries: list[str]
) -> None:
    """The figures before a change are those after it, and those of a study opened with that list."""
    study = small_study(tmp_path_factory.mktemp("law") / "study", texts=TEXTS)
    CodingSession(study, "ann").toggle(7, "beds")
    lists = set(Settings("").non_responses)
    changes = [
        SettingChange("remove_non_response" if entry in lists else "add_non_response", entry)
        for entry in dict.fromkeys(entries)
    ]
    foretold = effect_of_changes(study, changes)
    change_settings(study, "jo", changes)
    assert surveys.misjudged_answers(study.database, NonResponses(study.settings.non_responses)) == []
    for question_id, (_, from_then) in foretold.bases.items():
        assert base_sizes(study.database, "answered", Scope([question_id])) == {"": from_then}
    with_list = open_study(study.folder, "jo")
    assert answers(with_list) == answers(study)
    with_list.close()
    study.close()


def test_a_file_that_cannot_be_written_is_written_later(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change holds at once, in this program and the next; the file has it as soon as it can be."""

    def fail(*_: object) -> None:
        msg = "study.toml cannot be written: Permission denied."
        raise CoderError(msg)

    with monkeypatch.context() as patched:
        patched.setattr("coder.workflows.study.changing_settings.replace_file", fail)
        assert "Permission denied" in change_settings(study, "jo", [ADDED]).unwritten
        more = SettingChange("plain", setting=True)
        assert change_settings(study, "jo", [more]).unwritten
        assert promised(study.database) == (ADDED, more)
        later = open_study(study.folder, "jo")
        assert "see overleaf" in later.settings.non_responses
        later.close()
        assert not listed(study.folder)
    text = (study.folder / "study.toml").read_text(encoding="utf-8").replace('"Small"', '"By hand"')
    (study.folder / "study.toml").write_text(text, encoding="utf-8")
    later = open_study(study.folder, "jo")
    assert listed(study.folder)
    assert (later.settings.plain, later.settings.title, promised(later.database)) == (True, "By hand", ())
    later.close()


def test_a_study_that_can_only_be_read_refuses(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is changed; what was promised there before holds all the same."""
    with monkeypatch.context() as patched:
        patched.setattr("coder.workflows.study.changing_settings.keep_promise", lambda _: "")
        change_settings(study, "jo", [ADDED])
    monkeypatch.setattr("coder.store.database.can_be_written", lambda _: False)
    reader = open_study(study.folder, "jo")
    assert reader.read_only
    assert "see overleaf" in reader.settings.non_responses
    with pytest.raises(ReadOnlyError):
        change_settings(reader, "jo", [REMOVED])
    assert not listed(study.folder)
    reader.close()


def test_a_file_that_cannot_be_changed_is_refused_at_once(study: Study) -> None:
    """Nothing is promised that could never be kept."""
    (study.folder / "study.toml").write_text("non_responses = 3\n", encoding="utf-8")
    with pytest.raises(CoderError, match="non_responses is 3"):
        change_settings(study, "jo", [ADDED])
    assert promised(study.database) == ()
    assert len(answers(study)) == 6


def killed_at(folder: Path, event: int) -> int:
    """Change settings in a process of its own that is killed at an event; return how many events there were.

    An event is a line, or a statement, of what is traced. The number is right only where it is not killed.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        counter = 0

        def trace(frame: Any, kind: str, _: object) -> Any:
            nonlocal counter
            if frame.f_code.co_name not in {*TRACED, "execute", "execute_many"}:
                return None
            is_statement = frame.f_code.co_name.startswith("execute")
            if is_statement or kind == "line":
                counter += 1
                if counter == event:
                    os.kill(os.getpid(), signal.SIGKILL)
            return None if is_statement else trace

        study = open_study(folder, "jo")
        sys.settrace(trace)
        change_settings(study, "jo", [ADDED])
        sys.settrace(None)
        os.write(write_end, str(counter).encode())
        os._exit(0)
    os.close(write_end)
    os.waitpid(child, 0)
    counted = os.read(read_end, 20)
    os.close(read_end)
    return int(counted or b"0")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_killed_anywhere_it_is_all_or_nothing(study: Study, tmp_path: Path) -> None:
    """Whatever line the program is killed at, the study has all of the change or nothing when next opened."""
    study.close()
    copy = tmp_path / "copy"

    def outcome_of(event: int) -> tuple[bool, bool]:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(study.folder, copy)
        events = killed_at(copy, event)
        assert event == 0 or events == 0
        in_file = listed(copy)
        opened = open_study(copy, "jo")
        is_all = len(answers(opened)) == 2
        assert (len(answers(opened)), listed(copy), len(journal.entries(opened.database))) in {
            (2, True, 1),
            (6, False, 0),
        }
        assert checks.faults(opened.database) == []
        assert promised(opened.database) == ()
        assert settings_in_use(copy, opened.database) == opened.settings
        opened.close()
        return in_file, is_all

    shutil.copytree(study.folder, copy)
    events = killed_at(copy, 0)
    assert events > 50
    outcomes = {outcome_of(event) for event in range(1, events + 1)}
    assert outcomes == {(False, False), (False, True), (True, True)}


@pytest.mark.parametrize(
    "written",
    [
        "{",
        '{"plain": true}',
        '[["plain"]]',
        '[["plain", 1]]',
        '[["tables", "x"]]',
        '[[["plain"], true]]',
        "3",
    ],
)
def test_a_promise_that_nobody_made_is_told(study: Study, written: str) -> None:
    """What cannot have been promised is damage: nothing is written, and the study is not opened."""
    text = (study.folder / "study.toml").read_bytes()
    with study.database.transaction():
        study.database.set_setting("settings.promised", written)
    with pytest.raises(CoderError, match=r"promised to study\.toml cannot be read"):
        open_study(study.folder, "jo")
    assert (study.folder / "study.toml").read_bytes() == text
