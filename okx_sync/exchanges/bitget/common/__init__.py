"""What Bitget's API has for all products: time, announcements, fee rates, totals of an account."""
