"""What a column's heading, a name or a wording, says of the texts below it.

Its words ask for text (`Any other comments?`, `Please specify`), however short and alike the answers are; or
they name what something is called (`Council`, `Job title`), and then different values of a few words are no
answers to code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.formats.surveys.columns.column_names import is_wording
from coder.formats.surveys.columns.wordings import SPECIFY, completes_a_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN = re.compile(
    r"comment|feedback|verbatim|please (explain|specify)|_text$|free ?text|anything else"
    r"|open[ _-]?(ended|answer|response|text)",
    re.IGNORECASE,
)
_OTHER_TEXT = re.compile(r"[\[_.](other|comment|text)\]?$", re.IGNORECASE)
_SPECIFY = re.compile(rf"\b(?:{SPECIFY})\b", re.IGNORECASE)
_REMARKS = (
    r"(?:comments?|feedback|remarks?|suggestions?|thoughts|concerns|kommentare?|anmerkung(?:en)?|bemerkung(?:en)?|"
    r"anregung(?:en)?|vorschl[aä]ge?|r[uü]ckmeldung(?:en)?|hinweise?|commentaires?|remarques?|comentarios?|"
    r"sugerencias?|observacion(?:es)?|coment[aá]rios?|sugest[oõ]es|comment[oi]|suggeriment[oi]|osservazion[ei]|"
    r"opmerking(?:en)?|suggesties|aanvulling(?:en)?|uwag[ia]|komentarze?|sugestie|sylwadau|awgrymiadau)"
)
_MORE = (
    r"(?:any|other|further|additional|general|final|more|weitere[nr]?|andere|sonstige|allgemeine|zus[aä]tzliche|"
    r"noch|autres?|des|otr[oa]s?|alg[uú]n(?:[oa]s?)?|adicional(?:es)?|outr[oa]s?|altr[aeio]|ulteriori|eventuali|"
    r"overige|verdere|nog|inne|dodatkowe|jakie[sś]|unrhyw|arall)"
)
_ASKS = re.compile(
    rf"{_MORE}\b.{{0,30}}\b{_REMARKS}\b|^(?:\w+\W+){{0,2}}{_REMARKS}\W*$|\banything (?:else|more)\b"
    r"|\banything (?:you|that)\b.{0,40}\b(?:add|say|share|tell)\b|\bin your own words\b"
    r"|^tell us (?:more|about|why)\b|\bsonst noch (?:etwas|was)\b"
    r"|\bautre chose\b|\balgo m[aá]s\b|\bqualcos'?altro\b|\bnog iets\b",
    re.IGNORECASE,
)  # fmt: skip
_OF_NAMES = re.compile(r"\b(?:the|your|whose|their) names?\b|\bnames? of\b", re.IGNORECASE)
_CALLED = (
    r"titles?|positions?|occupations?|professions?|jobs?|employers?|compan(?:y|ies)|organi[sz]ations?|institutions?|"
    r"institutes?|universit(?:y|ies)|colleges?|schools?|departments?|facult(?:y|ies)|councils?|authorit(?:y|ies)|"
    r"municipalit(?:y|ies)|boroughs?|districts?|count(?:y|ies)|cit(?:y|ies)|towns?|regions?|countr(?:y|ies)|states?|"
    r"hospitals?|trusts?|courses?|modules?|programmes?|programs?|degrees?|majors?|subjects?|qualifications?|"
    r"field of (?:study|work)|study (?:field|programme|program|subject)"
)
_CALLED_ELSEWHERE = (
    r"beruf|t[aä]tigkeit|arbeitgeber|unternehmen|firma|organisation|einrichtung|hochschule|universit[aä]t|schule|"
    r"studiengang|studienfach|abteilung|gemeinde|stadt|landkreis|bundesland|land|"
    r"profession|m[eé]tier|poste|fonction|employeur|entreprise|universit[eé]|[eé]cole|formation|commune|ville|pays|"
    r"profesi[oó]n|ocupaci[oó]n|puesto|cargo|empresa|universidad|escuela|carrera|municipio|ciudad|provincia|pa[ií]s|"
    r"professione|occupazione|azienda|universit[aà]|scuola|corso|comune|citt[aà]|paese|"
    r"beroep|functie|werkgever|bedrijf|opleiding|gemeente|stad|zaw[oó]d|stanowisko|firma|uczelnia|szko[lł]a|miasto|"
    r"profiss[aã]o|curso|cidade|swydd|cyngor|ysgol|prifysgol"
)
_NAMES_SOMETHING = re.compile(
    r"(?:(?:what|which|quel\w*|qual\w*|cu[aá]l\w*|wat|welke|welche\w*|was|jak\w*) "
    r"(?:(?:is|are|was|ist|sind|est|es|son|[eè]|jest) )?)?"
    rf"(?:\S+ ){{0,3}}(?:{_CALLED}|{_CALLED_ELSEWHERE})(?: names?)?"
    rf"|(?:{_CALLED_ELSEWHERE}) (?:de|du|des|di|del|van|der) \S+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:in|on|at|about|with|for|to|from|do|does|would|should|why|how|explain|describe|comments?|problems?)\b",
    re.IGNORECASE,
)
"""Words of a heading that asks about something, and not what it is called."""
_IN_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")


def asks_to_specify(headings: Sequence[str]) -> bool:
    """Tell whether a heading asks to write what was chosen: `Which? - Other (please specify)`."""
    return any(_SPECIFY.search(heading) and completes_a_choice(heading) for heading in headings)


def asks_for_text(headings: Sequence[str]) -> bool:
    """Tell whether a heading is a request that only text of one's own answers: `Any other comments?`."""
    return any(_ASKS.search(" ".join(heading.replace("_", " ").split())) for heading in headings)


def may_complete_a_choice(headings: Sequence[str]) -> bool:
    """Tell whether a heading may be that of the text beside a choice: `Other`, `Q7[other]`, `Why?`."""
    return any(_OTHER_TEXT.search(heading) or completes_a_choice(heading) for heading in headings)


def sounds_open(name: str) -> bool:
    """Tell whether there is a word in a name that stands in the names of columns of free text."""
    return _OPEN.search(name) is not None


def is_question(wording: str) -> bool:
    """Tell whether a heading is a question's wording, and none that asks for a name."""
    return is_wording(wording) and not _OF_NAMES.search(wording)


def names_something(headings: Sequence[str]) -> bool:
    """Tell whether the values are what something is called: `Job title`, `Which council?`, `Beruf`."""
    bare = (_IN_BRACKETS.sub(" ", heading.replace("_", " ")).strip(" ?:.*") for heading in headings)
    return any(
        _NAMES_SOMETHING.fullmatch(" ".join(heading.split())) and not _ABOUT.search(heading)
        for heading in bare
    )
