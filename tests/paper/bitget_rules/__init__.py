"""Bitget's trading rules, fact by fact: each is a case in V2 and in V3 where both have it, or named as left out."""
