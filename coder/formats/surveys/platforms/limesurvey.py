"""LimeSurvey: one header row of codes, full texts or both; boxes are sub-questions, `Q15[SQ001]`."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "LimeSurvey",
    header="one row of codes, full texts, or codes and texts",
    own_columns=frozenset({
        "submitdate", "lastpage", "startlanguage", "datestamp", "refurl", "interviewtime", "startdate",
        "datesubmitted", "datelastaction", "datestarted", "referrerurl", "submitdatedatesubmitted",
        "lastpagelastpage", "startlanguagestartlanguage", "datumabgeschickt", "letzteseite", "startsprache",
        "datumgestartet", "datumletzteaktivität", "datumderletztenaktivität", "weiterleitungsurl",
        "datedesoumission", "dernièrepage", "languededépart", "langueinitiale", "datedelancement",
        "datededernièreaction", "fechadeenvío", "últimapágina", "lenguajeinicial", "idiomainicial",
        "fechadeinicio", "fechadelaúltimaacción", "datadicompletamento", "ultimapagina", "linguainiziale",
        "datumverzonden", "laatstepagina", "begintaal", "datumgestart", "datumlaatsteactie", "adresurl",
        "datawysłania", "ostatniastrona", "językstartowy", "datarozpoczęcia",
    }),
    ordinary_columns=frozenset({
        "seed", "token", "zugangscode", "zugangsschlüssel", "startwert", "datumende", "semilla",
        "códigodeacceso", "graine", "codedaccès", "toegangscode", "ipaddr", "totaltime", "gesamtzeit",
        "tempstotal",
    }),
    personal_columns=frozenset({"ipaddress", "ipadresse", "adresseip", "direcciónip", "ipaddr", "ipadres"}),
    own_pattern=(
        r"grouptime\d*|(group|question) time:? .*|(gruppen|fragen)zeit:? .*|\w*\d\w*time|interviewtime\..*"
    ),
    respondent_columns=(
        "id", "responseid", "antwortid", "idderantwort", "iddelaréponse", "idderéponse", "idderespuesta",
        "idrespuesta", "iddelarespuesta", "idrisposta", "antwoordid", "idodpowiedzi", "idresponseid",
    ),
    box_mark="SQ",
)  # fmt: skip
