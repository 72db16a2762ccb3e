"""REFI-QDA codebooks: what is written is valid, and whatever can be read is read."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tidy_codebooks import tidy_codebooks

from coder.domain.codebook import Codebook, Theme
from coder.domain.theme_guids import guid_of
from coder.errors import CoderError
from coder.formats.codebooks.imported import CodebookImport
from coder.formats.codebooks.refi_qda import import_qdc
from coder.formats.codebooks.refi_qda_writing import codebook_qdc

if TYPE_CHECKING:
    from pathlib import Path

    from xmlschema import XMLSchema

SPACE = "{urn:QDA-XML:codebook:1.0}"
GUID = "211f1010-b36e-44ab-ab07-4b2a53018d84"
OTHER = "48d1a2cd-f447-40ef-8886-e31e5b0b8d3a"
BOOK = Codebook(
    (
        Theme("people", "People", codable=False),
        Theme("money", "Money", "What there\nis.", "This.", "That.", ("One.", "Two."), ("cost",), guid=GUID),
        Theme("pay", "Pay", parent="people", questions=("Q1", "Q2"), status="retired"),
    ),
    "Small",
    "SYNTHETIC: nobody wrote this.",
)


def qdc(codes: str, rest: str = "", space: str = "urn:QDA-XML:codebook:1.0") -> str:
    """Return a codebook's XML: the codes from line 3 on."""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{space}"><Codes>\n'
    return f"{head}{codes}</Codes>{rest}</CodeBook>"


def code(name: str, inner: str = "", guid: str = GUID, more: str = "") -> str:
    """Return a code on a line of its own."""
    return f'<Code guid="{guid}" name="{name}" isCodable="true"{more}>{inner}</Code>\n'


def read(folder: Path, content: str | bytes) -> CodebookImport:
    """Write a file and import it."""
    path = folder / "book.qdc"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_qdc(path)


def parsed(text: str) -> Any:
    """Return the root element."""
    from lxml import etree

    return etree.fromstring(text.encode())


def check_code(element: Any) -> None:
    """Check what the format wants of a code: its attributes, and the description first."""
    assert set(element.attrib) == {"guid", "name", "isCodable"}
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", element.get("guid"))
    assert element.get("isCodable") in {"true", "false"}
    tags = [child.tag for child in element]
    assert tags == [f"{SPACE}Description"] + [f"{SPACE}Code"] * (len(tags) - 1)


@settings(max_examples=50, deadline=None)
@given(tidy_codebooks())
def test_what_is_written_is_in_the_form_of_the_format(codebook: Codebook) -> None:
    """Codes, then sets if any; a code has guid, name, isCodable and a description before its codes."""
    root = parsed(codebook_qdc(codebook))
    assert root.tag == f"{SPACE}CodeBook"
    assert [part.tag for part in root] in ([f"{SPACE}Codes"], [f"{SPACE}Codes", f"{SPACE}Sets"])
    codes = list(root.iter(f"{SPACE}Code"))
    guids = [element.get("guid") for element in codes]
    assert len(set(guids)) == len(codes) == len(codebook.themes)
    for element in codes:
        check_code(element)
    for each in root.iter(f"{SPACE}Set"):
        assert set(each.attrib) == {"guid", "name"}
        assert [member.get("guid") for member in each.iter(f"{SPACE}MemberCode")] == [
            guid_of(theme) for theme in codebook
        ]


@cache
def schema() -> XMLSchema:
    """Return the schema that CODER_REFI_XSD names."""
    import xmlschema

    return xmlschema.XMLSchema(os.environ["CODER_REFI_XSD"])


@pytest.mark.skipif("CODER_REFI_XSD" not in os.environ, reason="CODER_REFI_XSD names no schema")
@settings(max_examples=50, deadline=None)
@given(tidy_codebooks())
def test_what_is_written_is_valid_by_the_schema(codebook: Codebook) -> None:
    """The schema of REFI-QDA, where CODER_REFI_XSD names its file, finds no fault."""
    assert list(schema().iter_errors(codebook_qdc(codebook))) == []


def test_codes_stand_in_their_nets_with_readable_descriptions() -> None:
    """Nets hold their codes; a description reads as text; title, note and order are a set."""
    root = parsed(codebook_qdc(BOOK))
    people, money = root[0]
    assert [element.get("name") for element in people.iter(f"{SPACE}Code")] == ["People", "Pay"]
    assert people.get("isCodable") == "false"
    assert money.get("guid") == GUID
    assert money[0].text == (
        "What there\nis.\n\nInclude: This.\n\nExclude: That.\n\nExamples:\n- One.\n- Two.\n\n"
        "Keywords: cost\n\nId: money"
    )
    assert people[1][0].text == "Questions: Q1; Q2\n\nStatus: retired\n\nId: pay"
    assert root[1][0].get("name") == "Codebook: Small"
    assert root[1][0][0].text == "SYNTHETIC: nobody wrote this."


