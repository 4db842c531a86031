"""Bybit's trading rules, fact by fact: each is a case, uncertain, or named as left out."""
