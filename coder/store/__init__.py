"""The study's database: what was answered, what was coded, and the log of how it came about."""
