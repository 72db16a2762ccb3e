"""Turn open survey answers into numbers one can defend, on one's own machine."""

from coder.version import __version__

__all__ = ["__version__"]
