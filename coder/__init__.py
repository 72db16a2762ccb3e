"""Turn open survey answers into numbers one can defend, on one's own machine."""

__version__ = "0.1.0"
