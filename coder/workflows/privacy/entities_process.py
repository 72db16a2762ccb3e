"""What spaCy sees in texts, in a process of its own: texts come as lines of JSON, and what is seen goes so.

It loads spaCy, which the process of a screen must not.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.text.privacy.english_entities import EnglishEntities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_LOW_PRIORITY = 10


def main() -> int:
    """Answer each text with its entities until the input ends; return 1 after a complaint."""
    if hasattr(os, "nice"):
        os.nice(_LOW_PRIORITY)
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        try:
            for entities in EnglishEntities().of(_texts(sys.stdin)):
                print(json.dumps(entities), file=answers, flush=True)
        except CoderError as error:
            print(json.dumps({"message": error.message, "hint": error.hint}), file=answers, flush=True)
            return 1
    return 0


def _texts(lines: TextIO) -> Iterator[str]:
    for line in lines:
        yield json.loads(line)


if __name__ == "__main__":
    raise SystemExit(main())
