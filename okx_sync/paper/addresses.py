"""Where to connect to a paper exchange, and as whom: URLs and ready configurations for each exchange's wire.

The only file where the two sides meet. Configurations are imported when asked for, so that neither side needs the
other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from okx_sync.paper.argument_checks import check_word
from okx_sync.paper.bitget.account_settings import UNIFIED, settings_of
from okx_sync.paper.bitget.ws_paths import URLS as BITGET_URLS
from okx_sync.paper.bitget.ws_paths import WS_PATHS as BITGET_DOORS
from okx_sync.paper.bybit.ws_paths import CATEGORIES
from okx_sync.paper.bybit.ws_paths import URLS as BYBIT_URLS
from okx_sync.paper.bybit.ws_paths import WS_PATHS as BYBIT_DOORS
from okx_sync.paper.default_accounts import PaperAccount
from okx_sync.paper.server.channel_spec import PATHS
from okx_sync.paper.server.listener import HOST

if TYPE_CHECKING:
    from okx_sync.credentials import Credentials
    from okx_sync.exchanges.bitget.config import BitgetConfig
    from okx_sync.exchanges.bybit.config import BybitConfig
    from okx_sync.exchanges.okx.config import Config
    from okx_sync.paper.server.server import Server
    from okx_sync.paper.server.tls import Certificates


class Addresses:
    """The addresses of a running exchange, and its accounts' keys."""

    accounts: tuple[PaperAccount, ...]
    port: int
    _tls: bool
    _certificates: Certificates | None
    _server: Server
    run: Callable[..., Any]

    @property
    def url(self) -> str:
        """The REST base URL. ``RuntimeError`` of an exchange that was neither started nor given a port."""
        self._check_port()
        return f"{'https' if self._tls else 'http'}://{HOST}:{self.port}"

    @property
    def ca_file(self) -> str | None:
        """The file of the throw-away certificate authority, with `tls=True`."""
        return self._certificates.ca_file if self._certificates else None

    def _check_port(self) -> None:
        if self.port == 0:
            raise RuntimeError("this PaperExchange has no address yet: start() it, or use `with`")

    def _ws(self, path: str) -> str:
        self._check_port()
        return f"{'wss' if self._tls else 'ws'}://{HOST}:{self.port}{path}"

    def _account(self, account: PaperAccount | str | None) -> PaperAccount:
        """Return an account given itself or by its label; the first one when none is given."""
        if isinstance(account, str):
            labels = {one.label: one for one in self.accounts}
            check_word("account", account, labels)
            return labels[account]
        return account or self.accounts[0]

    @staticmethod
    def _keys(account: PaperAccount) -> Credentials:
        from okx_sync.credentials import Credentials

        return Credentials(account.api_key, account.secret_key, account.passphrase)

    # --- OKX

    def ws_url(self, path: str = "public") -> str:
        """Return the WebSocket URL of `public`, `private` or `business`."""
        check_word("path", path, PATHS)
        return self._ws(f"/ws/v5/{path}")

    @property
    def config(self) -> Config:
        """A client configuration for the first account."""
        return self.config_for(self.accounts[0])

    @property
    def public_config(self) -> Config:
        """A client configuration without credentials."""
        return self._config(None, None)

    def config_for(self, account: PaperAccount | str) -> Config:
        """Return a client configuration for an account, given itself or by its label. ValueError for another label."""
        one = self._account(account)
        return self._config(self._keys(one), one.label)

    def _config(self, keys: Credentials | None, label: str | None) -> Config:
        from okx_sync.exchanges.okx.config import Config

        return Config(
            credentials=keys,
            simulated=self._server.options.demo,
            rest_url=self.url,
            ws_public_url=self.ws_url("public"),
            ws_private_url=self.ws_url("private"),
            ws_business_url=self.ws_url("business"),
            ca_file=self.ca_file,
            account_label=label,
        )

    # --- Bitget

    def bitget_url(self, path: str = "/v2/ws/public") -> str:
        """Return the WebSocket URL of one of Bitget's paths, for other clients than ours.

        `/v2/ws/public`, `/v2/ws/private`, the same with `v3` (unified accounts), `/mix/v1/stream` (V1),
        `/seed/mix/v1/stream` (the gateway of the protocol `seed`, which has the path of V1 where it is real).
        ValueError for another path.
        """
        check_word("path", path, BITGET_DOORS)
        return self._ws(path)

    def bitget_config(
        self, protocol: Literal["v2", "v3", "v1", "seed"] | None = "v2", *, account: PaperAccount | str | None = None
    ) -> BitgetConfig:
        """Return a configuration of `BitgetClient` and `BitgetWsClient` for an account, in one of Bitget's protocols.

        The first account unless another is named. `v3` is for unified accounts, of which `carol` is one and `unify`
        makes one, `v2` for the others; with None the client finds out which it is. ValueError for another protocol.
        """
        if protocol is not None:
            check_word("protocol", protocol, BITGET_URLS)
        from okx_sync.exchanges.bitget.config import BitgetConfig

        public, private = ("", "") if protocol is None else BITGET_URLS[protocol]
        return BitgetConfig(
            credentials=self._keys(self._account(account)),
            demo=self._server.options.demo,
            protocol=protocol,
            ca_file=self.ca_file,
            ws_public_url=self._ws(public),
            ws_private_url=self._ws(private),
            rest_url=self.url,
        )

    def unify(self, account: PaperAccount | str | None = None) -> None:
        """Make an account (the first one) a unified one in the eyes of Bitget: V3 is for it, V2 is not any more."""
        key = self._account(account).api_key

        def switch() -> None:
            settings_of(self._server.venue.keys[key].account).kind = UNIFIED

        self.run(switch)

    # --- Bybit

    def bybit_url(self, path: str = "/v5/public/linear") -> str:
        """Return the WebSocket URL of one of Bybit's paths, for other clients than ours.

        `/v5/public/linear`, `/v5/public/spot`, `/v5/private`, `/v5/trade`; of the protocol `seed`:
        `/perpetual/ws/v1/realtime_public`, `/trade/option/usdc/private/v1`. ValueError for another path.
        """
        check_word("path", path, BYBIT_DOORS)
        return self._ws(path)

    def bybit_config(
        self,
        protocol: Literal["v5", "seed"] = "v5",
        *,
        category: Literal["linear", "spot"] = "linear",
        account: PaperAccount | str | None = None,
    ) -> BybitConfig:
        """Return a configuration of `BybitClient` and `BybitWsClient` for an account (the first one).

        ``protocol``: which of Bybit's protocols the streams speak; REST is that of V5. ``category``: which products
        public streams are of: perpetuals or spot pairs.

        ValueError for another protocol or category.
        """
        check_word("protocol", protocol, BYBIT_URLS)
        check_word("category", category, CATEGORIES)
        from okx_sync.exchanges.bybit.config import BybitConfig

        public, private, trade = BYBIT_URLS[protocol]
        one = self._account(account)
        return BybitConfig(
            credentials=self._keys(one),
            category=category,
            protocol=protocol,
            ca_file=self.ca_file,
            ws_public_url=self._ws(public.format(category=category)),
            ws_private_url=self._ws(private),
            ws_trade_url=None if trade is None else self._ws(trade),
            rest_url=self.url,
            account_label=one.label,
        )
