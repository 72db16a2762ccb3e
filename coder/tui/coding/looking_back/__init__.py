"""What was written down and done: the journal of the study, and the steps of its coder."""
