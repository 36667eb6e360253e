"""The linked site → pages: which there are, and exactly what each shows."""
