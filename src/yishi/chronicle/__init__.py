"""Between the procedure and the journal: what was judged and what happened, as entries and back."""
