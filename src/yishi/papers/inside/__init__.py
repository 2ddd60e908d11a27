"""What is inside a file that somebody handed in; runs only in a process of its own (`apart`)."""
