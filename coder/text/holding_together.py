"""Words of a parsed sentence that belong to what stands right before them: no clause begins with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
"""Tags of finite verbs."""
_ASKING = frozenset(
    ("ask", "check", "decide", "doubt", "enquire", "find", "inquire", "know", "mind", "remember", "say",
     "see", "sure", "tell", "unsure", "wonder")
)  # fmt: skip
"""Verbs, and adjectives like them, after which "if" means "whether"."""
_THINKING = frozenset(("believe", "do", "guess", "hope", "say", "suppose", "think"))
"""Verbs after which "so" stands for what was said."""
_PREDICATIVE = frozenset(("if", "when", "because"))
_HALF_SAID = frozenset(
    ("i", "we", "he", "she", "they", "a", "an", "the", "my", "our", "your", "his", "their", "very", "too")
)
"""Words after which something must follow in the same clause."""
_SINGLE_JOINED = frozenset(("and", "or", "&", "nor"))
_SAME_KIND = frozenset(("JJ", "JJR", "NN", "NNS", "RB", "VB", "VBG", "VBN"))
"""Tags of words that stand side by side in a list of single words; verbs that are finite do not."""
_CLOSING_QUOTES = frozenset(('"', "\u201d", "\u2019", "''"))
_OPENING_BRACKET, _CLOSING_BRACKET = "(", ")"
_FEWEST_IN_BRACKETS = 2


def holds_together(doc: Doc, i: int) -> bool:
    """Tell whether token i, which is not the first, belongs to the clause of the token before it."""
    token, previous = doc[i], doc[i - 1]
    if token.text == "[" or previous.text == "]":
        return True  # something was left out, which the sentence needs
    if previous.text == _CLOSING_BRACKET or token.text == _OPENING_BRACKET:
        return _is_short_bracket(doc, i)
    return previous.lower_ in _HALF_SAID or _closes_quote(token, previous) or _is_tied_by_word(doc, i)


def _is_tied_by_word(doc: Doc, i: int) -> bool:
    """Tell whether token i, or the comma before it, joins less than clauses."""
    token, previous = doc[i], doc[i - 1]
    word = token.lower_
    if word == "so":
        return previous.lemma_.lower() in _THINKING or _heightens(token)
    if word in _PREDICATIVE and previous.lemma_ == "be":
        return True  # "the only way is if"
    if word == "if":
        return _means_whether(doc, i)
    if word in _SINGLE_JOINED:
        return _joins_single_words(doc, i)
    if previous.text == ",":
        return _goes_on_single_words(doc, i)
    return i > 1 and doc[i - 2].lower_ == "how"  # "how long it took"


def _closes_quote(token: Token, previous: Token) -> bool:
    return token.text in _CLOSING_QUOTES and not previous.whitespace_


def _is_short_bracket(doc: Doc, i: int) -> bool:
    """Tell whether a bracket that begins at token i, or ends before it, holds a word at most."""
    if doc[i].text == _OPENING_BRACKET:
        return any(token.text == _CLOSING_BRACKET for token in doc[i + 1 : i + _FEWEST_IN_BRACKETS + 1])
    return any(token.text == _OPENING_BRACKET for token in doc[max(0, i - 1 - _FEWEST_IN_BRACKETS) : i])


def _heightens(so: Token) -> bool:
    """Tell whether "so" makes the next word stronger: "so much", "so many people"."""
    return so.dep_ == "advmod" and so.head.i == so.i + 1 and so.head.pos_ in {"ADJ", "ADV"}


def _means_whether(doc: Doc, i: int) -> bool:
    """Tell whether an "if" begins what is asked or known: "they asked me if I was well"."""
    previous = doc[i - 1]
    if i > 1 and previous.tag_ == "PRP":
        previous = doc[i - 2]
    verb = doc[i].head
    asks = previous.lemma_.lower() in _ASKING or previous.lower_ in _ASKING
    return asks or (doc[i].dep_ == "mark" and verb.dep_ == "ccomp" and verb.head.i < i)


def _joins_single_words(doc: Doc, i: int) -> bool:
    """Tell whether "and" joins single words, not clauses: "kind and caring", "to film or monitor"."""
    previous, following = doc[i - 1], doc[i + 1 : i + 3]
    if not following or previous.is_punct:
        return False
    if following[0].dep_ == "conj" and following[0].head.i == i - 1:
        has_predicate = len(following) > 1 and following[1].tag_ in FINITE
        return previous.tag_ == following[0].tag_ and previous.tag_ in _SAME_KIND and not has_predicate
    # "were kind and very helpful"
    joined = next((token for token in following if token.dep_ == "conj" and token.head.i < i), None)
    return (
        joined is not None
        and joined.pos_ == "ADJ"
        and all(child.dep_ != "nsubj" for child in joined.children)
    )


def _goes_on_single_words(doc: Doc, i: int) -> bool:
    """Tell whether a comma stands between two single words of a list: "hear, understand or remember"."""
    token, listed = doc[i], doc[max(0, i - 2)]
    side_by_side = token.dep_ == "amod" == listed.dep_ and token.head == listed.head
    return side_by_side or (
        token.dep_ == "conj"
        and token.head == listed
        and token.tag_ == listed.tag_
        and token.tag_ in _SAME_KIND
    )
