"""Merge news articles with hand-written claim files into a static fact-check site."""

__version__ = "0.1.0"
