"""Codebooks that are damaged or made to do harm: each is one clear error, within a moment."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hostile_files import archive, far_cell, with_stated_size, workbook

from coder.errors import CancelledError, CoderError
from coder.formats.codebooks.reading import check_codebook, import_codebook, parse_codebook

if TYPE_CHECKING:
    from pathlib import Path

MANY = 4_000


def fault(path: Path, content: bytes) -> CoderError:
    """Write a codebook that cannot be read and return the error."""
    path.write_bytes(content)
    with pytest.raises(CoderError) as caught:
        import_codebook(path)
    return caught.value


def test_a_bad_zip_is_damaged(tmp_path: Path) -> None:
    """What begins like a workbook and ends anyhow is an error that names the file."""
    good = archive(workbook(far_cell("", "B4")))
    end = good.rindex(b"PK\x05\x06")
    damaged = (
        b"PK\x03\x04 and then nothing",
        good[: len(good) // 2],
        good[:-30],
        good[:40] + good[80:],
        good[: end + 16] + b"\xff\xff\xff\x7f" + good[end + 20 :],
        good.replace(b"PK\x01\x02", b"PK\x01\x03", 1),
        good.replace(b"\x08\x00", b"\x63\x00"),
    )
    for content in damaged:
        assert fault(tmp_path / "themes.xlsx", content).message.startswith("themes.xlsx ")


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_part_that_cannot_be_unpacked_is_damaged(tmp_path: Path, member: str) -> None:
    """Whatever is wrong inside the archive is an error that names the file."""
    good = archive(workbook(far_cell("", "B4")))
    at = good.index(member.encode()) + len(member)
    for junk in (b"\xff" * 20, b"\0" * 20):
        assert fault(tmp_path / "themes.xlsx", good[:at] + junk + good[at + 20 :]).message.startswith(
            "themes.xlsx "
        )


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    """Codebooks are read as carefully as surveys are."""
    error = fault(tmp_path / "themes.xlsx", archive(workbook(far_cell())))
    assert "a stray cell near XFD1048576" in error.message
    bomb = with_stated_size(archive(workbook("")), "xl/worksheets/sheet1.xml", 3 * 2**30)
    assert "unpacks to 3.0 GB" in fault(tmp_path / "themes.xlsx", bomb).message


def test_text_is_no_workbook(tmp_path: Path) -> None:
    """A CSV by the name of a workbook is told apart."""
    assert "it is text" in fault(tmp_path / "themes.xlsx", b"theme\nPay\n").message


def qdc(names: list[str], description: str = "") -> bytes:
    """Return a REFI-QDA codebook of codes."""
    codes = "\n".join(
        f'<Code guid="{UUID(int=n)}" name="{name}" isCodable="true">{description.format(n)}</Code>'
        for n, name in enumerate(names, 1)
    )
    return f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>\n{codes}\n</Codes></CodeBook>'.encode()


@pytest.mark.parametrize("description", ["", "<Description>Questions: Q{}</Description>"])
def test_thousands_of_equal_names_are_told_apart_at_once(tmp_path: Path, description: str) -> None:
    """Equal names are numbered, or left to their questions, without looking at all others for each."""
    path = tmp_path / "book.qdc"
    path.write_bytes(qdc(["Same"] * MANY, description))
    started = time.monotonic()
    themes = import_codebook(path).codebook.themes
    assert time.monotonic() - started < 4
    assert len({theme.id for theme in themes}) == MANY
    assert themes[-1].label == ("Same" if description else f"Same ({MANY})")


def test_names_in_use_are_left_out_of_the_numbering(tmp_path: Path) -> None:
    """A number that a name has already is passed over."""
    path = tmp_path / "book.qdc"
    path.write_bytes(qdc(["A", "A (2)", "A", "A", "A (3)"]))
    labels = [theme.label for theme in import_codebook(path).codebook]
    assert labels == ["A", "A (2)", "A (3)", "A (4)", "A (3) (2)"]


def test_too_many_elements_are_refused(tmp_path: Path) -> None:
    """A file of elements without end is no codebook."""
    content = qdc(["A"]).replace(b"</Codes>", b"<a/>" * 250_000 + b"</Codes>")
    assert "has more than 200,000 elements" in fault(tmp_path / "book.qdc", content).message


def test_reading_a_codebook_can_be_given_up(tmp_path: Path) -> None:
    """Whoever cancels the import of a survey does not wait for its codebook."""
    path = tmp_path / "book.qdc"
    path.write_bytes(qdc(["A"]))

    def cancel(_done: int, _total: int | None) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        import_codebook(path, cancel)


BOMBS = {
    "keywords": "themes:\n- {id: t0, label: T0, keywords: &k [" + "w, " * 1_000 + "w]}\n"
    + "".join(f"- {{id: t{n}, label: T{n}, keywords: *k}}\n" for n in range(1, 1_000)),
    "themes": "themes:\n- &t {id: a, label: A, keywords: [" + "w, " * 1_000 + "w]}\n" + "- *t\n" * 1_000,
    "laughs": "title: &a [" + "x, " * 9 + "x]\n"
    + "".join(f"k{n}: &{new} [{', '.join(['*' + old] * 10)}]\n"
              for n, (old, new) in enumerate(zip("abcdefgh", "bcdefghi", strict=True)))
    + "themes: []\n",
    "long text": f"themes:\n- {{id: t, label: T, definition: &d {'x' * 200_000}}}\n"
    + "".join(f"- {{id: t{n}, label: T{n}, definition: *d}}\n" for n in range(100)),
    "itself": "themes: &t\n- *t\n- {id: a, label: A}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", list(BOMBS))
def test_aliases_that_multiply_are_refused(name: str) -> None:
    """A short text in which aliases stand for millions of nodes has one fault, found at once."""
    started = time.monotonic()
    faults = check_codebook(BOMBS[name], "codebook.yaml")
    assert time.monotonic() - started < 5
    assert [fault.message for fault in faults] == [
        "Its aliases (*name) stand for too much: written out, the codebook would be too large."
    ]


def test_plain_anchors_stay() -> None:
    """Themes may share a list of keywords or a text."""
    text = "themes:\n- {id: t, label: T, definition: &d Any pay., keywords: &k [" + "pay, " * 49 + "pay]}\n"
    text += "".join(f"- {{id: t{n}, label: T{n}, definition: *d, keywords: *k}}\n" for n in range(300))
    assert {theme.definition for theme in parse_codebook(text, "codebook.yaml")} == {"Any pay."}


def test_a_pipe_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    """Neither is read."""
    pipe, huge = tmp_path / "pipe.yaml", tmp_path / "huge.yaml"
    os.mkfifo(pipe)
    with pytest.raises(CoderError, match=r"pipe\.yaml is not an ordinary file"):
        import_codebook(pipe)
    with huge.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CoderError, match=r"huge\.yaml has 1,024 MB; the limit is 20 MB"):
        import_codebook(huge)
