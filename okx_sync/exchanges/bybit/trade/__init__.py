"""Orders and executions of V5."""
