"""Bytes in, bytes out: the socket, the link that keeps one URL alive, and the heartbeat."""
