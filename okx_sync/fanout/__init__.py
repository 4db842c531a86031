"""One process with sockets and key, any number of followers: what was received, handed on over Redis Streams."""
