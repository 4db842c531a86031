"""Listings read to their end: which request comes next, which rows are new, when it is over."""
