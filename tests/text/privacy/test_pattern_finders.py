"""What patterns find, against numbers and rules that others have published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_answers import REPORTED_ON, TUNED_ON, made_answers

from coder.domain.privacy.findings import Certainty, one_a_place
from coder.text.privacy.accounts import ACCOUNTS
from coder.text.privacy.birth_dates import BIRTH_DATES
from coder.text.privacy.cards import CARDS
from coder.text.privacy.emails import EMAILS
from coder.text.privacy.handles import HANDLES
from coder.text.privacy.nhs_numbers import NHS_NUMBERS
from coder.text.privacy.ni_numbers import NI_NUMBERS
from coder.text.privacy.patterns import PATTERNS
from coder.text.privacy.phones import PHONES
from coder.text.privacy.postcodes import POSTCODES
from coder.text.privacy.urls import URLS

if TYPE_CHECKING:
    from coder.text.privacy.finder import PatternFinder


def found(finder: PatternFinder, text: str) -> list[tuple[str, Certainty]]:
    """Return what a finder finds in a text."""
    return [(text[place.start : place.end], place.certainty) for place in finder.find(text)]


# Ofcom, "Telephone numbers for use in TV and radio drama programmes".
DRAMA = [
    "0113 496 0999", "0114 496 0000", "020 7946 0958", "0191 498 0123", "028 9649 6001", "029 2018 0355",
    "01632 960001", "07700 900003", "0808 157 0192", "0909 879 0123", "03069 990456", "07700900003",
    "(0113) 496-0000", "+44 7700 900 123", "0044 113 4960999", "+44 (0)20 7946 0958", "07700-900-123",
]  # fmt: skip


@pytest.mark.parametrize("number", DRAMA)
def test_numbers_for_drama_are_phones(number: str) -> None:
    """Ofcom's numbers are found whole, however they are written, with what stands around them left."""
    assert found(PHONES, f"ring {number}.") == [(number, Certainty.PROVED)]


# ITU-T E.123 and E.164 have these as examples of the form; 555-01xx is kept for fiction in North America.
@pytest.mark.parametrize(
    "number", ["+22 607 123 4567", "+1 212 555 0143", "+353 1 234 5678", "0033 142685300"]
)
def test_international_numbers_are_phones(number: str) -> None:
    """A number with the country's code is found."""
    assert found(PHONES, f"my son is on {number} most days") == [(number, Certainty.PROVED)]


@pytest.mark.parametrize(
    "text",
    [
        "from 2019 2020 and 2021",
        "£1,432,000", "in 2022/23 we had 1,432 cases", "ref 20231127",
        "ring 999 or 111", "0.123456789", "50% of 120 beds", "12/05/2023", "Section 117", "q16 0 out of 10",
        "1234567890123456",
    ],
)  # fmt: skip
def test_other_numbers_are_no_phones(text: str) -> None:
    """Years, sums, dates, references and short codes are left."""
    assert found(PHONES, text) == []


# The examples of the NHS Data Dictionary, and that of python-stdnum's documentation.
@pytest.mark.parametrize("number", ["943 476 5919", "4010232137", "943-476-5870"])
def test_numbers_with_their_check_digit_are_nhs_numbers(number: str) -> None:
    """Published numbers are proved by their check digit, whatever stands beside them."""
    assert found(NHS_NUMBERS, f"she is {number} there") == [(number, Certainty.PROVED)]


@pytest.mark.parametrize("number", ["943 476 5918", "9434765871", "111 111 1111", "943 476 59199"])
def test_numbers_without_it_are_not(number: str) -> None:
    """One digit changed, ten alike, or one too many: no NHS number."""
    assert found(NHS_NUMBERS, f"see {number}") == []


def test_a_mistyped_nhs_number_is_a_guess() -> None:
    """Ten digits that are called an NHS number are found without the check digit: a person has to say."""
    assert found(NHS_NUMBERS, "My NHS number is 943 476 5918") == [("943 476 5918", Certainty.GUESS)]


# HMRC's National Insurance Manual, NIM39110: D, F, I, Q, U and V nowhere in the prefix, O not second, and
# BG, GB, KN, NK, NT, TN and ZZ never given out.
@pytest.mark.parametrize("number", ["AB123456C", "JG 10 37 59 A", "ab123456d", "CE-48-19-22-B"])
def test_numbers_by_the_rule_are_ni_numbers(number: str) -> None:
    """Prefixes that HMRC gives out, with any blanks."""
    assert found(NI_NUMBERS, f"nino {number},") == [(number, Certainty.PROVED)]


@pytest.mark.parametrize(
    "prefix", ["DA", "FA", "IA", "QQ", "UA", "VA", "AD", "AO", "BG", "GB", "KN", "NK", "NT", "TN", "ZZ"]
)
def test_prefixes_that_are_not_given_out_prove_nothing(prefix: str) -> None:
    """They may be mistyped: a guess."""
    assert found(NI_NUMBERS, f"{prefix} 12 34 56 C") == [(f"{prefix} 12 34 56 C", Certainty.GUESS)]


@pytest.mark.parametrize(
    "text", ["AB123456", "AB123456E", "XAB123456C", "AB1234567C", "in AB 12 we had 34 beds"]
)
def test_other_letters_and_digits_are_no_ni_numbers(text: str) -> None:
    """Without the last letter, with another one, or longer."""
    assert found(NI_NUMBERS, text) == []


# Royal Mail, Programmer's Guide to the Postcode Address File: an example of each form, and GIR 0AA.
@pytest.mark.parametrize(
    "postcode",
    ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "bs3 4qt", "SW1A2AA"],
)
def test_each_form_of_a_postcode_is_found(postcode: str) -> None:
    """The six forms of the guide, in either case, with or without the blank."""
    assert found(POSTCODES, f"at {postcode}, there") == [(postcode, Certainty.PROVED)]


