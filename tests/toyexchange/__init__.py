"""A made-up exchange, whole in one folder: what adding another one takes, without an edit anywhere else.

The files have the names of ``okx_sync/exchanges/<name>/``; ``client`` is the facade, ``server`` the exchange itself.
Its wire is unlike the others on purpose: messages are lists, topics are texts with a slash, requests are all
or nothing.
"""
