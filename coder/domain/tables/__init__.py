"""What is counted and reported, as values: tables, matrices, quotes, reports."""
