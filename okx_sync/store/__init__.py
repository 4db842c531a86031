"""What was received, kept: recordings of raw messages, replay, tables. Needs the extra ``store``."""
