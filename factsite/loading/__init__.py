"""Files → validated entries, or what is wrong with them, in the editor's words."""
