"""The office's ready-made phrases (常用语)."""
