"""OKX's wire at the paper exchange: WebSocket sessions, order entry and REST, over the venue."""
