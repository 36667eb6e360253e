"""Bytes → files in a folder of ours."""
