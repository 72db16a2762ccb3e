"""What the table `setting` holds beside single values: what is promised to study.toml, notes on steps."""
