"""Block trades that are asked for by quote (RFQ)."""
