"""Bundles as files: a ZIP archive of JSON, read within limits and never unpacked to the disk.

`bundle.json` says what it is; `acts/WRITER.jsonl` has a line for each act of a writer; `survey.json` stands
in packs alone. Nothing in it is a path: members have these names or the file is refused.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an error

from coder.domain.copies.acts import WRITER, ActPlace, canonical, digest_of, link_of
from coder.domain.copies.bundles import Bundle, BundleHead, ChainEnd, PackedSurvey
from coder.domain.copies.received_acts import OddContentError, ReceivedAct, check_content
from coder.domain.copies.version_graph import Derived
from coder.domain.privacy.removals import read_redaction
from coder.domain.privacy.text_leaves import ways_of, written_ways
from coder.errors import CoderError
from coder.formats.bundles.locked_files import unlocked
from coder.formats.shared.text_in import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.domain.progress import Progress

SUFFIX = ".coderbundle"
_FORMAT, _VERSION, _VERSION_BEFORE = "coder bundle", 3, 2
"""What brings nothing that is known of single answers is written as before: older programs read it."""
_READ_VERSIONS = (1, 2, 3)
_MOST_BYTES = 2**29
"""Of the file."""
_MOST_UNPACKED = 2 * 2**30
"""Of all its members together."""
_MOST_LINE = 128 * 2**20
"""Of one act: a step over a million equal answers has half of it."""
_MOST_MEMBERS = 200_000
_HEAD, _SURVEY = "bundle.json", "survey.json"
_ACTS = re.compile(r"acts/([0-9a-f]{16})\.jsonl")
_DAMAGES = (
    BadZipFile, ZlibError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, RecursionError,
)  # fmt: skip


def written_bundle(bundle: Bundle, progress: Progress | None = None) -> bytes:
    """Return a bundle as a file has it; the same acts give the same bytes."""
    head, archive_bytes = bundle.head, io.BytesIO()
    written = 0
    total = sum(map(len, bundle.acts.values()))
    with ZipFile(archive_bytes, "w") as archive:
        _put(archive, _HEAD, json.dumps(_head_as_data(head, _version_of(bundle)), ensure_ascii=False))
        if bundle.survey is not None:
            _put(archive, _SURVEY, json.dumps(_survey_as_data(bundle.survey), ensure_ascii=False))
        for writer, acts in sorted(bundle.acts.items()):
            lines = [json.dumps(_act_as_data(act), ensure_ascii=False, separators=(",", ":")) for act in acts]
            _put(archive, f"acts/{writer}.jsonl", "".join(f"{line}\n" for line in lines))
            written += len(lines)
            if progress:
                progress(written, total)
    return archive_bytes.getvalue()


def _put(archive: ZipFile, name: str, text: str) -> None:
    # A fresh entry carries the first moment that the format knows.
    archive.writestr(ZipInfo(name), text.encode("utf-8", "surrogatepass"), ZIP_DEFLATED, 6)


def _version_of(bundle: Bundle) -> int:
    return _VERSION if bundle.survey and bundle.survey.answer_attributes else _VERSION_BEFORE


def _survey_as_data(survey: PackedSurvey) -> dict[str, Any]:
    members = survey._asdict()
    if not survey.answer_attributes:
        for name in _OF_ANSWERS:
            del members[name]
    return members


def _head_as_data(head: BundleHead, version: int) -> dict[str, Any]:
    return {
        "format": _FORMAT, "version": version, "kind": head.kind, "made": head.made, "by": head.by,
        "study": head.study, "person": head.person, "settings": head.settings,
        "chains": {writer: [end.acts, end.link.hex()] for writer, end in sorted(head.chains.items())},
        "derived": [[sorted(parents), sorted(kept)] for parents, kept in head.derived],
        "answers": dict(head.answers), "first_texts": dict(head.first_texts),
        "cuts": {answer: [list(cut) for cut in cuts] for answer, cuts in head.cuts.items()},
        "altered": sorted(head.altered_writers),
    }  # fmt: skip


def _act_as_data(act: ReceivedAct) -> list[Any]:
    place = act.place
    if act.content is None:
        return [place.number, place.clock, act.kind, act.digest.hex()]
    if act.altered:
        cuts = json.loads(act.altered)
        return [place.number, place.clock, act.kind, act.digest.hex(), act.content, cuts]
    return [place.number, place.clock, act.kind, act.salt.hex(), act.content]


class BundleFile:
    """A bundle that is being read.

    Args:
        path: Where it is.
        passphrase: What it was locked with, if it was.

    Raises:
        CoderError: It is no bundle, is damaged, unpacks to too much, or is locked with another passphrase.
    """

    def __init__(self, path: Path, passphrase: str = "") -> None:
        self.path = path
        with self._damage_told():
            content = unlocked(path, read_bytes(path, _MOST_BYTES), passphrase)
            self._archive = ZipFile(io.BytesIO(content))
            files = self._archive.infolist()
            names = [file.filename for file in files]
            fits = len(names) == len(set(names)) <= _MOST_MEMBERS and _HEAD in names
            if not fits or any(name not in (_HEAD, _SURVEY) and not _ACTS.fullmatch(name) for name in names):
                raise self._no_bundle()
            if sum(file.file_size for file in files) > _MOST_UNPACKED:
                msg = f"{path} unpacks to more than {_MOST_UNPACKED / 2**30:g} GB."
                raise CoderError(msg, "Is it the right file? Ask for it again.")
            self.head = self._head()

    def survey(self) -> PackedSurvey | None:
        """Return the answers that come with a pack."""
        if _SURVEY not in self._archive.namelist():
            return None
        with self._damage_told():
            return _survey(self._json(_SURVEY))

    def acts_of(self, writer: str) -> Iterator[ReceivedAct]:
        """Yield the acts of a writer, in order, once each is known to be of the right form and in its chain.

        Raises:
            CoderError: One is not.
        """
        end, link, count = self.head.chains[writer], b"", 0
        with self._damage_told(), self._archive.open(f"acts/{writer}.jsonl") as stream:
            while line := stream.readline(_MOST_LINE + 1):
                count += 1
                if len(line) > _MOST_LINE or not line.endswith(b"\n") or count > end.acts:
                    raise ValueError
                act = _act(writer, count, json.loads(line), link)
                link = act.link
                yield act
        if (count, link) != end:
            msg = f"{self.path} lacks acts, or they were changed: the chain of {writer} does not hold."
            raise CoderError(msg, _AGAIN)

    def _head(self) -> BundleHead:
        members = self._json(_HEAD)
        if not isinstance(members, dict) or members.get("format") != _FORMAT:
            raise self._no_bundle()
        if members.get("version") not in _READ_VERSIONS:
            msg = f"{self.path} was made by another version of coder."
            raise CoderError(msg, "Install the newer version on both machines.")
        head = BundleHead(
            kind="pack" if members["kind"] == "pack" else "send",
            made=_text(members["made"]), by=_text(members["by"]), study=_text(members["study"]),
            person=_text(members["person"]), settings=_text(members["settings"]),
            chains={
                _writer(writer): ChainEnd(_number(number), bytes.fromhex(link))
                for writer, (number, link) in members["chains"].items()
            },
            derived=[
                Derived(frozenset(map(_text, parents)), frozenset(map(_text, kept)))
                for parents, kept in members["derived"]
            ],
            answers={_text(answer): _text(version) for answer, version in members["answers"].items()},
            first_texts={
                _text(answer): _text(digest) for answer, digest in members.get("first_texts", {}).items()
            },
            cuts=read_redaction({"answers": members.get("cuts", {}), "kinds": {}}).cuts,
            altered_writers=frozenset(map(_writer, members.get("altered", []))),
        )  # fmt: skip
        if {f"acts/{writer}.jsonl" for writer in head.chains} != self._member_names():
            raise ValueError
        return head

    def _member_names(self) -> set[str]:
        return {name for name in self._archive.namelist() if name not in (_HEAD, _SURVEY)}

    def _json(self, name: str) -> Any:
        return json.loads(self._archive.read(name))

    def _damage_told(self) -> _DamageTold:
        return _DamageTold(self.path)

    def _no_bundle(self) -> CoderError:
        msg = f"{self.path} is no bundle of coder."
        return CoderError(msg, "Give the file that somebody made with: coder team send")


_AGAIN = "Ask for the file again: nothing was taken from it."


class _DamageTold:
    """Whatever reading a damaged file raises in the block is one CoderError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, CoderError) and not isinstance(error, OddContentError):
            return
        if isinstance(error, OddContentError):
            msg = f"{self._path} says what no version of coder writes: {error.message}"
            raise CoderError(msg, _AGAIN) from error
        if isinstance(error, (*_DAMAGES, LookupError, TypeError, AttributeError, MemoryError)):
            msg = f"{self._path} is damaged."
            raise CoderError(msg, _AGAIN) from error


