"""What languages are called, and which code a name stands for."""

from __future__ import annotations

import pytest

from coder.domain.languages.answer_languages import AnswerLanguages, LanguageShare, stated_language
from coder.domain.languages.language_names import LANGUAGE_NAMES, language_code, language_name, read_as


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("cy", "cy"), ("Welsh", "cy"), ("welsh", "cy"), (" CY ", "cy"), ("de-AT", "de"), ("pt_BR", "pt"),
        ("nb", "no"), ("Serbian", "hr"), ("sr", "hr"), ("Scottish Gaelic", "gd"), ("zh-Hant", "zh"),
        ("Klingon", None), ("", None), ("x", None),
    ],
)  # fmt: skip
def test_a_language_goes_by_its_code_or_its_name(written: str, code: str | None) -> None:
    """Codes with a country, names in any case and those of languages that count as one are understood."""
    assert language_code(written) == code


def test_each_name_leads_back_to_its_code() -> None:
    """What is said of a language can be written into study.toml."""
    assert {code: language_code(language_name(code)) for code in LANGUAGE_NAMES} == {
        code: code for code in LANGUAGE_NAMES
    }
    assert all(read_as(code) == code for code in LANGUAGE_NAMES)


def test_shares_of_languages_add_up() -> None:
    """How much of the answers an encoder knows is the sum over its languages."""
    languages = AnswerLanguages(
        (LanguageShare("en", 0.7), LanguageShare("cy", 0.2), LanguageShare("fr", 0.1))
    )
    assert languages.codes == ("en", "cy", "fr")
    assert languages.share_of(frozenset({"en", "fr", "de"})) == pytest.approx(0.8)
    assert stated_language("cy") == AnswerLanguages((LanguageShare("cy", 1.0),), stated=True)
