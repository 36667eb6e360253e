"""How work is done: on several processes, with room on disk, and not before it is asked for."""
