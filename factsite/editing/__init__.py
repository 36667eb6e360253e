"""Commands for editors: new files, looking things up, renaming, schemas for their tools."""
