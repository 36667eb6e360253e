"""The finished files read back as a stranger would, before anything is written."""
