"""Microsoft Forms: one header row, whose names are the questions' wordings."""

from __future__ import annotations

from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.platform import Heading, Platform, Rows

_TIMES = frozenset({
    "starttime", "completiontime", "startzeit", "fertigstellungszeit", "horadeinicio", "horadefinalización",
    "horadeiniciación", "horadefinalizacion", "heurededébut", "heuredefin", "oradiinizio",
    "oradicompletamento", "begintijd", "tijdvanvoltooien", "voltooiingstijd", "godzinarozpoczęcia",
    "godzinaukończenia", "horadeinício", "horadeconclusão", "starttid", "sluttid", "slutförandetid",
    "fullføringstidspunkt", "fuldførelsestidspunkt", "aloitusaika", "valmistumisaika", "начало",
    "времясоздания", "времявыполнения", "amserdechrau", "amsercwblhau",
})  # fmt: skip
_FEWEST = 2


def _read_heading(rows: Rows) -> Heading | None:
    names = tuple(" ".join(cell.split()) for cell in rows[0])
    squeezed = [squeeze(name) for name in names[:3]]
    if "id" not in squeezed or sum(name in _TIMES for name in squeezed) < _FEWEST:
        return None
    return Heading(names, ("",) * len(names), 1, "its own columns are left out")


PLATFORM = Platform(
    "Microsoft Forms",
    header="one row of wordings behind ID and times, in the language of the form",
    own_columns=_TIMES - {"начало"} | {"lastmodifiedtime", "uhrzeitderletztenänderung"},
    ordinary_columns=frozenset({
        "language", "sprache", "начало", "totalpoints", "quizfeedback", "gradepostedtime", "sumadepuntos",
    }),
    personal_columns=frozenset({
        "email", "name", "email2", "correoelectrónico", "nombre", "adressedemessagerie", "nom", "nome",
        "postaelettronica", "emailadres", "naam", "adresemail", "nazwa", "epost", "namn", "navn",
    }),
    respondent_columns=("id",),
    read_heading=_read_heading,
)  # fmt: skip
