"""Word templates of an office's own: looked through when they come, filled in a process apart."""
