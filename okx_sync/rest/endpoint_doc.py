"""What a call raises, in the docstring of each declared endpoint.

Most of it follows from the declaration: whether the call reads or writes, needs a key, is about orders. A method's own
``Raises:`` says more of some errors; those lines stay, and what is missing is put behind them.
"""

from __future__ import annotations

import inspect
import re
from typing import Final

__all__ = ["with_raises"]

_ERROR: Final = re.compile(r"^    ([A-Z]\w+):", re.MULTILINE)
_REFUSED: Final = "OkxApiError: The exchange refused it; ``code`` and the text say why."
_KEY: Final = "OkxAuthError: Key, passphrase, signature, clock, region or permission was not accepted."
_NO_ANSWER: Final = "OkxHttpError: No usable answer came, after the call was repeated (``OkxTimeoutError``: in time)."
_UNREADABLE: Final = "DecodeError: The answer is not what the exchange's page says."
_IN_DOUBT: Final = "OkxHttpError: No usable answer came; ``retryable`` says whether it was certainly not carried out."
_NOT_SENT: Final = "OkxHttpError: It could not be sent, or was refused for its rate (``OkxRateLimitError``)."
_ORDER_IN_DOUBT: Final = "OrderStatusUnknown: No answer says what became of the order."
_ARGUMENT: Final = "ConfigError: An argument is missing or cannot be right; nothing was sent."
_CREDENTIALS: Final = "ConfigError: An argument or the credentials are missing or cannot be right; nothing was sent."
_SWITCHED_OFF: Final = "ReadOnlyError: The client may only read; nothing was sent (``DryRun``: nor is it in a dry run)."


def with_raises(text: str | None, *, reads: bool, auth: bool, is_order: bool) -> str | None:
    """Return an endpoint's docstring with all that a call of it may raise.

    Args:
        text: The docstring as written; None where the interpreter has dropped it.
        reads: Whether the call only reads.
        auth: Whether it needs a key.
        is_order: Whether it sends, changes or cancels orders.
    """
    if text is None:
        return None
    written, _, page = inspect.cleandoc(text).partition("\nSource:")
    body, has_own, own = written.partition("\nRaises:\n")
    known = set(_ERROR.findall(own))
    missing = [f"    {line}" for line in _lines(reads, auth, is_order) if line.partition(":")[0] not in known]
    parts = [body.rstrip(), "\n".join(["Raises:", *([own.rstrip()] if has_own else []), *missing])]
    if page:
        parts.append(f"Source:{page}")
    return "\n\n".join(parts)


def _lines(reads: bool, auth: bool, is_order: bool) -> list[str]:
    doubt = [_NO_ANSWER, _UNREADABLE] if reads else [_IN_DOUBT]
    if is_order:
        doubt = [_ORDER_IN_DOUBT, _NOT_SENT]
    refused = [_REFUSED, _KEY] if auth else [_REFUSED]
    return [*refused, *doubt, _CREDENTIALS if auth else _ARGUMENT, *([] if reads else [_SWITCHED_OFF])]
