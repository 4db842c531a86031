"""Reference data: instruments, prices other than trades, funding, options, settlements."""
