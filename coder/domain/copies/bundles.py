"""What a bundle holds: acts of a copy of a study, and for a pack the answers that one person needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.copies.version_graph import Derived
    from coder.domain.privacy.text_cuts import TextCut

BundleKind = Literal["send", "pack"]


class ChainEnd(NamedTuple):
    """How far the acts of a writer go."""

    acts: int
    link: bytes
    """Of the last one."""


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What a bundle says of itself."""

    kind: BundleKind
    made: str
    """When, in UTC."""
    by: str
    """The name of who made it."""
    study: str
    """The title of the study."""
    person: str = ""
    """Of a pack: the id of the person it is for."""
    settings: str = ""
    """The text of study.toml."""
    chains: Mapping[str, ChainEnd] = field(default_factory=dict)
    """The writers whose acts are in it."""
    derived: Sequence[Derived] = ()
    """Versions of the codebook that the acts refer to, and that the program works out."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The ids of the answers that acts refer to, with the version of the text of each."""
    first_texts: Mapping[str, str] = field(default_factory=dict)
    """The same with what names the text that each first had, if anything: see `store.privacy.text_salts`."""
    cuts: Mapping[str, tuple[TextCut, ...]] = field(default_factory=dict)
    """The same with what was cut out of each, where something was; as it was made."""
    altered_writers: frozenset[str] = frozenset()
    """The writers of whose acts some are no longer as they were made."""


class PackedSurvey(NamedTuple):
    """The answers that one person needs, as rows of the study they come from."""

    questions: Sequence[Sequence[Any]] = ()
    """Id, position, label and boxes of each."""
    attributes: Sequence[Sequence[Any]] = ()
    """Name, position and label of each."""
    respondents: Sequence[Sequence[Any]] = ()
    """Number and id of each."""
    attribute_values: Sequence[Sequence[Any]] = ()
    """Respondent, attribute and value."""
    responses: Sequence[Sequence[Any]] = ()
    """Number, id, respondent, question, item, answered (0 or 1) and text of each."""
    text_salts: Sequence[Sequence[Any]] = ()
    """Response, salt and digest, in hexadecimal digits, by which the text that it first had is known."""
    answer_attributes: Sequence[Sequence[Any]] = ()
    """Name, position and label of each."""
    answer_values: Sequence[Sequence[Any]] = ()
    """Response, attribute and value."""


class Bundle(NamedTuple):
    """A bundle as a whole."""

    head: BundleHead
    acts: Mapping[str, Sequence[ReceivedAct]]
    """By writer, in order: of those that the reader asked for."""
    survey: PackedSurvey | None = None


VERSION_BYTES = 16
"""How much of an answer's hash tells its version."""


def text_version(text_hash: bytes) -> str:
    """Return what tells versions of an answer's text apart, given its hash."""
    return text_hash[:VERSION_BYTES].hex()
