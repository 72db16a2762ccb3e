"""Qualtrics: names in row 1, wordings in row 2 and, in most exports, import ids in row 3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.platform import Heading, Platform, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN = frozenset({
    "startdate", "enddate", "durationinseconds", "durationseconds", "recordeddate", "responseid",
    "responseset", "externalreference", "externaldatareference", "distributionchannel", "userlanguage",
    "locationaccuracy",
})  # fmt: skip
_TESTS = frozenset({
    "survey preview", "survey test", "1", "2", "8", "9", "17", "spam", "offline survey preview",
    "umfragevorschau", "umfragenvorschau", "umfragetest", "vista previa de la encuesta",
    "aperçu de l'enquête", "aperçu de l’enquête", "anteprima sondaggio", "anteprima del sondaggio",
    "anteprima indagine",
    "enquêtevoorbeeld", "voorbeeld van enquête", "prévia da pesquisa", "visualização da pesquisa",
    "pré-visualização do inquérito", "podgląd ankiety",
})  # fmt: skip
_LEGACY_NAME = re.compile(r"V\d{1,2}")
_RESPONSE_ID = re.compile(r"R_\w{5,}")
_FEWEST_OWN = 3


def _read_heading(rows: Rows) -> Heading | None:
    names = tuple(name.strip() for name in rows[0])
    if len(rows) == 1 or len(rows[1]) != len(names):
        return None
    has_import_ids = any("ImportId" in cell for row in rows[2:3] for cell in row)
    if not has_import_ids and not _has_wordings(names, rows):
        return None
    height = 3 if has_import_ids else 2
    labels = tuple(" ".join(cell.split()) for cell in rows[1])
    return Heading(names, labels, height, f"{height} header rows, wording kept")


def _has_wordings(names: Sequence[str], rows: Rows) -> bool:
    """Tell whether the second row has the wordings of Qualtrics' own columns, or translations of them."""
    wordings = rows[1]
    squeezed = [squeeze(name) for name in names]
    if _LEGACY_NAME.fullmatch(names[0]):
        return sum(squeeze(wording) in _OWN for wording in wordings) >= _FEWEST_OWN
    if "responseid" not in squeezed:
        return False
    position = squeezed.index("responseid")
    if wordings[position].strip() == "Response ID":
        return True
    below = [row[position].strip() for row in rows[2:3] if position < len(row)]
    return (
        sum(name in _OWN for name in squeezed) >= _FEWEST_OWN
        and not _RESPONSE_ID.fullmatch(wordings[position].strip())
        and any(map(_RESPONSE_ID.fullmatch, below))
    )


PLATFORM = Platform(
    "Qualtrics",
    header="three rows: names, wordings, import ids; older and translated exports two",
    own_columns=_OWN,
    ordinary_columns=frozenset({"status", "progress", "finished"}),
    personal_columns=frozenset({
        "ipaddress", "recipientlastname", "recipientfirstname", "recipientemail", "locationlatitude",
        "locationlongitude", "emailaddress", "name",
    }),
    own_pattern=(
        r".*_(first click|last click|page submit|click count)|.+_do(_\w+)?|q_(recaptchascore|relevantid\w*|"
        r"duplicate\w*|ballotboxstuffing|totalduration|unanswered\w*|straightlining\w*|ambiguous\w*|"
        r"datapolicyviolations|terminateflag|chl|url|language|dl|r_del|r)"
    ),
    respondent_columns=("responseid",),
    text_suffix="text",
    test_marks=tuple((name, _TESTS) for name in (
        "status", "responsetype", "antworttyp", "typederéponse", "tipoderespuesta", "tipodirisposta",
        "typeantwoord", "tipoderesposta", "typodpowiedzi",
    )),
    read_heading=_read_heading,
)  # fmt: skip
