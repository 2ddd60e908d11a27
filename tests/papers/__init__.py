"""Files of papers: what they are, what is taken, what is refused."""
