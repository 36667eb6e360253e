"""Tests, one module for each of the engine: `pytest tests/test_quotes.py` is about `factsite/linking/quotes.py`."""
