"""Columns that may identify a person are left out, in many languages; questions are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.surveys.import_choices import ImportChoices
from coder.formats.surveys.columns.people import identifies_person, personal_kind
from coder.formats.surveys.raw_tables import RawTable
from coder.formats.surveys.reading import understand

PEOPLE = """
    Tél.|IBAN|Numer albumu|Nr indeksu|N° étudiant
    grp/about/phone|Physical Address|Name of the Director|What is your mailing address?
    name|Name (optional)|name_first|name_last|LAST NAME|Your name|What is your name?|Q3. Name
    Full name|Child's name|E-mail|Please enter your email address (optional)|Work email|IPAddress
    RecipientFirstName|LocationLatitude|_gps|username|user_name|Enumerator name|Student ID
    Staff number|NHS number|DOB|Date of birth|Postcode|Home address|Zip code|Mobile number
    Contact number|Phone|Address 1|Address: City/Town|Twitter handle|Participant name|Vorname
    Nachname|Name, Vorname|Straße|PLZ|Geburtsdatum|E-Mail-Adresse|Telefonnummer|Matrikelnummer|Nom
    Prénom|Nom et prénom|Adresse|Code postal|Téléphone|Adresse e-mail|Nom d'utilisateur|Apellidos
    Nombre|Nombre y apellidos|Correo electrónico|Dirección de correo electrónico|Dirección
    Código postal|Cognome|Nome e cognome|Indirizzo|Naam|Voornaam|Adres|Imię|Imię i nazwisko
    PROLIFIC_PID|Recapito telefonico|Best number to reach you on|Number we can contact you on
    Kod pocztowy|CAP|Enw|Enw llawn|Cyfeiriad
"""
OTHERS = """
    event_name|redcap_event_name|Council name|Organisation name|School name|Name of organisation
    Project name|Name one thing you would change|What would you name as the main challenge?
    How should we address delays?|Please tell us your views on the new address system
    Do you use a mobile phone?|Which email client do you use?
    Please describe your experience of the phone service|What is your opinion of phone appointments?
    Number of people to reach|What number of staff can we call on today?
    age|county|What is your name for this problem of ours?|Please state your phone provider
    nom de l'organisme|user type|code
