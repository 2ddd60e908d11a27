"""Private notes (个人笔记): written beside an item, read by nobody else."""
