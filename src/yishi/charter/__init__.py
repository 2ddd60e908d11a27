"""Rules of procedure as data: read, date and cite clauses; workdays; coverage (pure)."""
