"""DCA bots and recurring buys."""
