"""Settings of an account: margin mode, fees, market-maker protection, what stands behind orders."""
