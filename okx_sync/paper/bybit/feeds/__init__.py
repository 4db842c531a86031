"""Who makes the pushes of Bybit's topics."""
