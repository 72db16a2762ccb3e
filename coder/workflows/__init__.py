"""The use cases, one transaction each; screens and commands call these and nothing below them writes."""
