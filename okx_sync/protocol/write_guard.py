"""The safety switches ``read_only`` and ``dry_run``: what is about to be sent passes here first. No I/O.

REST calls and operations on streams ask the same guard, so that one switch holds for both.
"""

from __future__ import annotations

from attrs import frozen

from okx_sync import logs
from okx_sync.errors import DryRun, ReadOnlyError

__all__ = ["STREAM", "WriteGuard"]

STREAM = "WS"
"""The ``method`` of an operation on a stream."""


@frozen
class WriteGuard:
    """Lets everything pass, or nothing that changes something at the exchange.

    Args:
        read_only: Wins when both are on.
        dry_run: Checks everything and sends nothing.
        environment: For the errors.
    """

    read_only: bool = False
    dry_run: bool = False
    environment: str | None = None

    def check(self, method: str, path: str, body: str) -> None:
        """Ask before sending anything that changes something: both switches at once.

        Args:
            method: Of the call; :data:`STREAM` for an operation on a stream.
            path: Of the call, or the operation's name.
            body: The exact text that is to go out.

        Raises:
            ReadOnlyError: Nothing may be changed.
            DryRun: With what would have been sent.
        """
        self.check_read_only(method, path)
        self.check_dry_run(method, path, body)

    def check_read_only(self, method: str, path: str) -> None:
        """Raise ``ReadOnlyError`` when nothing may be changed; before any other check of the call."""
        if self.read_only:
            raise ReadOnlyError(
                f"{method} {path} was not sent: this client only reads",
                environment=self.environment,
                hint="make a client without read_only=True to trade",
            )

    def check_dry_run(self, method: str, path: str, body: str) -> None:
        """Raise ``DryRun`` with what would have been sent; after every other check of the call."""
        if self.dry_run:
            raise DryRun(
                f"{method} {path} was checked and not sent: this is a dry run",
                method=method,
                path=path,
                body=logs.redact(body),  # no error holds a secret; what trades has none in it
                environment=self.environment,
                hint="what would have been sent is in .body; make a client without dry_run=True to send it",
            )
