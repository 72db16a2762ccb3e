"""What concerns the study and the whole of a coder's work: the journal, the steps, the settings."""
