"""The REST endpoints over the venue."""
