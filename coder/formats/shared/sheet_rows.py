"""How high rows of a worksheet are: programs other than Excel do not make room for lines that are broken."""

from __future__ import annotations


def lines_in_cell(text: str, letters: float) -> int:
    """Return how many lines a text takes where about so many letters stand on one, broken between words."""
    count = 0
    for line in text.split("\n"):
        count += 1
        used = 0
        for word in line.split(" "):
            if used and used + 1 + len(word) > letters:
                count += 1
                used = 0
            used += len(word) + (1 if used else 0)
            while used > letters >= 1:
                # A word that is wider is broken itself.
                count += 1
                used -= int(letters)
    return count
