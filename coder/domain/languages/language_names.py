"""What languages are called in English, and by which code."""

from __future__ import annotations

from coder.domain.near_names import fold_case

_NAMES = """
    ace Acehnese; af Afrikaans; am Amharic; ar Arabic; as Assamese; az Azerbaijani; ba Bashkir; bcl Bikol;
    be Belarusian; bg Bulgarian; bn Bengali; br Breton; ca Catalan; crh Crimean Tatar; cs Czech; cy Welsh;
    da Danish; de German; dz Dzongkha; el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque;
    ext Extremaduran; fa Persian; fi Finnish; fo Faroese; fr French; fuv Fulfulde; fy Frisian; ga Irish;
    gcf Guadeloupe Creole; gcr Guianese Creole; gd Scottish Gaelic; gl Galician; gom Konkani; gu Gujarati;
    gug Guarani; guw Gun; ha Hausa; he Hebrew; hi Hindi; hr Croatian, Bosnian or Serbian; ht Haitian Creole;
    hu Hungarian; hy Armenian; id Indonesian or Malay; ig Igbo; is Icelandic; it Italian; ja Japanese;
    jv Javanese; ka Georgian; kab Kabyle; kik Kikuyu; kk Kazakh; km Khmer; kn Kannada; ko Korean; ku Kurdish;
    ky Kyrgyz; lb Luxembourgish; lg Ganda; lij Ligurian; ln Lingala; lo Lao; lt Lithuanian; ltg Latgalian;
    lv Latvian; mg Malagasy; mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; mt Maltese; my Burmese;
    ne Nepali; nl Dutch; no Norwegian; nso Northern Sotho; oc Occitan; om Oromo; or Odia; pa Punjabi;
    pl Polish; ps Pashto; pt Portuguese; qu Quechua; ro Romanian; ru Russian; rw Kinyarwanda;
    sdh Southern Kurdish; se Northern Sami; si Sinhala; sk Slovak; sl Slovenian; sn Shona; so Somali;
    sq Albanian; st Sotho; sv Swedish; sw Swahili; ta Tamil; te Telugu; tg Tajik; th Thai; tk Turkmen;
    tl Tagalog; tr Turkish; tt Tatar; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; uzs Southern Uzbek;
    vec Venetian; vi Vietnamese; wa Walloon; xh Xhosa; yo Yoruba; zh Chinese; zu Zulu
"""
LANGUAGE_NAMES = dict(entry.strip().split(" ", 1) for entry in _NAMES.replace("\n", " ").split(";"))
"""The languages that can be told, by their codes in ISO 639."""
_READ_AS = {
    **dict.fromkeys(("ary", "arz"), "ar"),
    **dict.fromkeys(("bs", "sh", "sr"), "hr"),
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("nb", "nn"), "no"),
    "ms": "id",
    "pcm": "en",
}
"""Codes that go by another's name: short texts in the two can hardly be told apart, or are read alike."""


def language_code(name: str) -> str | None:
    """Return the code of a language called by its code or its English name: `cy`, `de-AT`, `Welsh`.

    None if there is no such language here.
    """
    folded = fold_case(name.strip())
    code = _READ_AS.get(folded.replace("_", "-").split("-")[0], folded.replace("_", "-").split("-")[0])
    if code in LANGUAGE_NAMES:
        return code
    return _BY_NAME.get(folded)


def language_name(code: str) -> str:
    """Return what a language is called in English; the code itself where there is no name for it."""
    return LANGUAGE_NAMES.get(code, code)


def read_as(code: str) -> str:
    """Return the code under which texts in a language are counted."""
    return _READ_AS.get(code, code)


_BY_NAME = {
    fold_case(name): code
    for code, names in LANGUAGE_NAMES.items()
    for name in (names, *names.replace(" or ", ", ").split(", "))
}
