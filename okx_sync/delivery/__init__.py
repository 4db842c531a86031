"""From events to the user: routing, bounded mailboxes, and the thread that runs callbacks."""
