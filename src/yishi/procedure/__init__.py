"""May this act stand? Pure functions over frozen values; one file per topic."""
