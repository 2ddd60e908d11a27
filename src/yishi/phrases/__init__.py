"""The office's own ready-made phrases (常用语): one tap puts them into a record."""
