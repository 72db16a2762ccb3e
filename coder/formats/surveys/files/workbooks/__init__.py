"""Workbooks: what calamine gives of a sheet, and what it leaves out."""
