"""What a study holds and counts, for those who analyse it in Python."""
