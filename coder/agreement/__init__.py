"""How far coders who read the same answers chose the same themes. Knows no files, database or screen.

What is measured, from which sources, and how to read it: docs/agreement.md.
"""
