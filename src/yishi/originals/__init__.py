"""What was issued, byte for byte: never altered, found by its digest (原件)."""
