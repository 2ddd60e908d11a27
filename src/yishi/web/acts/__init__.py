"""Every act as a form: its fields from the act itself, its choices from the state, its help from
the rules that will judge it."""
