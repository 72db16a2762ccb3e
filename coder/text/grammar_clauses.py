"""The clauses of English sentences, from the tags and dependencies that a parser gives their words.

A clause ends between main clauses, before another predicate of the same subject, around a clause of time,
reason, condition or contrast, at semicolons, colons, dashes and brackets, between the items of a list without
a verb, and at commas that set a longer phrase off. It does not end within what somebody says or knows, within
a relative clause that says which one is meant, between nouns that are joined, or before an infinitive of
purpose.

Parsers stumble over what respondents write. So an end is looked for at the words and signs where one can be,
and the parse decides: often it is right about the verb beside the word though it is wrong about the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.text.holding_together import FINITE, holds_together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

_VERBS = frozenset(("VERB", "AUX"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_RELATIVE = frozenset(("relcl", "acl"))
_QUESTION_TAGS = frozenset(("WRB", "WP", "WDT", "WP$"))
_JOINING = frozenset(
    ("and", "but", "or", "so", "yet", "nor", "&", "then", "plus", "however", "therefore", "otherwise")
)
_SUBORDINATING = frozenset(
    ("because", "although", "though", "while", "whilst", "whereas", "when", "whenever", "wherever", "if",
     "unless", "until", "till", "once", "since", "as", "before", "after", "cos", "coz", "becasue", "becuase",
     "beacuse")
)  # fmt: skip
_BECAUSE = frozenset(("because", "becasue", "becuase", "beacuse"))
_BEGINNINGS = frozenset(
    (("every", "time"), ("each", "time"), ("the", "moment"), ("now", "that"), ("so", "that"), ("in", "case"),
     ("instead", "of"), ("rather", "than"))
)  # fmt: skip
"""Pairs of words that begin a clause as a conjunction does."""
_COMPARED = frozenset(("as", "same", "such"))
"""Words that go on with "as"."""
_AS_LONG = frozenset(("long", "soon", "far"))
_KNOWING = frozenset(("afraid", "believe", "feel", "guess", "hope", "know", "suppose", "sure", "think"))
"""What is known or thought follows without a conjunction."""
_BEFORE_CONJUNCTIONS = frozenset(
    ("not", "only", "just", "even", "especially", "mainly", "mostly", "simply", "particularly", "partly")
)
_SIGN = re.compile(r"[;:()\[\]]|[-\u2013\u2014]+")
_CLOSING = frozenset(")];:")
_AROUND = frozenset((",", ";", ":", "-", "\u2013", "\u2014"))
"""Signs that do not belong to the clause beside them."""
_FEWEST_WORDS = 2
"""A shorter piece stays with its neighbour."""
_FEWEST_OF_PHRASE = 3
"""Words that must stand on both sides of a comma that sets a phrase off."""


def grammar_clauses(doc: Doc, sentences: Iterable[Span]) -> list[Span]:
    """Return the clauses of a parsed text in order, without white space around them.

    Args:
        doc: The text, parsed.
        sentences: Its sentences; no clause goes beyond one.
    """
    starts = [token.idx for token in doc]
    spans: list[Span] = []
    for sentence in sentences:
        first, end = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if first < end:
            ends = [*_Sentence(doc, first, end).beginnings(), end]
            spans += [_trimmed(doc, *piece) for piece in _joined(doc, list(pairwise(ends)))]
    return spans


class _Sentence:
    """The tokens [first, end) of a parsed text, in which clauses are looked for from left to right."""

    def __init__(self, doc: Doc, first: int, end: int) -> None:
        self._doc, self._end = doc, end
        self._finite = [token.i for token in doc[first:end] if token.tag_ in FINITE]
        self._is_fragment = all(_in_relative(_verb(doc[i])) for i in self._finite)
        self._first = first
        self._begun = first
        """Where the clause begins that is being read."""

    def beginnings(self) -> list[int]:
        """Return the tokens at which clauses begin."""
        begun = [self._begun]
        for i in range(self._first + 1, self._end):
            beginning = None if holds_together(self._doc, i) else self._beginning_at(i)
            if beginning is not None and beginning > self._begun:
                self._begun = beginning
                begun.append(beginning)
        return begun

    def _beginning_at(self, i: int) -> int | None:
        """Return the token at which a clause begins if one does at token i: i, or the word before it."""
        token, before = self._doc[i], self._doc[i - 1]
        if before.whitespace_ and _SIGN.fullmatch(token.text) and token.text not in _CLOSING:
            return i
        if before.whitespace_ and before.text in _CLOSING:
            return None if token.is_punct else i
        word = token.lower_
        begins_other = word in _SUBORDINATING or self._is_pair(i)
        if begins_other and before.lower_ in _BEFORE_CONJUNCTIONS:
            is_compared = token.dep_ == "prep" or (word == "as" and token.dep_ == "advmod")
            is_double = self._doc[i - 2].lower_ in _BEFORE_CONJUNCTIONS  # "not just because"
            return None if is_compared else i - 1 - is_double
        if begins_other and before.lower_ in _JOINING:
            return None  # it has begun with the word before
        if begins_other:
            begins = self._subordinate_begins(i)
        elif word in _JOINING:
            begins = self._joined_begins(i)
        elif before.text in {",", "...", "\u2026"}:
            begins = self._begins_after_comma(i)
        else:
            begins = self._main_clause_begins(i)
        return i if begins else None

    def _is_pair(self, i: int) -> bool:
        pair = self._doc[i : min(i + 2, self._end)]
        # "At the moment" is a time, "the moment I left" a clause.
        return tuple(t.lower_ for t in pair) in _BEGINNINGS and self._doc[i - 1].pos_ != "ADP"

    def _verbs_so_far(self, i: int) -> list[int]:
        """Return the finite verbs between the beginning of the clause and token i."""
        return [verb for verb in self._finite if self._begun <= verb < i]

    def _verbs_from(self, i: int) -> list[int]:
        return [verb for verb in self._finite if verb >= i]

    def _words(self, first: int, end: int) -> int:
        return _word_count(self._doc, first, end)

    def _subordinate_begins(self, i: int) -> bool:
        """Tell whether a clause of time, reason, condition or contrast begins with a conjunction."""
        token, something_before = self._doc[i], bool(self._verbs_so_far(i))
        word = token.lower_
        if word in _BECAUSE or self._is_pair(i):
            return word in _BECAUSE or something_before
        if not something_before or not self._verbs_from(i):
            return False
        if word == "as" and self._is_as_long_as(i):
            return True
        is_question_word = token.tag_ == "WRB"
        is_other = token.dep_ in {"prep", "pcomp", "cc"} or (
            token.dep_ == "advmod" and not is_question_word and word != "once"
        )
        if is_question_word and word != "whenever":
            # "I know when they come", "the day when they came"
            is_other |= _verb(token.head).dep_ in {"ccomp", "csubj", "pcomp", *_RELATIVE}
        if word == "as":
            is_other |= any(t.lower_ in _COMPARED for t in self._doc[max(self._first, i - 2) : i])
        return not is_other

    def _is_as_long_as(self, i: int) -> bool:
        following = [token.lower_ for token in self._doc[i + 1 : min(i + 3, self._end)]]
        return len(following) == _FEWEST_WORDS and following[0] in _AS_LONG and following[1] == "as"

    def _joined_begins(self, i: int) -> bool:
        """Tell whether a clause, or an item of a list, begins with "and" or a word like it."""
        verbs = self._verbs_from(i)
        if self._is_fragment:
            return self._item_begins(i)
        if not verbs or i + 1 >= self._end:
            return False
        if not self._verbs_so_far(i):
            return self._joined_to_fragment(i, verbs)
        following = self._doc[i + 1]
        if following.lower_ in _SUBORDINATING:
            return not self._joins_nouns(i, verbs)
        if following.tag_ in _QUESTION_TAGS:
            return self._doc[i].lower_ in {"so", "but"} and not self._joins_nouns(i, verbs)
        return not self._joins_nouns(i, verbs) and self._has_predicate(i, verbs)

    def _joined_to_fragment(self, i: int, verbs: list[int]) -> bool:
        """Tell whether a clause is joined to words that have no finite verb."""
        if self._doc[i + 1].tag_ in FINITE:
            return any(token.pos_ in _VERBS for token in self._doc[self._begun : i])
        verb = _verb(self._doc[verbs[0]])
        subject = _subject(verb)
        is_own = subject is not None and subject.i > i and verb.dep_ not in _RELATIVE
        return is_own and self._doc[i - 1].text == "," and self._words(self._begun, i) >= _FEWEST_OF_PHRASE

    def _joins_nouns(self, i: int, verbs: list[int]) -> bool:
        """Tell whether "and" joins nouns, the second of which has no verb of its own right behind it."""
        token = self._doc[i]
        second = next((t for t in token.head.children if t.dep_ == "conj" and t.i > i), None)
        if token.dep_ != "cc" or token.head.pos_ in _VERBS or second is None or second.pos_ in _VERBS:
            return False
        if _subject(second) or any(t.dep_ == "conj" and t.pos_ in _VERBS for t in second.children):
            return False
        between = self._doc[i : verbs[0]]
        return _verb(self._doc[verbs[0]]).dep_ in _RELATIVE or any(
            t.text == "," or t.tag_ in _QUESTION_TAGS or t.lower_ in _SUBORDINATING for t in between
        )

    def _has_predicate(self, i: int, verbs: list[int]) -> bool:
        """Tell whether what "and" begins has a predicate of its own."""
        verb = _verb(self._doc[verbs[0]])
        subject = _subject(verb)
        if subject is not None:
            if subject.i < i:
                return False  # both nouns are its subject
            if verb.dep_ not in _RELATIVE or verb.head.i <= i:
                return True
            others = [v for v in map(_verb, (self._doc[v] for v in verbs[1:])) if v.dep_ not in _RELATIVE]
            main_subject = _subject(others[0]) if others else None
            return bool(others) and (main_subject is None or main_subject.i >= i)
        if verb.dep_ == "conj" and verb.head.i <= i:
            joined_to = verb.head
            while joined_to.dep_ == "conj":
                joined_to = joined_to.head
            is_within = joined_to.dep_ in _RELATIVE and not self._is_set_off(joined_to)
            return not is_within and joined_to.dep_ not in {"xcomp", "pcomp"}
        return verb.dep_ not in _RELATIVE

    def _is_set_off(self, verb: Token) -> bool:
        first = verb.left_edge.i
        return first > self._first and self._doc[first - 1].text == ","

    def _begins_after_comma(self, i: int) -> bool:
        if self._is_fragment:
            return self._item_begins(i)
        token, verbs = self._doc[i], self._verbs_from(i)
        if token.tag_ in _QUESTION_TAGS and token.lower_ in {"which", "who", "whose"}:
            return True
        if verbs and self._has_own_subject(i, verbs[0]):
            return not self._goes_on_a_list(i)
        end = next((t.i for t in self._doc[i : self._end] if t.text in {",", ";", ":", "."}), self._end)
        is_long = min(self._words(self._begun, i), self._words(i, end)) >= _FEWEST_OF_PHRASE
        return is_long and not self._goes_on_a_list(i)

    def _has_own_subject(self, i: int, finite: int) -> bool:
        verb = _verb(self._doc[finite])
        subject = _subject(verb)
        return (
            subject is not None
            and subject.i >= i
            and verb.dep_ not in _RELATIVE
            and not any(token.text == "," for token in self._doc[i:finite])
        )

    def _goes_on_a_list(self, i: int) -> bool:
        """Tell whether what begins at token i is joined to a noun before it."""
        return any(
            token.dep_ == "conj"
            and token.head.i < i
            and token.pos_ not in _VERBS
            and _subject(token) is None
            and token.left_edge.i <= i <= token.i
            for token in self._doc[i : self._end]
        )

    def _item_begins(self, i: int) -> bool:
        """Tell whether an item of a list begins, where a sentence has no verb."""
        word = self._doc[i].lower_
        if word == "but" or self._joined_within(i):
            return False
        if word in _JOINING:
            # "a, b and c", but not "a and b".
            if not any(token.text == "," for token in self._doc[self._first : i]):
                return False
            if self._doc[i].dep_ == "cc" and self._doc[i].head.dep_ == "amod":
                return False
        end = next((t.i for t in self._doc[i + 1 : self._end] if t.text in {",", ";"}), self._end)
        return min(self._words(self._begun, i), self._words(i, end)) >= _FEWEST_WORDS

    def _joined_within(self, i: int) -> bool:
        """Tell whether what begins is joined to a noun other than the one that the fragment is about."""
        for token in self._doc[i : self._end]:
            if token.dep_ in {"conj", "appos"} and token.head.i < i and token.left_edge.i <= i + 1:
                head = token.head
                while head.dep_ in {"conj", "appos"}:
                    head = head.head
                return head.dep_ not in {"ROOT", "dep", "nsubj"}
            if token.text in {",", ";", "."}:
                break
        return False

    def _main_clause_begins(self, i: int) -> bool:
        """Tell whether the main clause begins after one that came first: "When it rings | nobody comes"."""
        passed_over = _JOINING | _BEFORE_CONJUNCTIONS
        opening = next(
            t for t in self._doc[self._begun :] if t.i >= i or not (t.is_punct or t.lower_ in passed_over)
        )
        first = opening.i
        is_conjunction = first < i and (opening.lower_ in _SUBORDINATING or self._is_pair(first))
        is_preposition = opening.dep_ in {"prep", "cc"} and opening.lower_ != "as"
        if not is_conjunction or is_preposition or not self._verbs_so_far(i):
            return False
        subjects = ((v, _subject(v)) for v in map(_verb, (self._doc[v] for v in self._verbs_from(i))))
        verb, subject = next(((v, s) for v, s in subjects if s is not None and s.i >= i), (None, None))
        if verb is None or subject is None or subject.left_edge.i != i:
            return False
        if any(t.dep_ == "mark" or t.tag_ in _QUESTION_TAGS for t in verb.children if t.i <= verb.i):
            return False
        is_known = verb.head.pos_ in {"VERB", "ADJ"} and verb.head.dep_ != "ROOT"
        if verb.dep_ == "ccomp" and verb.head.i < i and (is_known or verb.head.lemma_ in _KNOWING):
            return False
        return verb.dep_ not in _RELATIVE or subject.pos_ == "PRON"


def _verb(token: Token) -> Token:
    """Return the verb that a token helps, else the token."""
    return token.head if token.dep_ in {"aux", "auxpass"} else token


def _subject(verb: Token) -> Token | None:
    return next((token for token in verb.children if token.dep_ in _SUBJECTS), None)


def _in_relative(verb: Token) -> bool:
    return any(token.dep_ in _RELATIVE for token in (verb, *verb.ancestors))


def _word_count(doc: Doc, first: int, end: int) -> int:
    return sum(not token.is_punct and not token.is_space for token in doc[first:end])


def _joined(doc: Doc, pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pieces, those of a single word with the piece before them, or the first with the next one."""
    joined: list[tuple[int, int]] = []
    for piece in pieces:
        if joined and (min(_word_count(doc, *piece), _word_count(doc, *joined[-1])) < _FEWEST_WORDS):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _trimmed(doc: Doc, first: int, end: int) -> Span:
    """Return a piece as a span, without commas and dashes around it."""
    while first < end - 1 and (doc[first].is_space or doc[first].text in _AROUND):
        first += 1
    while first < end - 1 and (doc[end - 1].is_space or doc[end - 1].text in _AROUND):
        end -= 1
    last = doc[end - 1]
    return Span(doc[first].idx, last.idx + len(last))
