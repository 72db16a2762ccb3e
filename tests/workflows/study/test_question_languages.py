"""The languages of a study's answers: found once, noted, stated in study.toml instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answers_by_language import ANSWERS
from making import small_study

from coder.cli import main
from coder.domain.languages.answer_languages import AnswerLanguages, LanguageShare, stated_language
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.formats.study.study_file import read_settings, write_settings
from coder.store.noted.noted_languages import note_encoders, noted_encoders, noted_languages
from coder.text import language_finding
from coder.text.language_finding import LanguageFinder
from coder.workflows.study.opening import open_study
from coder.workflows.study.question_languages import (
    answers_of,
    find_and_note,
    find_languages,
    known_languages,
)

if TYPE_CHECKING:
    from pathlib import Path

WELSH = AnswerLanguages((LanguageShare("cy", 1.0),))


class NoFinder(LanguageFinder):
    """A finder that must not be asked."""

    def languages_of(self, texts: object) -> AnswerLanguages:
        """Refuse."""
        raise AssertionError(texts)


def test_what_is_found_is_noted_and_not_looked_for_again(tmp_path: Path) -> None:
    """Until the question has another number of answers."""
    study = small_study(tmp_path / "study", texts=[(text,) for text in ANSWERS["cy"]])
    assert known_languages(study) == {}
    find_and_note(study)
    assert known_languages(study) == {"Q1": WELSH}
    answers = answers_of(study.database)
    assert find_languages(study, answers, NoFinder()) == {}
    study.close()
    study = open_study(tmp_path / "study")
    assert known_languages(study) == {"Q1": WELSH}
    more = {"Q1": [*answers["Q1"], *ANSWERS["en"]]}
    assert set(find_languages(study, more, LanguageFinder())["Q1"].languages.codes) == {"cy", "en"}
    study.close()


def test_study_toml_has_the_last_word(tmp_path: Path) -> None:
    """For all questions or for one, by name or code; nothing is looked for then."""
    texts = [(text,) for text in ANSWERS["cy"]]
    study = small_study(tmp_path / "study", texts=texts, settings=Settings("S", language="Irish"))
    assert find_languages(study, answers_of(study.database), NoFinder()) == {}
    assert known_languages(study) == {"Q1": stated_language("ga")}
    study.settings = Settings("S", language="Irish", languages={"Q1": "de-CH"})
    assert known_languages(study) == {"Q1": stated_language("de")}
    study.close()


def test_the_settings_come_back(tmp_path: Path) -> None:
    """What is written to study.toml is read from it; older files say nothing of languages."""
    path = tmp_path / "study.toml"
    settings = Settings("S", language="cy", languages={"Q1": "Welsh", "Q 2.a": "nb"})
    path.write_text(write_settings(settings), encoding="utf-8")
    assert read_settings(path) == settings
    path.write_text('title = "S"\n', encoding="utf-8")
    assert read_settings(path) == Settings("S")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('language = "Welhs"', "Did you mean 'Welsh'"), ('language = "?"', "English name or its code"),
        ('languages = { Q1 = "Frensh" }', "Did you mean 'French'"), ("language = 3", "text in quotes"),
        ("languages = { Q1 = 3 }", "English name or its code"), ('languages = "cy"', "names with"),
    ],
)  # fmt: skip
def test_an_unknown_language_is_told(tmp_path: Path, line: str, hint: str) -> None:
    """With the nearest there is, or what to write."""
    path = tmp_path / "study.toml"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(CoderError) as fault:
        read_settings(path)
    assert hint in fault.value.hint


def test_what_makes_no_sense_in_the_database_is_found_anew(tmp_path: Path) -> None:
    """A note is no answer: a damaged one costs the time to find the languages again."""
    study = small_study(tmp_path / "study", texts=[(text,) for text in ANSWERS["cy"]])
    for written in ("{", "[]", '{"Q1": 3}', '{"Q1": {"shares": [["cy"]], "others": 0, "answers": 2}}'):
        with study.database.transaction():
            study.database.set_setting("languages.found", written)
            study.database.set_setting("languages.encoders", written)
        assert noted_languages(study.database) == {}
        assert noted_encoders(study.database) == {}
        find_and_note(study)
        assert known_languages(study) == {"Q1": WELSH}
    with study.database.transaction():
        note_encoders(study.database, {"Q1": ["light", "other"]})
        note_encoders(study.database, {"Q2": []})
    assert noted_encoders(study.database) == {"Q1": ("light", "other"), "Q2": ()}
    study.close()


def test_a_new_study_says_which_languages_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`coder new` says it, question by question where they differ, and notes it; so does a dry run."""
    rows = zip(ANSWERS["en"], ANSWERS["cy"], strict=True)
    lines = ["id,One,Two", *(f'{number},"{one}","{two}"' for number, (one, two) in enumerate(rows))]
    survey = tmp_path / "survey.csv"
    survey.write_text("\n".join(lines), encoding="utf-8")
    command = ["new", str(tmp_path / "study"), "--from", str(survey), "--open", "One,Two", "--no-open"]
    expected = "what ranks their themes:\n  One: English; ranked by"
    welsh = "\n  Two: Welsh; ranked by words alone. No model here knows Welsh.\n"
    assert main([*command, "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert expected in printed
    assert welsh in printed
    assert main(command) == 0
    printed = capsys.readouterr().err
    assert expected in printed
    assert welsh in printed
    study = open_study(tmp_path / "study")
    assert noted_languages(study.database)["Two"].languages == WELSH
    study.close()


def test_an_import_goes_on_where_languages_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that is missing or damaged hinders nobody from importing."""

    def damaged() -> None:
        msg = "damaged"
        raise CoderError(msg)

    monkeypatch.setattr(language_finding, "_loaded", damaged)
    study = small_study(tmp_path / "study")
    find_and_note(study)
    assert known_languages(study) == {}
    study.close()


def test_a_language_of_no_question_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be without effect in silence: `coder check` names it, with the nearest question."""
    small_study(tmp_path / "study", settings=Settings("S", languages={"Q11": "Welsh", "Q1": "cy"})).close()
    assert main(["check", str(tmp_path / "study")]) == 3
    printed = capsys.readouterr().out
    assert "says a language for 'Q11', which is no question. Did you mean 'Q1'?" in printed
    assert "'Q1', which" not in printed
