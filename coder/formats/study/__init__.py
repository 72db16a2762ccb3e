"""The settings of a study in `study.toml`."""
