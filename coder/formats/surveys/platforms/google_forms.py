"""Google Forms: one header row of wordings behind a time stamp; a form in branches asks with equal names."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Google Forms",
    header="one row of wordings behind a time stamp; equal names are told apart",
    own_columns=frozenset({
        "timestamp", "zeitstempel", "marcatemporal", "horodateur", "carimbodedatahora",
        "informazionicronologiche", "tijdstempel", "sygnaturaczasowa", "отметкавремени", "позначкачасу",
        "tidsstempel", "tidsstämpel", "tidsangivelse", "aikaleima", "タイムスタンプ",
        "时间戳记", "時間戳記",
        "타임스탬프",
        "zamandamgas\u0131", "časovéoznačení", "časováznačka", "időbélyeg", "marcadetemps", "marcajdetimp",
        "vremenskaoznaka", "χρονικήσήμανση", "חותמתזמן", "طابعزمني", "stempelwaktu", "capwaktu",
        "dấuthờigian", "stampamser",
    }),
    personal_columns=frozenset({
        "emailaddress", "username", "nutzername", "emailadresse", "nombredeusuario",
        "direccióndecorreoelectrónico", "nomdutilisateur", "adressemail", "nomeutente", "indirizzoemail",
        "gebruikersnaam", "emailadres", "nazwaużytkownika", "adresemail", "endereçodeemail",
    }),
    fewest=1,
)  # fmt: skip
