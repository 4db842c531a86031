"""OKX V5: configuration, channels, models, REST endpoints and the dialect of its streams."""