def test_guids_stay_the_same() -> None:
    """A theme without a guid gets the same one in each export, now and in the future."""
    assert guid_of(Theme("pay", "Pay")) == guid_of(Theme("pay", "Wages", parent="x"))
    assert guid_of(Theme("pay", "Pay")) == "891bb137-14b1-514c-9430-05178e65eb46"
    assert guid_of(Theme("pay", "Pay", guid=GUID)) == GUID


def test_no_themes_cannot_be_written() -> None:
    """The format wants at least one code."""
    with pytest.raises(CoderError, match="has no themes"):
        codebook_qdc(Codebook(()))


def test_another_programs_codebook_is_read(tmp_path: Path) -> None:
    """Names, nets, descriptions and guids come in; ids are made of the names."""
    inner = "<Description>Who does\nthe work</Description>" + code("Pay &amp; rates", guid=OTHER.upper())
    found = read(tmp_path, qdc(code("People", inner, guid=f"{{{GUID}}}")))
    assert found == CodebookImport(
        Codebook(
            (
                Theme("people", "People", "Who does\nthe work", guid=GUID),
                Theme("pay-rates", "Pay & rates", parent="people", guid=OTHER),
            )
        )
    )


def test_an_empty_list_of_sets_is_said_and_all_codes_are_read(tmp_path: Path) -> None:
    """A known program writes an empty <Sets/>, which the format forbids."""
    found = read(tmp_path, qdc(code("workforce.pay"), "\n<Sets/>"))
    assert [(theme.id, theme.label, theme.guid) for theme in found.codebook] == [
        ("workforce-pay", "workforce.pay", GUID)
    ]
    (remark,) = found.remarks
    assert remark.startswith("book.qdc, line 5: <Sets> is empty")


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (
            qdc(code("A"), space="urn:x"),
            ["2: The namespace is 'urn:x'; it should be 'urn:QDA-XML:codebook:1.0'"],
        ),
        (qdc(code("A"), space=""), ["2: The namespace is missing"]),
        (qdc(code("A", more=' color="#ff0000"')), ["3: The colour of 'A' is not carried"]),
        (
            qdc(code("A", more=' x="1"') + code("B", guid=OTHER, more=' x="2"')),
            ["3: The attribute 'x' of 2 codes, from here on, is not carried"],
        ),
        (
            qdc(code("A"), f'\n<Sets><Set guid="{OTHER}" name="S"><MemberCode guid="{GUID}"/></Set></Sets>'),
            ["5: The set 'S' of 1 codes is not carried"],
        ),
        (qdc(code("A") + code("B")), ["4: 'B' has the guid of 'A' on line 3; it gets a new one"]),
        (qdc(code("A", guid="7")), ["3: The guid '7' of 'A' is not in the form of one"]),
        (qdc('<Code name="A" isCodable="true"/>'), ["3: 'A' has no guid"]),
        (qdc(f'<Code guid="{GUID}" isCodable="true"/>'), ["3: A code has no name"]),
        (qdc(code(" ")), ["3: A code has no name"]),
        (qdc(f'<Code guid="{GUID}" name="A"/>'), ["3: isCodable of 'A' is missing"]),
        (
            qdc(f'<Code guid="{GUID}" name="A" isCodable="yes"/>'),
            ["3: isCodable of 'A' cannot be 'yes'; the theme is one to code with"],
        ),
        (
            qdc(code("A", code("B", guid=OTHER) + "<Description>x</Description>")),
            ["4: A description should come before"],
        ),
        (
            qdc(code("A", "<Description>x</Description>\n<Description>y</Description>")),
            ["4: A code should have one description"],
        ),
        (qdc(code("A", "<Memo>x</Memo>")), ["3: The part <Memo> is not of a codebook"]),
        (qdc(code("A"), "<Users/>"), ["4: The part <Users> is not of a codebook"]),
        (
            qdc(code("A", "<Description>Status: done</Description>")),
            ["3: The status 'done' of 'A' is not known"],
        ),
        (qdc(code("A", "<Description>Id: a b</Description>")), ["3: The id 'a b' of 'A' cannot be used"]),
        (
            qdc(code("A", code("Other", guid=OTHER)) + code("Other", guid=OTHER[:-1] + "b")),
            ["5: 'Other' is the name of another code too; this one is now 'Other (2)'"],
        ),
    ],
)
def test_what_cannot_be_carried_is_said_with_its_line(tmp_path: Path, text: str, remarks: list[str]) -> None:
    """Each fault of form and each loss is told once; the codes come in all the same."""
    found = read(tmp_path, text)
    assert len(found.remarks) == len(remarks)
    for said, expected in zip(found.remarks, remarks, strict=True):
        assert said.startswith(f"book.qdc, line {expected}")
    assert len(found.codebook.themes) == text.count("<Code ")


