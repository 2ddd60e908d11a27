"""Messages owed to people: queued in the transaction that causes them, delivered with retries."""
