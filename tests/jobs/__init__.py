"""What is made in the background."""
