"""Copy trading."""
