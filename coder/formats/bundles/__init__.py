"""Bundles: files with which copies of a study become one."""
