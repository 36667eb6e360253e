"""Saved pages and raw texts → article files."""
