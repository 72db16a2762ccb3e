"""Which encoding a file has: by its bytes, by what a person says, or by the words that each gives."""

from __future__ import annotations

import codecs

import pytest

from coder.errors import CoderError
from coder.formats.shared.encodings.decoding import decode, encoding_choices
from coder.formats.shared.encodings.known_encodings import KNOWN_ENCODINGS, encoding_named
from coder.formats.shared.encodings.languages import languages

ENGLISH = """respondent,region,q1
R1,North,We don’t get enough beds – it’s a scandal
R2,South,The nurses’ pay isn’t right
R3,North,“Short” waits they said… it’s months
R4,South,I’d like a café in the ward
"""
GERMAN = "id,q1\n1,Zu wenig Parkplätze und zu große Gruppen\n2,Die Ärzte müssen länger für uns da sein\n"
FRENCH = (
    "id,q1\n1,Le personnel est très présent mais débordé\n2,L’accès à la bibliothèque doit être amélioré\n"
)
SPANISH = "id,q1\n1,Más información y atención a los niños\n2,El médico está lejos y la espera es larga\n"
POLISH = "id,q1\n1,Za mało pielęgniarek i za długie kolejki\n2,Więcej łóżek w szpitalu byłoby lepiej\n"
CZECH = "id,q1\n1,Příliš dlouhé čekání na lékaře\n2,Více sester by bylo lepší než nový přístroj\n"
HUNGARIAN = "id,q1\n1,Több orvos és nővér kellene a kórházban\n2,Túl hosszú a várakozás, kevés az idő\n"
TURKISH = (
    "id,q1\n1,Öğretmen sayısı yetersiz ve sınıflar çok kalabalık\n"  # noqa: RUF001 - Turkish has it
    "2,Daha fazla ışık için çalışma olsa iyi olur\n"  # noqa: RUF001
)
GREEK = "id,q1\n1,Πολύ μεγάλη αναμονή στο νοσοκομείο\n2,Χρειάζονται περισσότεροι γιατροί\n"
RUSSIAN = "id,q1\n1,Слишком долго ждать врача\n2,Больше медсестёр и лучше питание\n"
SWEDISH = (
    "id,q1\n1,Fler sjuksköterskor behövs på vårdcentralen\n2,Längre öppettider och kortare köer är bättre\n"
)
DANISH = (
    "id,q1\n1,Flere læger og kortere ventetid på sygehuset\n"
    "2,Børn og ældre skal høres før det bliver større\n"
)
LITHUANIAN = "id,q1\n1,Daugiau gydytojų ir mažiau eilių\n2,Reikėtų geresnės mokyklos mūsų mieste\n"
JAPANESE = "id,q1\n1,待ち時間が長いです\n2,先生の説明がとても良かった\n"
CHINESE = "id,q1\n1,老师的课程时间太长了\n2,希望增加图书馆的服务\n"
KOREAN = "id,q1\n1,대기 시간이 너무 길어요\n2,선생님이 친절하고 좋았습니다\n"

FILES = [
    (text, encoding)
    for text, encodings in {
        ENGLISH: "cp1252 mac_roman",
        GERMAN: "cp1252 mac_roman cp850 iso8859_15",
        FRENCH: "cp1252 mac_roman",
        SPANISH: "cp1252 mac_roman cp850",
        POLISH: "cp1250 iso8859_2 cp852 mac_latin2",
        CZECH: "cp1250 iso8859_2 cp852",
        HUNGARIAN: "cp1250 iso8859_2",
        TURKISH: "cp1254 iso8859_9 cp857",
        GREEK: "cp1253 iso8859_7 cp737",
        RUSSIAN: "cp1251 koi8_r cp866 iso8859_5",
        SWEDISH: "cp1252 mac_roman cp850",
        DANISH: "cp1252 mac_roman cp850",
        LITHUANIAN: "cp1257",
        JAPANESE: "cp932 euc_jp",
        CHINESE: "gb18030",
        KOREAN: "cp949",
    }.items()
    for encoding in encodings.split()
]
TEXTS = list(dict.fromkeys(text for text, _ in FILES))


@pytest.mark.parametrize(("text", "encoding"), FILES)
def test_two_sentences_tell_the_encoding(text: str, encoding: str) -> None:
    """A few answers in a common language come back letter by letter, without a doubt."""
    decoded = decode("a.csv", text.encode(encoding))
    assert decoded.text == text
    assert decoded.doubts == ()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_its_bytes(text: str, encoding: str) -> None:
    """UTF-8 and UTF-16, with a mark or without, in any script, are never doubted."""
    decoded = decode("a.csv", text.encode(encoding))
    assert (decoded.text, decoded.doubts) == (text, ())


@pytest.mark.parametrize("contraction", ["it’s", "don’t", "we’re", "the nurses’ pay"])
def test_one_apostrophe_of_windows_is_no_doubt(contraction: str) -> None:
    """English with a single typographic apostrophe is the commonest file of all."""
    text = (
        f"id,q1\n1,{contraction} fine for the people on the ward\n2,more staff and more beds would be good\n"
    )
    decoded = decode("a.csv", text.encode("cp1252"))
    assert (decoded.text, decoded.doubts) == (text, ())


