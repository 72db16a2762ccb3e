"""What names of columns say of who answered, and when: in the languages that surveys come in."""

from __future__ import annotations

import re
from typing import Literal

from coder.formats.surveys.columns.people import name_words

_WHO = (
    r"subjects?|studyid|participant|respondent|person|proband|versuchsperson|teilnehmer|befragter?|vpn?|tn|user|token|"
    r"pseudonym|alias|patient|client|student|pupil|learner|member|panelist|interviewee|informant|record|case|"
    r"fall|identifiant|identificador|identificativo|identyfikator|kennung|chiffre|sujet|participante?|repondant|"
    r"sujeto|encuestado|entrevistado|folio|soggetto|partecipante|rispondente|deelnemer|proefpersoon|uczestnik|"
    r"respondente|badany|ankietowany|deltagare|deltager|deltaker|osallistuja|vastaaja|tunnus|cyfranogwr|"
    r"ymatebydd|ucastnik|resztvevo|valaszado|katilimci|ucesnik|sudionik|dalyvis|dalibnieks|osaleja|"
    r"участник|респондент|испытуемыи|συμμετεχων|被试|参加者|参与者|受访者|回答者"
)
_NUMBER = (
    r"ids?|uid|uuid|guid|pid|sid|code|nr|no|num|number|nummer|numer|numero|n|key|ref|lfd|lfdn|codigo|codice|kod|"
    r"kode|koodi|kodas|kods|cod|cislo|szam|azonosito|rhif|schlussel|cle|clave|код|номер|κωδικος|编号|序号|番号"
)
_BESIDE = (
    r"the|my|your|our|this|study|survey|research|anonymous|personal|individual|unique|internal|self|generated|"
    r"identification|identifier|ident|personlich\w*|anonym\w*|eigen\w*|laufende|fortlaufende|ihr|dein|of|de|du|"
    r"del|di|der|le|la|el|il|d|persoonlijke|personnel|anonimo|q\d+"
)
_WHO_WORD = re.compile(rf"(?:{_WHO})(?:innen|in|e?n)?(?:{_NUMBER}|kennung)?")
_NUMBER_WORD = re.compile(_NUMBER)
_BESIDE_WORD = re.compile(_BESIDE)
_CODE_ASKED = re.compile(
    r"\b(?:personal|participant|anonymous|unique|identification|self generated|personlich\w*|individuelle\w*|"
    r"teilnehm\w*|probanden|vp|anonyme?\w*|participante?) ?(?:code|id|number|kennung|pseudonym|kode|codigo)\b"
)
_ONES_OWN = re.compile(
    r"study|survey|anonym\w*|personal|individual|unique|generated|personlich\w*|persoonlijke|personnel|osobisty"
)
_GROUP = re.compile(
    r"\b(?:age|alter|edad|eta|leeftijd|wiek|oed|alder|year|jahr|born|region\w*|area|district|county|country|land|"
    r"state|city|town|ort|site|standort|school|schule|ecole|escuela|scuola|class|klasse|classe|kurs|course|"
    r"group\w*|grupp\w*|grup\w*|team|equipe|equipo|type|typ|role|rolle|gender|sex|score|rating|grade|dept|"
    r"department|abteilung|unit|ward|council|office|store|shop|branch|product|produkt|brand|item|question|frage|"
    r"version|condition|bedingung|arm|treatment|module|level|stage|category|kategorie|block|list\w*|cluster|"
    r"cohort|kohorte|section|room|table|page|scenario|vignette|stimulus|image|video|form|date|household|"
    r"haushalt|track|stream|channel|zone|route|family|pair|dyad|project|projekt|company|firma|organi[sz]ation)"
)
_WAVE = re.compile(
    r"\b(?:waves?|welle\w*|vague|ola|oleada|ondata|onda|golf|meting|fala|ton|vlna|hullam|aalto|dalga|волна|"
    r"κυμα|time ?points?|time|zeitpunkt|mess\w*|mzp|visits?|besuch\w*|visites?|visita|wizyta|bezoek|events?|"
    r"ereignis|sessions?|sitzung|seance|sesion|rounds?|runde|tour|ronde|rodada|phase|fase|faza|periode?|periodo|"
    r"occasion|measure\w*|erhebung\w*|befragung|termin|moment\w*|instance|repeat|trial|durchgang|survey|day|tag|"
    r"signal|beep|entry|eintrag|week|woche|monat|month|semaine|jour|semana|pre ?post|t|zeit|temps|tiempo|"
    r"tempo|tijd|czas|etap\w*|step|"
    r"follow ?up|questions?|questionid|qid|frage\w*|pregunta|domanda|vraag|pytanie|prompt|topic|item|"
    r"轮次|波次|回)\b"
)
_AREA = re.compile(
    r"\b(?:post\w*|zip|plz|cap|cep|kod|lat\w*|lon\w*|lng|gps|geo\w*|ip\w*|\w*ad+res+\w*|street|stra\w*|dob|"
    r"\w*birth\w*|geburt\w*)\b"
)


def says_who(name: str, label: str = "") -> Literal["surely", "perhaps", ""]:
    """Tell whether a column's name, or its wording, says that its values stand for who answered.

    `Proband`, `VP-Code`, `Personal code` surely do; `Code`, `Nr`, a wording that asks for a code perhaps.
    """
    words = name_words(name).split()
    who = [word for word in words if _WHO_WORD.fullmatch(word)]
    number = [word for word in words if _NUMBER_WORD.fullmatch(word)]
    beside = [word for word in words if _BESIDE_WORD.fullmatch(word)]
    if len({*who, *number, *beside}) < len(set(words)):
        is_asked = any(_CODE_ASKED.search(name_words(text)) for text in (name, label))
        return "perhaps" if is_asked else ""
    if who or (number and any(map(_ONES_OWN.fullmatch, beside))):
        return "surely"
    return "perhaps" if number else ""


def says_group(name: str) -> bool:
    """Tell whether a column's name says that its values are of many people: places, teams, ages, scores."""
    return _GROUP.search(name_words(name)) is not None


def says_wave(name: str) -> bool:
    """Tell whether a column's name says which of a person's rows is which: waves, visits, questions."""
    return _WAVE.search(name_words(name)) is not None


def says_where(name: str) -> bool:
    """Tell whether a column's name says where somebody lives, or when they were born: others do as well."""
    return _AREA.search(name_words(name)) is not None
