"""How far coders who read the same answers chose the same themes. Knows no files, database or screen."""
