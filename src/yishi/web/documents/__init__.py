"""Official papers to take along: each says what the page beside it says, to whom it says it."""
