"""Commands one after the other in one process: `python -m benchmarks.faults.command_runner`.

A line of JSON on stdin is the arguments of a command; a line on stdout how it ended. A thousand commands in
processes of their own would take ten times as long.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import traceback
from typing import IO, Any

from coder.cli import main as run_command


def main() -> None:
    """Run what is asked for until stdin ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        os.dup2(stdout.fileno(), 1)
        os.dup2(stderr.fileno(), 2)
        for line in sys.stdin:
            code = _run(json.loads(line))
            answers.write(json.dumps({"code": code, **_texts(stdout, stderr), "megabytes": _megabytes()}))
            answers.write("\n")
            answers.flush()


def _run(arguments: list[str]) -> int:
    try:
        return run_command(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001  # whatever comes is what is looked for
        traceback.print_exc()
        return 1


def _texts(stdout: IO[bytes], stderr: IO[bytes]) -> dict[str, Any]:
    """Return what the command has written, and empty the files."""
    sys.stdout.flush()
    sys.stderr.flush()
    texts = {}
    for name, file in (("stdout", stdout), ("stderr", stderr)):
        file.seek(0)
        texts[name] = file.read().decode("utf-8", "replace")
        file.seek(0)
        file.truncate()
    return texts


def _megabytes() -> float:
    """Return the most memory that this process, or one that it started, has taken."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(whose).ru_maxrss for whose in who) / 1024


if __name__ == "__main__":
    main()
