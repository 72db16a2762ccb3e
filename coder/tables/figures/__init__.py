"""Figures of cells: percentages, weighted or not, their bases, intervals and letters."""
