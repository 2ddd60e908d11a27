"""What takes too long for a page to wait for (后台任务): asked for, taken by one process, made."""
