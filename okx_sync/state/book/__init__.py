"""The order book: changes go in, and it is never shown as valid when it is not known to be."""