PLAIN = {
    "English": ["The staff were friendly and helped me find my way", "We need more of them", "It was fine"],
    "German": ["Die Bedienung war sehr gut und schnell", "Wir brauchen mehr von denen", "Es war in Ordnung"],
    "French": ["Le personnel est toujours sympathique", "Il nous faut plus de lits", "Tout va bien"],
    "Spanish": ["El personal es muy amable con todos", "Hace falta mejor comida", "Todo es bueno"],
    "Italian": ["Il personale sempre gentile con tutti", "Serve una cucina migliore", "Tutto bene"],
    "Dutch": ["De mensen waren heel vriendelijk voor mij", "We hebben meer bedden nodig", "Het was goed"],
}
MARKS = [
    "so\u2026",
    "\u2026so",
    "\u2013 so",
    "\u2014 so",
    "\u201cso\u201d",
    "\u2018so\u2019",
    "\u2022 so",
    "20 \u20ac",
    "\u20ac20",
]
MARKS += ["\u00a320", "1\u00bd", "so\u2122", "20\u00b0C", "(\u00d8)", "\u00d8 20"]


@pytest.mark.parametrize("language", PLAIN)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("times", [1, 3])
def test_marks_of_windows_among_plain_words_are_read_right(language: str, mark: str, times: int) -> None:
    """Where dashes, dots and quotation marks are all that is not ASCII, no letters are read."""
    answers = [
        f"{n},{text} {mark if n <= times else ''} {text.split()[-1]}"
        for n, text in enumerate(PLAIN[language] * 4, 1)
    ]
    text = "\n".join(["id,q1", *answers, ""])
    decoded = decode("a.csv", text.encode("cp1252"))
    # Before a word three dots of Windows are an \u00d6 of a Macintosh, with which German words begin.
    assert decoded.text == text or (decoded.doubts and language == "German" and mark == "\u2026so")


@pytest.mark.parametrize("mark", MARKS)
def test_ordinary_marks_in_english_are_no_doubt(mark: str) -> None:
    """Most files without Unicode are English ones with a few marks."""
    answers = [f"{n},{text} {mark}, {text}" for n, text in enumerate(PLAIN["English"] * 4, 1)]
    text = "\n".join(["id,q1", *answers, ""])
    assert decode("a.csv", text.encode("cp1252")).doubts == ()


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("times", [1, 2, 4])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        *(("cp1252", mark) for mark in ["§ 5", "laut § 5", "20 °C", "10 µg", "± 5", "© we", "– so", "5 €"]),
        *(("mac_roman", mark) for mark in ["§ 5", "20 °C", "10 µg", "– so", "“so”", "5 €"]),
    ],
)
def test_marks_that_begin_a_cell_are_no_letters_of_a_rare_encoding(
    encoding: str, mark: str, times: int, quoted: bool
) -> None:
    """`§ 5` of Windows is no `ß 5` of a Macintosh, `10 µg` no `10 Ág` of DOS: right, or told as doubtful."""
    answers = [f"{mark if n <= times else 'So'} {text}" for n, text in enumerate(PLAIN["German"] * 4, 1)]
    cells = [f'"{answer}"' if quoted else answer for answer in answers]
    text = "\n".join(["id;q1", *(f"{n};{cell}" for n, cell in enumerate(cells)), ""])
    decoded = decode("a.csv", text.encode(encoding))
    assert decoded.text == text or decoded.doubts


def test_a_letter_alone_is_no_word() -> None:
    """A sign that stands alone in one encoding is likelier than a letter alone in another."""
    text = "id,q1\n" + "".join(f'{n},"§ 5 {line}"\n' for n, line in enumerate(PLAIN["German"]))
    assert decode("a.csv", text.encode("cp1252")).text == text


def test_the_average_sign_of_a_german_header_is_no_czech_letter() -> None:
    """`(Ø)` stands for an average."""
    text = "Nr.;Note (\u00d8);Was war gut?\n1;2,3;Die Bedienung war sehr gut\n2;1,7;Es war in Ordnung\n"
    decoded = decode("a.csv", text.encode("cp1252"))
    assert (decoded.text, decoded.doubts) == (text, ())


def test_pounds_of_dos_in_english_are_no_euros_of_a_greek_macintosh() -> None:
    """An encoding of another script is out of the question where there is not one letter of it."""
    text = 'id,q1\n1,The staff were friendly\n2,"Nothing really, it costs \u00a35"\n3,It was fine with me\n'
    decoded = decode("a.csv", text.encode("cp850"))
    assert (decoded.text, decoded.doubts) == (text, ())


def test_what_two_encodings_read_well_is_in_doubt_with_lines_of_both() -> None:
    """A name with one odd letter may be of either: the doubt shows it as each candidate reads it."""
    decoded = decode("a.csv", b"id,q1\nA1,Kuri\xf8\nA2,ok\n")
    (doubt,) = decoded.doubts
    assert doubt.subject == "encoding"
    assert "--encoding" in doubt.remedy
    assert doubt.key == "e"
    assert any("Kuriø" in line for line in doubt.examples)
    assert any("Kurių" in line for line in doubt.examples)


