"""How the office's papers look: kept by the office, version by version (单位公文格式)."""
