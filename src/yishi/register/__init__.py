"""Tables derived from the journal: what is listed, searched, counted. Rebuilt at will."""
