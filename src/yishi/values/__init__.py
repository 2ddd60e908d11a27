"""The smallest words of the house: identifiers, sealed text, values on the wire (pure)."""
