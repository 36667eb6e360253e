"""Tests: a folder for each of the engine’s; what takes the whole engine stands beside them."""
