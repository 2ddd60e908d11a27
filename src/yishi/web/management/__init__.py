"""What the command line has done by the application, which it knows by name only."""
