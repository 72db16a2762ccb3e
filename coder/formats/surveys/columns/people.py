"""Columns that may identify a person: by what they are called, and by what their values look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALONE = frozenset("""
    name names surname surnames forename forenames firstname lastname fullname middlename familyname
    givenname maidenname nickname initials signature email emails mail telephone phone mobile cellphone cell
    fax address postcode zip zipcode postalcode dob birthdate dateofbirth username userid login ip ipaddress
    latitude longitude lat lon lng long gps geolocation geopoint coordinates passport ssn payroll handle
    twitter instagram facebook linkedin skype whatsapp recipientfirstname recipientlastname recipientemail
    recipientname contactname submittedby vorname nachname familienname geburtsname benutzername nutzername
    matrikelnummer matrikelnr personalnummer adresse anschrift wohnadresse strasse hausnummer plz
    postleitzahl tel iban telefon
    telefonnummer handy handynummer mobilnummer emailadresse ipadresse geburtsdatum
    geburtstag breitengrad langengrad unterschrift nom prenom prenoms pseudo pseudonyme courriel codepostal
    portable matricule datedenaissance identifiant nombre nombres apellido apellidos usuario direccion
    domicilio calle telefono movil celular correo correoelectronico dni nie cedula fechadenacimiento
    codigopostal matricula nome cognome nominativo indirizzo cellulare matricola codicefiscale datadinascita
    cap naam voornaam achternaam familienaam gebruikersnaam studentnummer personeelsnummer adres straat
    huisnummer telefoon telefoonnummer mobiel mobielnummer emailadres geboortedatum bsn imie nazwisko
    imieinazwisko ulica kodpocztowy numertelefonu pesel dataurodzenia enw cyfenw enwcyntaf cyfeiriad codpost
    ffon rhifffon ebost dyddiadgeni sobrenome apelido endereco cep telefone cpf datadenascimento fornamn
    efternamn namn navn fornavn efternavn etternavn personnummer epost adress cpr
""".split())  # noqa: SIM905  # fmt: skip
"""What such columns are called by one word, or by several written as one; accents are left out.

