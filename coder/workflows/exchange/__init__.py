"""Surveys and codings from outside into a study, and codings out of it."""
