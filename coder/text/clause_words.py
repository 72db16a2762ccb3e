"""Words at which clauses begin, by language: what rules know where no grammar is at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of a language, in lower case, parted by blanks; apostrophes are straight."""

    conjunctions: str
    """They begin a clause; what also stands inside of one ("aber", "denn", "donc") is not among them."""
    joining: str
    """They join clauses, but single words as well."""
    opening: str
    """Subjects and verbs: after a joining word one of them tells that it joins clauses."""
    preceding: str = ""
    """They belong to the conjunction or joining word after them."""
    asking: str = ""
    """Words after which the conjunctions of `object_conjunctions` begin nothing."""
    object_conjunctions: str = ""
    followers: str = ""
    """After a word with the past's ending they tell that it is a verb."""
    past_ending: str = ""

    def begins_clause(self, words: list[str], i: int) -> bool:
        """Tell whether a clause begins with word i, or with those before it that belong to it."""
        word, word_before = words[i], words[i - 1]
        if word in self.conjunctions.split():
            return not (word_before in self.asking.split() and word in self.object_conjunctions.split())
        return word in self.joining.split() and self._opens(words[i + 1 : i + 3])

    def _opens(self, following: list[str]) -> bool:
        if not following:
            return False
        is_verb = (
            bool(self.past_ending)
            and following[0].endswith(self.past_ending)
            and len(following) > 1
            and following[1] in self.followers.split()
        )
        return is_verb or following[0] in self.opening.split()


CLAUSE_WORDS = {
    "en": ClauseWords(
        "but because although though while whereas if when unless however",
        "and or so",
        "i i'm i've i'd i'll we we're we've you you're they they're they've he she it it's there this that "
        "nobody everyone everything nothing then never always also am is are was were has have had do does "
        "did don't didn't can can't could couldn't will won't would should must got gets gave made told took "
        "went",
        preceding="and but so not only even just especially mainly",
        asking="know knows see ask asked asking wonder wondering sure unsure determine check a",
        object_conjunctions="if while",
        followers="me us my our the a an to that what how everything",
        past_ending="ed",
    ),
    "de": ClauseWords(
        "sondern weil obwohl wenn falls damit sodass wobei",
        "und oder",
        "ich wir du sie er es man das dann dadurch deshalb dort niemand keiner ist sind war waren hat haben "
        "hatte kann können konnte wird werden wurde muss müssen soll sollte",
        preceding="und aber nicht nur auch gerade besonders",
    ),
    "es": ClauseWords(
        "pero sino porque aunque mientras cuando si pues",
        "y e o u",
        "yo nosotros ellos ellas él no me nos se luego entonces es son está están hay fue era tengo tiene",
        preceding="y pero no solo",
    ),
    "fr": ClauseWords(
        "mais car parce puisque quoique quand lorsque si",
        "et ou",
        "je j'ai nous vous tu il elle ils elles on c'est ce cela ça ensuite puis personne est sont a ont",
        preceding="et mais pas même",
    ),
    "it": ClauseWords(
        "ma però perché quando mentre se quindi",
        "e ed o",
        "io noi loro non mi ci si poi è sono era ho ha hanno abbiamo",
        preceding="e ma non anche",
    ),
    "nl": ClauseWords(
        "maar want omdat hoewel terwijl wanneer",
        "en of",
        "ik we wij je jij ze zij hij het er dat dan niemand is zijn was waren heeft hebben kan kunnen wordt",
        preceding="en maar niet ook",
    ),
    "pl": ClauseWords(
        "ale bo ponieważ chociaż gdy kiedy jeśli więc",
        "i oraz lub albo",
        "ja my oni nie nikt to potem jest są był była było mam ma mają",
        preceding="i ale nie nawet",
    ),
    "pt": ClauseWords(
        "mas porque embora enquanto quando pois",
        "e ou",
        "eu nós eles elas ele ela não me nos se depois é são está estão há foi era tenho tem",
        preceding="e mas não só",
    ),
    "ru": ClauseWords(
        "но а потому хотя когда если поэтому",  # noqa: RUF001 - Russian letters
        "и или",
        "я мы вы он она они это никто не потом есть был была было были",
        preceding="и но не даже",
    ),
    "tr": ClauseWords("ama fakat çünkü eğer", "ve veya", "ben biz onlar bu sonra kimse"),
}
"""By the code of the language."""
