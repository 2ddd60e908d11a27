"""The office's own face (单位公文格式): how its papers look, each version kept."""
