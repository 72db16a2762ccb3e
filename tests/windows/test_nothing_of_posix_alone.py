"""On Windows there is no fcntl, no os.nice and no SIGKILL: nothing uses what it lacks without looking."""

from __future__ import annotations

import ast

import pytest
from package_source import sources
from posix_only import unguarded_uses, unsaid_encodings


def test_no_module_uses_what_windows_lacks() -> None:
    """Each use stands below a question for the system, or catches the lack."""
    found_in = {module: unguarded_uses(tree) for module, tree in sources().items()}
    assert {module: uses for module, uses in found_in.items() if uses} == {}


def test_every_text_says_its_encoding_and_its_line_ends() -> None:
    """Windows has encodings and line ends of its own, which nobody means."""
    lines = {module: unsaid_encodings(tree) for module, tree in sources().items()}
    assert {module: numbers for module, numbers in lines.items() if numbers} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl", "import resource, os", "from pwd import getpwnam", "import curses.ascii",
        "import os\nos.nice(10)", "import signal\nsignal.signal(signal.SIGALRM, f)", "from os import fork",
        "def f():\n    import termios", "flags = os.O_RDONLY | os.O_NOFOLLOW",
        "try:\n    import fcntl\nexcept OSError:\n    pass",
        "def f():\n    if sys.platform == 'win32':\n        pass\n    import fcntl",
        "def f():\n    if sys.platform == 'win32' and x:\n        return\n    import fcntl",
        "def f():\n    if sys.platform == 'win32':\n        return\n\ndef g():\n    import fcntl",
        "if platform:\n    os.killpg(1, 9)",
    ],
)  # fmt: skip
def test_an_unguarded_use_is_noticed(source: str) -> None:
    """Modules and names, at the top and inside functions, also where a guard is none."""
    assert len(unguarded_uses(ast.parse(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import os\nif hasattr(os, 'nice'):\n    os.nice(10)", "x = hasattr(os, 'getuid') and os.getuid()",
        "try:\n    import fcntl\nexcept ImportError:\n    fcntl = None",
        "with suppress(ImportError, OSError):\n    import fcntl\n    os.O_ASYNC",
        "def f():\n    if sys.platform == 'win32':\n        return\n    import fcntl",
        "if sys.platform != 'win32':\n    import fcntl", "getattr(signal, 'SIGKILL', None)",
        "import os, signal\nos.kill(1, signal.SIGTERM)",
    ],
)  # fmt: skip
def test_a_guarded_use_is_none(source: str) -> None:
    """Questions for the system and for the name, what catches the lack, and what Windows has as well."""
    assert unguarded_uses(ast.parse(source)) == []


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("p.read_text()", 1), ("p.read_text('utf-8')", 0), ("p.read_text(encoding='utf-8')", 0),
        ("p.write_text(t, encoding='utf-8')", 1), ("p.write_text(t, encoding='utf-8', newline='')", 0),
        ("open(p, 'w')", 1), ("p.open('wb')", 0), ("p.open('a', encoding='utf-8')", 1), ("p.open('r')", 1),
        ("subprocess.run(c, text=True)", 1), ("subprocess.run(c, encoding='utf-8')", 0),
        ("os.fdopen(f, 'w', encoding='ascii')", 1), ("view.open(number)", 0),
    ],
)  # fmt: skip
def test_an_unsaid_encoding_is_noticed(source: str, number: int) -> None:
    """Reading, writing and pipes; what is read and written as bytes has none."""
    assert len(unsaid_encodings(ast.parse(source))) == number
