"""Quotes as files."""
