"""The one door for writing: read, decide, append, follow, queue, in one transaction."""
