"""Draft themes, and what was read before they came: kept among the study's settings."""