def test_namesakes_take_the_name_of_their_net(tmp_path: Path) -> None:
    """Two codes of one name can be told apart afterwards; ids differ as well."""
    other = code("Other", guid=OTHER)
    codes = code("A", other) + code("B", other.replace("8d3a", "8d3b"), guid=GUID.replace("211f", "311f"))
    found = read(tmp_path, qdc(codes))
    assert [(theme.id, theme.label) for theme in found.codebook] == [
        ("a", "A"),
        ("other", "Other"),
        ("b", "B"),
        ("other-2", "Other (B)"),
    ]


def test_a_codebook_that_was_edited_elsewhere_comes_back(tmp_path: Path) -> None:
    """A new code gets an id and its place, a renamed one keeps its id and guid."""
    text = codebook_qdc(BOOK).replace('name="Pay"', 'name="Wages"')
    added = text.replace("  </Codes>", f"{code('New', guid=OTHER)}</Codes>")
    found = read(tmp_path, added).codebook
    assert [(theme.id, theme.label) for theme in found] == [
        ("people", "People"),
        ("money", "Money"),
        ("new", "New"),
        ("pay", "Wages"),
    ]
    assert (found.title, found.note) == (BOOK.title, BOOK.note)


ENTITIES = "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>\n'
DEEP = f'<Code guid="{GUID}" name="A" isCodable="true">'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "book.qdc is empty"),
        (b" \n", "book.qdc is empty"),
        (b"PK\x03\x04rest", "is a zip archive, such as a whole project"),
        (b"themes: []", "book.qdc:1:1: This is not XML"),
        (b"<CodeBook>\n<Codes></CodeBook>", "book.qdc:2:19: This is not XML"),
        (b"<html/>", "line 1: The file begins with <html>, not <CodeBook>"),
        (b"<Project xmlns='urn:QDA-XML:project:1.0'/>", "is a whole REFI-QDA project"),
        (qdc("").encode(), "line 2: There are no codes in the file"),
        (b"<CodeBook/>", "line 1: There are no codes in the file"),
        # Its name goes into the environment of the process that reads it, which has to be small.
        pytest.param(
            qdc(DEEP * 10_000 + "</Code>" * 10_000).encode(), "nested more than 250 deep", id="deep"
        ),
        ((BOMB + "<CodeBook>&i;</CodeBook>").encode(), "has a DOCTYPE"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/hostname'><CodeBook/>", "has a DOCTYPE"),
        (qdc(code("A")).encode()[:-30], "This is not XML"),
        (qdc(code("Caf\xe9")).encode("latin-1"), "This is not XML"),
        (
            qdc(code("A", code("B", guid=OTHER) + "<Description>Status: retired</Description>")).encode(),
            "line 3: The parent 'a' is retired, 'b' under it is not",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """A file that is no codebook, or might do harm, is refused with its line."""
    with pytest.raises(CoderError) as caught:
        read(tmp_path, content)
    assert message in str(caught.value)


def test_an_entity_bomb_in_an_attribute_is_refused(tmp_path: Path) -> None:
    """Attributes are expanded by any reader of XML, within bounds."""
    text = BOMB + qdc(code("&i;")).partition("\n")[2]
    with pytest.raises(CoderError, match="DOCTYPE"):
        read(tmp_path, text)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a limit, said in the message."""
    monkeypatch.setattr("coder.formats.shared.xml._LIMIT", 2**20)
    with pytest.raises(CoderError, match="the limit is 1 MB"):
        read(tmp_path, qdc(code("A")) + " " * 2**20)


def test_utf_16_is_read(tmp_path: Path) -> None:
    """The encoding is the one that the file declares."""
    text = qdc(code("Café")).replace("utf-8", "utf-16")
    assert [theme.label for theme in read(tmp_path, text.encode("utf-16")).codebook] == ["Café"]
