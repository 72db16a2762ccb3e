"""The study's own codebook format: YAML that people edit and git compares."""
