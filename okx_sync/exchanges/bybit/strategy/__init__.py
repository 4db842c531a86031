"""Orders that Bybit works by itself: TWAP, iceberg, chase, percentage of volume."""
