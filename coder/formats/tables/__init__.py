"""Printed tables in every file format."""