def test_bytes_that_make_no_sense_are_in_doubt() -> None:
    """Where every encoding gives nonsense the likeliest is read, and told as doubtful."""
    decoded = decode("a.csv", b"id,q1\nA1,the \x8c\xe6ship was old and the \xb1\xb5\xd0 of it\n")
    assert [doubt.subject for doubt in decoded.doubts] == ["encoding"]


def test_a_broken_byte_in_utf8_is_told_with_its_line() -> None:
    """One byte that is no UTF-8 among others that are is never replaced without a word."""
    content = "id,q1\nA1,café à la\nA2,caf".encode() + b"\xe9 noir\n"
    decoded = decode("a.csv", content)
    (doubt,) = decoded.doubts
    assert "1 place with broken bytes (line 3)" in doubt.message
    assert doubt.examples == ("A2,caf\ufffd noir",)
    assert decoded.text.splitlines()[2] == "A2,caf\ufffd noir"
    said = decode("a.csv", content, "utf-8")
    assert said.doubts == ()
    assert "line 3" in said.notes[0]


def test_lines_of_two_encodings_are_read_each_in_its_own() -> None:
    """Where two files were put together the lines of each are right, and that is told with their numbers."""
    older = "id,q1\n1,Die Prüfungen sind zu früh\n2,Größere Räume wären schön\n3,Alles gut\n"
    newer = "4,Mehr Plätze für Räder\n5,Die Tür lässt sich nicht öffnen\n6,Nichts\n"
    decoded = decode("a.csv", older.encode() + newer.encode("cp1252"))
    assert decoded.text == older + newer
    (doubt,) = decoded.doubts
    assert "2 lines with odd letters in UTF-8, 2 lines read as cp1252 (the first is line 5)" in doubt.message
    assert doubt.examples == ("line 5: 4,Mehr Plätze für Räder", "line 6: 5,Die Tür lässt sich nicht öffnen")
    assert decode("a.csv", (older + newer).encode("cp1252")).doubts == ()
    assert decode("a.csv", (older + newer).encode()).doubts == ()


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Mac", "mac_roman"), ("mac-roman", "mac-roman"), ("Macintosh", "mac_roman"), ("ANSI", "cp1252"),
        ("windows-1252", "cp1252"), ("latin1", "cp1252"), ("ISO-8859-1", "cp1252"), ("UTF8", "utf-8"),
        ("ISO-8859-2", "iso8859-2"), ("sjis", "shift_jis"), ("x-mac-roman", "mac_roman"), ("gbk", "gb18030"),
    ],
)  # fmt: skip
def test_encodings_go_by_their_usual_names(name: str, codec: str) -> None:
    """What people and programs call an encoding is understood."""
    assert codecs.lookup(encoding_named(name)) == codecs.lookup(codec)


@pytest.mark.parametrize("name", ["cp12525", "hex", "rot13", "", "no such thing", "base64"])
def test_other_names_are_refused(name: str) -> None:
    """What is no encoding of text is an error that names some."""
    with pytest.raises(CoderError, match="There is no encoding"):
        encoding_named(name)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1253", "utf-16", "ascii"])
def test_an_encoding_that_cannot_be_is_refused(encoding: str) -> None:
    """Bytes that the encoding lacks are an error with line and byte, and the likelier encodings."""
    content = b"id,q1\nA1,caf\x81 \xe9\xff\xd2\xaa\n"
    with pytest.raises(CoderError) as caught:
        decode("a.csv", content, encoding)
    assert "is not" in caught.value.message
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize(("text", "encoding"), FILES)
def test_what_a_person_says_is_taken(text: str, encoding: str) -> None:
    """With the encoding given, there is nothing to find out."""
    assert decode("a.csv", text.encode(encoding), encoding).text == text


def test_choices_begin_with_the_likeliest_and_show_the_same_lines() -> None:
    """The review can offer the encodings with lines of the file as each reads them."""
    choices = encoding_choices(ENGLISH.encode("mac_roman"))
    assert choices[0].name == "mac_roman"
    assert "don’t" in choices[0].lines[0]
    assert any("donÕt" in choice.lines[0] for choice in choices)
    assert encoding_choices(ENGLISH.encode())[0].name == "utf-8"
    assert encoding_choices(b"id,q1\n1,plain\n")[0].name == "utf-8"


def test_every_encoding_is_one_of_pythons() -> None:
    """The names that messages give can be given to --encoding, and mean that encoding."""
    for known in KNOWN_ENCODINGS:
        assert codecs.lookup(encoding_named(known.name)) == codecs.lookup(known.name)


def test_languages_are_whole() -> None:
    """Each language has letters, and words that are made of them."""
    assert len(languages()) >= 25
    for language in languages():
        assert language.frequencies
        assert any(letter in language.frequencies for word in language.words for letter in word)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_choices_for_utf16_are_that_alone(encoding: str) -> None:
    """Bytes that say themselves what they are leave nothing to choose."""
    (choice,) = encoding_choices(GERMAN.encode(encoding))
    assert choice.name == encoding
    assert "Parkplätze" in choice.lines[0]
