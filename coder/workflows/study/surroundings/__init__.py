"""Where a study lies, and what lies beside its files: synchronised folders, networks, second versions."""
