"""Entries → one linked site: references, quotes, mentions, backlinks."""
