"""Pages, one folder a subject. A view builds an act and shows a verdict; it decides nothing."""
