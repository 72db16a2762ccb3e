"""Texts that would be acted upon, by one format or another, if they were not shown as they are."""

from __future__ import annotations

CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
"""Control characters, but for the tab and the ends of lines."""

ATTACKS = (
    "a | b || c", "\\", "a\\", "\\|", "a\\\\|b", "one\ntwo", "one\r\ntwo", "# one", "## two ##", "- one",
    "+ one", "* one", "1. one", "12) one", "> one", "===", "---", "***", "`code`", "```", "    four",
    "[a](b)", "![a](b)", "[a]: b", "&amp; &lt;", "<script>alert(1)</script>", "<b>", "<!-- -->", "]]>",
    "--> <x>", "\" onload=\"x", "' x='", "</td></tr></table>", "</title><script>", "{}%$#&_~^",
    "$x$ $$y$$ \\(z\\)", "{% raw %}", "\\input{/etc/passwd}", "\\end{document}", "^^5cend",
    "-- --- ,, '' `` << >>", "*", "[", "=1+1", "+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")",
    "\t=1", "\uff1d1", "=cmd|' /C calc'!A0", "$A$1", "&C&P", "{=1}", "ab\u202edc", "\u2066ab",
    "\u202b\u2067ab\u202c", "a\u200fb", "a\u200bb\ufeff", "x" + CONTROLS + "y",
)  # fmt: skip
