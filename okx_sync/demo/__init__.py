"""The demo behind ``okx-sync demo``.

One run is a ``session``: callbacks feed the ``board``, the ``strategy`` trades, and a ``frame`` is what the screens
(``view`` or ``plain``) draw of it; ``verdict`` says how it ended.
"""
