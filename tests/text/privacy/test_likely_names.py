"""Words that look like names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.privacy.all_finders import AllFinders
from coder.text.privacy.likely_names import LikelyNames
from coder.text.privacy.listed_names import OWN_LIST, ListedNames
from coder.text.privacy.vocabulary import Vocabulary


def names(text: str, survey: tuple[str, ...] = (), ordinary: tuple[str, ...] = ()) -> list[str]:
    """Return the likely names in an answer of a survey."""
    finder = LikelyNames(Vocabulary((text, *survey), ordinary))
    return [text[place.start : place.end] for place in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Will rang me. Will the council ring?", ["Will"]),
        ("May at reception was rude. In May we move.", ["May"]),
        ("MARGARET OYELARAN retired and the CMHT closed", ["MARGARET OYELARAN"]),
        ("Dr K. O'Hara-Singh's clinic", ["K. O'Hara-Singh"]),
        ("kieran on 07700 900003", ["kieran"]),
        ("tell mrs gill her dad is better", ["gill"]),
        ("Siobha\u0301n helped", ["Siobha\u0301n"]),
        ("Priya, Rose and Tom\u00e1\u0161 stayed", ["Priya", "Rose", "Tom\u00e1\u0161"]),
        ("The two Karens and the Okoros", ["Karens", "Okoros"]),
        ("Joost van den Berg ran it", ["Joost van den Berg"]),
    ],
)
def test_names_are_found_whole(text: str, wanted: list[str]) -> None:
    """Sentence starts, capitals, titles, initials, accents in two characters, lists, families, particles."""
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Morale is low.", "We live in Beverley.", "A&E and CAMHS", "Kelvin House is cold", "The Haven closed",
        "NO BEDS IN YORKSHIRE", "Behaviour support, organisation, programme", "Thankfull for the councelling",
        "St Andrew's ward", "Liquidlogic and Mosaic", "Parkinson's nurse", "Fulfilling Lives Programme Team",
    ],
)  # fmt: skip
def test_other_words_with_capitals_are_left(text: str) -> None:
    """Ordinary words, places, buildings, systems, conditions, British spelling and misspelt words."""
    assert names(text) == []


def test_words_of_the_survey_are_no_names() -> None:
    """A word in small letters twice, or in many answers, or in a question, is the survey's."""
    text = "We use Wibblex daily"
    assert names(text) == ["Wibblex"]
    assert names(text, ("the wibblex broke", "a wibblex")) == []
    assert names(text, ("Our Wibblex is slow",) * 8) == []
    assert names(text, (), ("Which Wibblex do you use?",)) == []


def listed(entries: list[str], text: str) -> list[str]:
    """Return what a list finds in a text."""
    return [
        text[place.start : place.end] for place in ListedNames(entries, OWN_LIST, Vocabulary()).find(text)
    ]


def test_a_list_finds_names_whole_and_in_part() -> None:
    """Whatever the case and the accents, first name or last; a title of the list is not needed."""
    assert listed(["Dr Priya Sharma"], "PRIYA SHARMA, priya and Sharma's dog") == [
        "PRIYA SHARMA",
        "priya",
        "Sharma",
    ]
    assert listed(["Wi\u015bniewska, Zofia"], "zofia wisniewska helps") == ["zofia wisniewska"]
    assert listed(["Sunrise Court 7"], "at sunrise court 7 now, court 7 then") == ["sunrise court 7"]


def test_a_part_that_is_a_word_needs_a_capital_within_a_sentence() -> None:
    """Of Will May neither "will" nor "May we" is found."""
    assert listed(["Will May"], "he will come in may. Will we? Ask Will or Will May") == ["Will", "Will May"]


def test_an_empty_list_finds_nothing() -> None:
    """Blank lines, titles alone and signs find nothing, not everything."""
    assert listed(["", "  ", "Dr", "-"], "Dr Will - and so on") == []


@given(st.text(max_size=80))
def test_places_lie_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, places are in it, in order, not empty, and share no character."""
    behind = 0
    for place in AllFinders(Vocabulary((text,)), (ListedNames(["Priya"], OWN_LIST, Vocabulary()),)).find(
        text
    ):
        assert behind <= place.start < place.end <= len(text)
        behind = place.end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mae angen mwy o fysiau yn y pentref ar ddydd Sul.", []),
        ("Mae Angharad yn wych, diolch iddi hi.", ["Angharad"]),
        ("Siaradais gyda Mererid am y biniau ddoe.", ["Mererid"]),
        ("Rozmawiałam z lekarzem i nic się nie zmieniło.", []),
        ("Pan Wojciech naprawił ogrzewanie od razu.", ["Wojciech"]),
        ("I saw Mae and Nic at the clinic.", ["Mae", "Nic"]),
        ("Potholes on Ffordd Las are a danger.", []),
    ],
)
def test_welsh_and_polish_have_no_dictionary_but_frequent_words(text: str, names: list[str]) -> None:
    """A frequent word that begins a sentence is nobody's name there; in English the same word may be one."""
    assert [text[one.start : one.end] for one in LikelyNames(Vocabulary()).find(text)] == names