def _act(writer: str, expected: int, members: Any, earlier: bytes) -> ReceivedAct:
    number, clock, kind, *rest = members
    if number != expected or kind not in ("step", "version", "event") or len(rest) not in (1, 2, 3):
        raise ValueError
    place = ActPlace(_number(clock), writer, _number(number))
    if len(rest) != 2:  # noqa: PLR2004 - of an act as it was made: salt and content
        digest = bytes.fromhex(rest[0])
        if len(digest) != 32:  # noqa: PLR2004 - bytes of SHA-256
            raise ValueError
        altered = written_ways(ways_of(rest[2])) if len(rest) > 1 else ""
        altered_content = check_content(kind, rest[1]) if altered else None
        link = link_of(earlier, kind, place, digest)
        return ReceivedAct(place, kind, b"", digest, link, altered_content, altered)
    salt, content = bytes.fromhex(rest[0]), check_content(kind, rest[1])
    if len(salt) > 32:  # noqa: PLR2004 - twice what any version writes
        raise ValueError
    digest = digest_of(salt, canonical(content))
    return ReceivedAct(place, kind, salt, digest, link_of(earlier, kind, place, digest), content)


def _text(content: Any) -> str:
    if not isinstance(content, str):
        raise TypeError
    content.encode("utf-8")
    return content


