"""OKX's trading rules, fact by fact: each is a case, or named as left out."""
