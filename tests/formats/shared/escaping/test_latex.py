"""Texts in LaTeX, compiled by pdfLaTeX and read from the page that it made."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from attacks import ATTACKS, CONTROLS

from coder.formats.shared.escaping.latex import in_tex

if TYPE_CHECKING:
    from pathlib import Path

_LINES = """\
\\documentclass[a4paper]{article}\\usepackage[T1]{fontenc}\\usepackage{longtable,lmodern}
\\pagestyle{empty}\\begin{document}\\begin{longtable}{lr}
%s
\\end{longtable}\\end{document}
"""
NOT_IN_T1 = "\u0126\u0127\u0138\u013f\u0140\u0149\u0166\u0167\u017f"
"""Letters of Maltese, Greenlandic, Catalan and Sami, and those no longer written."""
_TYPOGRAPHY = {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\ufffd": "?"}


def test_special_signs_are_written_out() -> None:
    """By hand: what is a command to LaTeX is none any more."""
    assert in_tex("50% of a_b {c} & #1") == "50\\% of a\\_b \\{c\\} \\& \\#1"
    assert in_tex("\\x ~ ^ $") == "\\textbackslash{}x \\textasciitilde{} \\textasciicircum{} \\$"
    assert in_tex("*a [b] --") == "{*}a {[}b{]} -{}-{}"
    assert in_tex(",, ''") == ",{}, '{}'"
    assert in_tex("\u1e83 \u1e80 w\u0301 \u1e69") == "\\'{w} \\`{W} \\'{w} \\.{\\d{s}}"
    assert in_tex("\u2265 65") == "$\\geq$ 65"
    assert in_tex("a\u202eb\u200b") == "ab"
    assert (
        in_tex(f"a{CONTROLS}b".replace("\x0b", ""))
        == "a" + "\\allowbreak{}".join(("?" * 7, *["?" * 8] * 2, "?" * 5)) + "?b"
    )


@pytest.mark.skipif(
    shutil.which("pdflatex") is None or shutil.which("pdftotext") is None, reason="TeX is not installed"
)
def test_the_page_shows_them(tmp_path: Path) -> None:
    """Each text as the label of a row: no error, and it is read from the page as it was."""
    texts = [text for text in ATTACKS if text.isascii() or "\u202e" in text or "\u2066" in text]
    rows = "\n".join(f"{in_tex(text)} & N{number}E \\\\" for number, text in enumerate(texts))
    (tmp_path / "a.tex").write_text(_LINES % rows, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-2000:]
    command = ["pdftotext", "-raw", "a.pdf", "-"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
    read = run.stdout.decode()
    for sign, plain_sign in _TYPOGRAPHY.items():
        read = read.replace(sign, plain_sign)
    labels = re.split(r"N\d+E", re.sub(r"\s|\f", "", read))
    for label, text in zip(labels, texts, strict=False):
        expected = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
        expected = "".join("?" if letter in CONTROLS else letter for letter in expected)
        assert label == re.sub(r"\s", "", expected), text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="TeX is not installed")
def test_pdflatex_sets_accents_and_signs(tmp_path: Path) -> None:
    """Latin letters of whatever language, in either form, and the signs of figures and ages: no error."""
    letters = (
        chr(number)
        for block in ((0xA1, 0x180), (0x1E80, 0x1E86), (0x1EF2, 0x1EF4))
        for number in range(*block)
    )
    texts = [
        *(letter for letter in letters if letter not in NOT_IN_T1),
        *(
            "e\u0301",
            "w\u0302",
            "\u2264",
            "\u2265",
            "\u2260",
            "\u2248",
            "\u2212",
            "\u221e",
            "\u2032",
            "\u25cf",
        ),
        *("1\u202f000", "a\u2009b", "a\u2002b", "\u201cx\u201d", "\u2013", "\u2026", "\u20ac", "\u25cf"),
    ]
    rows = "\n".join(f"{in_tex(text)} & {number} \\\\" for number, text in enumerate(texts))
    (tmp_path / "a.tex").write_text(_LINES % rows, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-2000:]