def _writer(content: Any) -> str:
    if not WRITER.fullmatch(_text(content)):
        raise ValueError
    return str(content)


def _number(content: Any) -> int:
    if not isinstance(content, int) or isinstance(content, bool) or not 0 < content < 10**12:
        raise ValueError
    return content


def _bytes(content: Any) -> str:
    return bytes.fromhex(_text(content)).hex()


def _count(content: Any) -> int:
    return content if content == 0 and isinstance(content, int) else _number(content)


_ROWS: Mapping[str, Sequence[Callable[[Any], Any]]] = {
    "questions": (_text, _count, _text, _count),
    "attributes": (_text, _count, _text),
    "respondents": (_number, _text),
    "attribute_values": (_number, _text, _text),
    "responses": (_number, _text, _number, _text, _count, _count, _text),
    "text_salts": (_number, _bytes, _bytes),
    "answer_attributes": (_text, _count, _text),
    "answer_values": (_number, _text, _text),
}
_OF_ANSWERS = ("answer_attributes", "answer_values")
"""The tables that came with version 3."""


def _survey(members: Any) -> PackedSurvey:
    later: dict[str, Any] = dict.fromkeys(("text_salts", *_OF_ANSWERS), ())
    if not isinstance(members, dict) or (later | members).keys() != _ROWS.keys():
        raise ValueError
    tables: dict[str, list[list[Any]]] = {}
    for name, checks in _ROWS.items():
        tables[name] = [
            [check(cell) for check, cell in zip(checks, row, strict=True)] for row in members.get(name, ())
        ]
    if any(row[5] not in (0, 1) for row in tables["responses"]):
        raise ValueError
    _refuse_odd_values(tables)
    return PackedSurvey(**tables)


def _refuse_odd_values(tables: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Raise ValueError if what is known of answers is of none that is there, nameless, or told twice."""
    names = [name for name, *_ in tables["answer_attributes"]]
    numbers = {number for number, *_ in tables["responses"]}
    cells = {(number, name) for number, name, _ in tables["answer_values"]}
    if len(set(names)) < len(names) or len(cells) < len(tables["answer_values"]):
        raise ValueError
    if {""}.union(name for name, *_ in tables["attributes"]).intersection(names):
        raise ValueError
    if any(
        number not in numbers or name not in names or not cell
        for number, name, cell in tables["answer_values"]
    ):
        raise ValueError
