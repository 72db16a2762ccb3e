"""Survey files in: rows read, columns understood, respondents and answers built."""
