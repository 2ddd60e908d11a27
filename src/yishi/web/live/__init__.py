"""The meeting in progress, live on every screen: what moved is told by server-sent events."""
