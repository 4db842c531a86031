"""``okx-sync doctor``: what keeps a program from the exchange, found step by step, each with its cure."""