English, German, French, Spanish, Italian, Dutch, Polish, Welsh, Portuguese, Scandinavian."""

_NAME = (
    r"(names?|naam|nom|prenoms?|nombres?|apellidos?|nome|cognome|enw|namn|navn|nazwisko|vornamen?|nachnamen?|"
    r"surnames?|forenames?|voornaam|achternaam|imie)"
)
_WHOSE = (
    r"(first|last|full|middle|family|given|second|maiden|preferred|your|own|respondents?|participants?|"
    r"contacts?|persons?|childs?|childrens?|patients?|clients?|carers?|users?|employees?|students?|staff|"
    r"teachers?|parents?|mothers?|fathers?|recipient|responder|interviewers?|enumerators?|interviewees?|"
    r"informants?|respondent|key|legal|display|worker|caller|und|and|et|y|e|i|vor|nach|de|di|della|del|"
    r"famille|familia|usuario|utilisateur|d|completo|completa|complet|volledige|pelne|llawn|cyntaf|vollstandiger|ihr|dein|"
    r"votre|su|tu|il|tuo|suo|uw|je|twoje|eich|\d+)"
)
_WHICH = (
    r"((home|work|mobile|cell|your|contact|daytime|evening|office|main|best|school|personal|my|alternative|"
    r"land|\d+) )*"
)
_NUMBER = r"(numbers?|no|nos|nr|num|numero|nummer|p?id|ids|code|ref|reference)"
_PHRASES = (
    rf"({_WHOSE} )*{_NAME}( {_WHOSE}| {_NAME})*",
    rf"{_WHICH}e ?mails?( addres(s|ses)| adresse| id)?( \d+)?",
    rf"{_WHICH}((tele)?phones?|mobile|cell|fax|contact|whatsapp)( phone)?( numbers?| no| nr)?|phonenumber",
    r"(home|work|street|postal|mailing|full|your|current|ip|email|billing|physical|permanent|residential|"
    r"delivery|shipping) addres(s|ses)( line)?( \d)?",
    r"(addres(s|ses)|adresse|direccion|indirizzo)( line)? \d",
    r"addres(s|ses) (street|city|town|zip|state|line|postcode|country).*",
    r"(.* )?(post|zip|postal) ?codes?( \d)?",
    r"(.* )?(latitude|longitude|coordinates|geopoint|gps)( .*)?",
    r"(.* )?date of birth|birth ?date|birthday|d o b",
    rf"(student|staff|employee|personnel|payroll|patient|nhs|hospital|chi|social security|national insurance|"
    rf"passport|licen[cs]e|matriculation|membership|customer|account|user|login|worker|prolific|panelist) "
    rf"{_NUMBER}",
    r"(user|login|screen|nick|enumerator|interviewer) ?names?",
    r"(\w+ )?contacto( \d)?|names? of (the )?(director|respondent|participant|person|contact|child|patient|"
    r"interviewe[er]|enumerator|head|owner|manager|principal|applicant|student|teacher|informant|carer|"
    r"employee|user)( .*)?",
    r"ip( addres(s|ses))?|ip adresse|adresse ip|direccion ip|indirizzo ip",
    r"(telefon|telefono|telefoon|telephone|ffon)( .*)?|numer telefonu|numero de (telefono|telephone)|"
    r"recapit[oi]( telefonic[oi])?|(.* )?numbers? (to|we can|on which).* (reach|call|contact|ring)( .*)?|"
    r"(numero di telefono|rhif ffon)",
    r"(numer|nr) (albumu|indeksu)|(n|no|numero) (d )?etudiant",
    r"(codigo|code|kod|cod|codice) (postal|pocztowy|post|fiscale)",
    r"(fecha|date|data|dyddiad) (de |di )?(nacimiento|naissance|nascita|nascimento|urodzenia|geni)",
    r"(direccion de )?correo( electronico)?|courrier electronique|posta elettronica|"
    r"adresse (e ?mail|mail|electronique|postale)",
    r"imie( i nazwisko)?|nom (et|y) prenoms?|nome e cognome|vor und (nachname|zuname)|naam en .*",
    r"(twitter|instagram|facebook|x|social media|slack|github) (handle|name|account|username|user|id)",
    r"contact (details?|information|info)|your details|kontaktdaten|coordonnees|datos de contacto",
)
_PERSON = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES))
_ASKING = re.compile(
    r"\b(what( i|')?s|what is|please|enter|provide|give|type|leave|write|state|tell us|wie (ist|lautet)|"
    r"quel(le)? est|cual es|qual e|wat is|podaj|beth yw|kindly|add|include)\b"
    r".{0,40}\b(your|ihre?|deine?|votre|vos|su|tu|tuo|suo|uw|je|twoje|eich) "
    r"((full|first|last|own|home|work|contact|current|postal|street|mailing|mobile|preferred|institutional|personal|"
    r"school|university|e ?mail|telephone|phone|numero de|and|family) ){0,3}"
    r"(names?|e ?mails?|e ?mail addres+|phone|telephone|mobile|contact details|post ?code|zip ?code|addres+|"
    r"date of birth|nachnamen?|vornamen?|adresse|nom|prenom|courriel|nombre|correo|nome|cognome|indirizzo|"
    r"naam|adres|imie|nazwisko|enw|cyfeiriad)\b"
    r"(?=$| (addres|number|and|or|if|so|below|here|in case|optional|required|details|for (us|contact|our)))"
)
_NOISE = re.compile(
    r"\b(optional|required|mandatory|if applicable|if you wish|not required|freiwillig|fakultativ|facultatif|"
    r"facultative|opcional|facoltativo|optioneel|opcjonalnie|dewisol|please|bitte|confidential|private|"
    r"pii|q\d+[a-z]?|question|text|open ended response|open ended|response|value|field)\b"
)
_LONGEST_NAME = 6
"""Words left of a name; a longer one is a wording."""

_ADDRESS_WORDS = (
    r"street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|court|ct|way|place|pl|terrace|crescent|cres|gardens|"
    r"grove|square|hill|mews|boulevard|blvd|parade|row"
)
_VALUE_KINDS = {
    "e-mail addresses": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}"),
    "phone numbers": re.compile(
        r"(?:\+|00)\d[\d ().\-/]{7,17}|\(?0\d{1,4}\)?[ \-/]\d[\d \-/]{4,10}|07\d{9}|0[1-9]\d{9}"
        r"|0[67]\d{8}|01[5-7]\d{8,10}"
        r"|(?:1[ .\-]?)?(?:\(\d{2,3}\) ?|\d{3}[ .\-])\d{3,5}[ .\-]\d{4}"
        r"|[5-9]\d{2}(?:[ \-]\d{3}){2}|[67]\d{2}(?: \d{2}){3}|3\d{2}[ .\-/]\d{6,7}"
        r"|0\d(?:[ .\-]\d{2}){4}"
        r"|.{0,40}\b(?:tel|phone|cel|mob|mobile|telefono|fon)\b\.?:? ?\+?\d[\d ]{7,13}.{0,40}"
    ),
    "account numbers": re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?"),
    "IP addresses": re.compile(
        r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE
    ),
    "coordinates": re.compile(
        r"\d{1,3} ?° ?\d{1,2} ?['’\u2032].{0,14}[NSEWO],? ?\d{1,3} ?° ?\d{1,2} ?['’\u2032].{0,14}[NSEWO]|"
        r"\(?-?\d{1,3}\.\d{1,}[ ,;]+-?\d{1,3}\.\d{1,}\)?(?:[ ,;]+-?\d+(?:\.\d+)?){0,2}"
    ),
    "postcodes": re.compile(
        r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d", re.IGNORECASE
    ),
    "street addresses": re.compile(
        rf"(?:flat \w+,? |apt\.? \w+,? )?\d+[a-z]?,? (?:[\w'.\-]+ ){{1,4}}(?:{_ADDRESS_WORDS})\b.{{0,60}}"
        r"|[\w'.\-]+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|straat|laan) ?\d+\w?\b.{0,60}"
        r"|\d+,? (?:bis |ter )?(?:rue|avenue|boulevard|place|chemin|impasse|allée)\b.{3,60}"
        r"|(?:calle|avenida|avda\.?|plaza|paseo|via|viale|piazza|corso|ul\.|ulica|rua) .{3,40} \d+\b.{0,40}"
        r"|p\.?o\.? box \d+.{0,60}",
        re.IGNORECASE,
    ),
}  # fmt: skip
_MOSTLY = 0.5
_FEWEST = 2
"""Values that look alike, from which they tell what a column holds."""


def identifies_person(name: str) -> bool:
    """Tell whether what a column is called, or its wording, says that its values may identify a person.

    Of a path of names without blanks (`group/phone`) the last one counts.
    """
    words = name_words(name.rsplit("/", 1)[-1] if " " not in name else name)
    if _ASKING.search(words):
        return True
    words = " ".join(_NOISE.sub(" ", words).split())
    if not words or len(words.split()) > _LONGEST_NAME:
        return False
    return words.replace(" ", "") in _ALONE or _PERSON.fullmatch(words) is not None


def personal_kind(cells: Sequence[str]) -> str:
    """Return what most of these values are that identifies people, such as "phone numbers"; or ""."""
    texts = [cell.strip() for cell in cells]
    hits = {
        kind: sum(pattern.fullmatch(text) is not None for text in texts)
        for kind, pattern in _VALUE_KINDS.items()
    }
    kind = max(hits, key=lambda kind: hits[kind])
    of_some_kind = hits[kind]
    if 0 < of_some_kind <= _MOSTLY * len(texts):  # an e-mail address or a phone number, as each person likes
        patterns = _VALUE_KINDS.values()
        of_some_kind = sum(any(pattern.fullmatch(text) for pattern in patterns) for text in texts)
    return kind if of_some_kind >= _FEWEST and of_some_kind > _MOSTLY * len(texts) else ""


def name_words(name: str) -> str:
    """Return a name as words in lower case, without accents and punctuation: `name_first` is `name first`."""
    spelled_out = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"['\u2019]s\b", "s", name))
    letters = (c for c in normalize("NFKD", spelled_out.casefold().replace("ł", "l")) if not combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())
