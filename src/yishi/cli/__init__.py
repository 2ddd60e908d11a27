"""The one command, `yishi`."""
