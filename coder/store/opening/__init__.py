"""What is made sure of before a study's database is read or changed, and what SQLite's complaints mean."""