"""
WORDS = (
    "beds", "staff", "money", "police", "housing", "families", "managers", "panels", "waits", "agencies",
    "rotas", "grants",
)  # fmt: skip


def names_in(text: str) -> list[str]:
    """Return the names of a list."""
    return [name.strip() for line in text.strip().splitlines() for name in line.split("|")]


def roles(**columns: list[str]) -> dict[str, str]:
    """Return the role of each column of a table; `__` in a name stands for a blank."""
    names = tuple(name.replace("__", " ") for name in columns)
    rows = list(map(list, zip(*columns.values(), strict=True)))
    raw = RawTable(Path("survey.csv"), names, ("",) * len(names), rows, range(2, len(rows) + 2))
    return {column.name: column.role for column in understand(raw).columns}


@pytest.mark.parametrize("name", names_in(PEOPLE))
def test_names_of_people(name: str) -> None:
    """Names, numbers, addresses and the like of people are known by what the column is called."""
    assert identifies_person(name)


@pytest.mark.parametrize("name", names_in(OTHERS))
def test_other_names(name: str) -> None:
    """Names of things, and questions that mention a name, an address or a phone, identify nobody."""
    assert not identifies_person(name)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("coordinates", ["51.0 -0.1 0 0", "52.11,-1.2", "(51.50, -0.12)"]),
        ("coordinates", ["36°10'27.3\"N 115°13'27.8\"W", "17°57'49.2\"S 146°50'11.6\"E"]),
        (
            "street addresses",
            ["12 High Street, Leeds", "Flat 2, 9a St John's Road", "PO Box 12"],
        ),
        ("street addresses", ["Hauptstraße 12", "Gartenweg 3", "12 rue de la Paix", "Calle Mayor 4"]),
        ("phone numbers", ["07700 900003", "+44 7700 900001", "01632 960001", "020 7946 0018"]),
        ("phone numbers", ["Ann Ash, tel. 5630000363, asks for him", "Acme tel 5570000850"]),
        ("phone numbers", ["06.12.34.00.70", "06 12 34 00 71"]),
        ("phone numbers", ["(555) 555-0123", "555-555-0124", "555.555.0125", "1-555-555-0126"]),
        ("phone numbers", ["347 1234567", "612 34 56 78", "512-345-678", "(020) 7946 0958"]),
        ("phone numbers", ["06-12345678", "0612345678", "015123456789", "(11) 91234-5678"]),
        ("", ["12 345 678", "123 456 789", "512.345.678", "1998-2004", "5555550123"]),
        ("account numbers", ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819"]),
        ("postcodes", ["LS1 4AP", "sw1a 1aa", "M1 1AE"]),
        ("IP addresses", ["192.0.2.1", "198.51.100.7", "2001:db8::1"]),
        ("e-mail addresses", ["a@example.org", "b.c@example.com"]),
        ("e-mail addresses", ["a@example.org", "07700 900003", "b@example.org", "+44 7700 900001"]),
        ("", ["1001", "1002", "0003"]),
        ("", ["1406400401 North school", "1403900205 West school"]),
        ("", ["2023-09-01", "01/02/2023"]),
        ("", ["North", "South"]),
        ("", ["12.5", "13.0"]),
        ("", ["We wait too long at 12 High Street", "Nobody answers the phone 07700 900003 at all"]),
        ("", []),
    ],
)
def test_what_values_look_like(kind: str, values: list[str]) -> None:
    """Most values of a shape that identifies people tell what a column holds, whatever it is called."""
    assert personal_kind(values) == kind


def test_addresses_are_no_open_question() -> None:
    """Street addresses in a column with a name that says nothing are left out; so are they as an id."""
    addresses = [f"{number} {word.title()} Street, Leeds" for number, word in enumerate(WORDS, 1)]
    texts = [f"we would like to see more {word} next year" for word in WORDS]
    assert roles(where=addresses, comments=texts) == {"where": "ignore", "comments": "open"}
    mails = [f"{word}@example.org" for word in WORDS]
    assert roles(respondent__id=mails, comments=texts) == {"respondent id": "ignore", "comments": "open"}


def test_sentences_stay_an_open_question() -> None:
    """Different sentences are answers, also under a name that people's columns have."""
    texts = [f"I would name {word} first of all, as nobody else here does it" for word in WORDS]
    assert roles(code=[f"C{n}" for n in range(12)], name=texts)["name"] == "open"


def test_a_column_about_people_can_be_asked_for() -> None:
    """Who names the column gets it: as an attribute, as the id, or as an open question."""
    names = ("E-mail", "comments")
    rows = [[f"{word}@example.org", f"we would like to see more {word} next year"] for word in WORDS]
    raw = RawTable(Path("survey.csv"), names, ("", ""), rows, range(2, 14))
    assert understand(raw, ImportChoices(attributes=("E-mail",))).columns[0].role == "attribute"
    assert understand(raw, ImportChoices(id_column="E-mail")).columns[0].role == "id"
    assert understand(raw, ImportChoices(open_columns=("E-mail",))).columns[0].role == "open"


def test_two_long_contacts_are_no_open_question() -> None:
    """Who to call, with name and number, may be as long as a sentence."""
    contacts = [""] * 10 + ["5630030030 ana ramos, assistant of the director of the supplier here"]
    contacts += ["pronamed, ask for the seller who comes on mondays, tel 5570130030"]
    texts = [f"we would like to see more {word} next year" for word in WORDS]
    assert roles(Proveedor1_Contacto=contacts, comments=texts) == {
        "Proveedor1_Contacto": "ignore",
        "comments": "open",
    }


def test_numbers_of_people_by_their_wording_are_no_id() -> None:
    """A column whose wording asks for a number of a person names nobody's row."""
    rows = [[f"{4410 + n}", f"we would like to see more {word} next year"] for n, word in enumerate(WORDS)]
    raw = RawTable(Path("survey.csv"), ("v1", "v2"), ("Student ID", "Comments"), rows, range(2, 14))
    assert [column.role for column in understand(raw).columns] == ["ignore", "open"]
