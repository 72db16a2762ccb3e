"""Words that leave a study: what is taken out of answers, and what quotes it."""