@pytest.mark.parametrize(
    "text",
    [
        "QA1 1AA",
        "ZZ1 1AA",
        "M1 1CA",
        "M1 1AV",
        "EC1Z 1BB",
        "S117 2AA",
        "b12 3rd",
        "Q15 2nd",
        "BS3",
        "AA1 1AAA",
    ],
)
def test_what_only_looks_like_a_postcode_is_left(text: str) -> None:
    """Areas that do not exist, letters that do not stand there, and ordinals."""
    assert found(POSTCODES, text) == []


# Test numbers that payment services publish (Visa, Mastercard, American Express, Discover, Diners, JCB).
@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011111111111117", "30569309025904",
        "3530111333300000", "4012888888881881",
    ],
)  # fmt: skip
def test_published_test_numbers_are_cards(number: str) -> None:
    """Luhn's check digit proves them."""
    assert found(CARDS, f"card {number} was") == [(number, Certainty.PROVED)]


@pytest.mark.parametrize(
    "number", ["4111 1111 1111 1112", "0000 0000 0000 0000", "1234567890123456", "79927398713"]
)
def test_other_long_numbers_are_no_cards(number: str) -> None:
    """A changed digit, zeros alone, a first digit of no bank, and too few digits."""
    assert found(CARDS, number) == []


# The IBAN registry's examples.
@pytest.mark.parametrize(
    "iban", ["GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00", "IE29AIBK93115212345678"]
)
def test_ibans_of_the_registry_are_accounts(iban: str) -> None:
    """Modulus 97 proves them."""
    assert found(ACCOUNTS, f"pay {iban} please") == [(iban, Certainty.PROVED)]


def test_accounts_need_to_be_named() -> None:
    """Eight digits are an account where words beside them say so, or a sort code stands there."""
    assert found(ACCOUNTS, "sort code 20-00-00, account no. 55779911") == [
        ("20-00-00", Certainty.PROVED),
        ("55779911", Certainty.PROVED),
    ]
    assert found(ACCOUNTS, "GB82 WEST 1234 5698 7654 33, on 12-05-23, case 55779911") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("dob 03/09/1961", "03/09/1961"), ("Date of Birth: 23.06.1949", "23.06.1949"),
        ("I was born on the 3rd March 1961", "3rd March 1961"), ("D.O.B. 1 Jan 80", "1 Jan 80"),
        ("12 May is my birthday", "12 May"), ("born 1974-03-12", "1974-03-12"),
    ],
)  # fmt: skip
def test_dates_of_birth_are_named_as_such(text: str, date: str) -> None:
    """A date with a word beside it that says it is one of birth."""
    assert found(BIRTH_DATES, text) == [(date, Certainty.PROVED)]


@pytest.mark.parametrize(
    "text", ["closed on 03/09/1961", "since 12 May 2021", "born here. Closed 03/09/1961", "reborn in 1974"]
)
def test_other_dates_are_left(text: str) -> None:
    """Answers are full of dates."""
    assert found(BIRTH_DATES, text) == []


# RFC 2606 keeps example.org for documents; RFC 5322 and 5233 have dots and plus signs before the @.
@pytest.mark.parametrize(
    "address",
    [
        "p.okonkwo@example.org", "a.demir+coder@mail.example.co.uk", "o'brien_2@example.com",
        "jo (at) example (dot) org", "jo[at]example.org", "jo at example dot org", "josé@exämple.de",
    ],
)  # fmt: skip
def test_addresses_are_found_plain_or_disguised(address: str) -> None:
    """Found whole, without the full stop behind."""
    assert found(EMAILS, f"write to {address}.") == [(address, Certainty.PROVED)]


@pytest.mark.parametrize(
    "text", ["ask at the desk", "@home", "we met at Leeds dot", "a@b", "cost £5 @ 3 each"]
)
def test_other_uses_of_at_are_no_addresses(text: str) -> None:
    """A place, a price, a handle."""
    assert found(EMAILS, text) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=1&c=2",
        "www.example.co.uk/cafe",
        "http://10.0.0.1:80/x",
        "example.com",
        "example.org.uk/x",
    ],
)
def test_addresses_of_pages_are_found(url: str) -> None:
    """With or without https://, and without the sign behind."""
    assert found(URLS, f"see ({url}), then") == [(url, Certainty.PROVED)]


@pytest.mark.parametrize("text", ["done.It was", "e.g. this", "3.5", "p.okonkwo@example.org", "and/or"])
def test_points_alone_make_no_page(text: str) -> None:
    """A missing blank, an abbreviation, a number, an address of a person."""
    assert found(URLS, text) == []


def test_handles_are_found() -> None:
    """With the sign for sure, after the name of a network as a guess; "@ home" is none."""
    assert found(HANDLES, "follow @hope_cafe.leeds, not @home") == [("@hope_cafe.leeds", Certainty.PROVED)]
    assert found(HANDLES, "insta: kieran_92") == [("kieran_92", Certainty.GUESS)]
    assert found(HANDLES, "p.okonkwo@example.org") == []


@pytest.mark.parametrize("half", [TUNED_ON, REPORTED_ON])
def test_all_patterns_together_find_what_is_marked_in_made_answers(half: str) -> None:
    """Each place of each kind but names, to the character, and nothing else."""
    for answer in made_answers(half):
        places = one_a_place(place for finder in PATTERNS for place in finder.find(answer.text))
        wanted = [place for place in answer.places if place[2] != "name"]
        assert [(place.start, place.end, place.kind) for place in places] == wanted, answer.text
