"""What a publisher carries out for followers: which verbs, and for which instruments."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, Self

import attrs

from okx_sync.errors import ConfigError, NotAllowedError

__all__ = ["VERBS", "ServingRules"]

VERBS: Final = (
    "place", "amend", "cancel", "cancel_all", "close_position", "place_algo", "amend_algo", "cancel_algo",
)  # fmt: skip
"""What followers may be allowed to do with ``feed.orders`` and its handles."""

_VERB_LIKE: Final = re.compile(r"[a-z_]+")
_ALL: Final = "all"


@attrs.frozen
class ServingRules:
    """Which verbs are carried out, and for which instruments; ``instruments`` None: for all."""

    verbs: tuple[str, ...]
    instruments: tuple[str, ...] | None

    @classmethod
    def of(cls, allow: Collection[str] | str) -> Self:
        """Read what a user allows. Raises ``ConfigError`` for what is neither a verb nor the name of an instrument."""
        if isinstance(allow, str):
            if allow != _ALL:
                raise ConfigError(f"allow cannot be {allow!r}", hint='allow="all", or names in a list')
            return cls(VERBS, None)
        names = list(allow)
        for name in names:
            if not isinstance(name, str) or not name.strip() or (_VERB_LIKE.fullmatch(name) and name not in VERBS):
                raise ConfigError(
                    f"allow cannot have {name!r}", hint=f"names of instruments, or of these: {', '.join(VERBS)}"
                )
        if not names:
            raise ConfigError("allow is empty", hint='name what followers may do; allow="all" for all of it')
        verbs = tuple(name for name in names if name in VERBS)
        instruments = tuple(name for name in names if name not in VERBS)
        return cls(verbs or VERBS, instruments or None)

    @property
    def told(self) -> tuple[str, ...]:
        """The verbs, and behind them the instruments."""
        return (*self.verbs, *(self.instruments or ()))

    @classmethod
    def read(cls, told: str) -> Self:
        """Read what :attr:`text` wrote."""
        names = told.split()
        instruments = tuple(name for name in names if name not in VERBS)
        return cls(tuple(name for name in names if name in VERBS), instruments or None)

    @property
    def text(self) -> str:
        """All of it as one text."""
        return " ".join(self.told)

    def check(self, verb: str, inst_id: str | None, publisher: str) -> None:
        """Raise ``NotAllowedError`` for what is not carried out."""
        what = verb if inst_id is None else f"{verb} of {inst_id}"
        if verb in self.verbs and (self.instruments is None or inst_id in self.instruments):
            return
        raise NotAllowedError(
            f"the publisher {publisher} does not carry out {what} for followers; nothing was sent",
            allowed=self.told,
            hint=f"it allows {', '.join(self.told)}",
        )
