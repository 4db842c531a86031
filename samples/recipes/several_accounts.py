"""Several accounts: the same order on each, sized by its equity, all at once, and each with an outcome of its own.

Started again, it sends nothing twice: an order is named by its account and ORDER, and a journal knows it. Runs on a
paper exchange of its own; with REAL=1 on OKX, for the accounts that ACCOUNTS=ALICE,BOB names, whose keys are in
ALICE_API_KEY, ALICE_SECRET_KEY and ALICE_PASSPHRASE (beside ALICE_DEMO and ALICE_SITE), and so on.
"""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

from okx_sync import Config, OkxClient, OkxError, OrderLimits, OrderStatusUnknown, PaperExchange, WsClient

if TYPE_CHECKING:
    from okx_sync import InstrumentSpec, OrderHandle

REAL: Final = bool(os.environ.get("REAL"))
ORDER: Final = os.environ.get("ORDER", f"{dt.datetime.now(dt.UTC):%Y%m%d}")  # its name: one a day if it is left out
SWAP: Final = "BTC-USDT-SWAP"
SHARE: Final = Decimal("0.05")  # of the equity
MOST: Final = 20_000  # USDT, for one order of any account


def place(ws: WsClient, name: str, rules: InstrumentSpec) -> OrderHandle:
    """Place the order of an account, or find the one that an earlier run has placed."""
    if not (ws.orders.wait_synced(30) and ws.account.wait_synced(30)):
        raise LookupError(f"not known: {ws.orders.unsynced_reason or ws.account.unsynced_reason}")
    order_id = f"{name.lower()}{ORDER}"
    if order_id in ws.orders:
        return ws.orders[order_id]
    price = ws.subscribe_tickers(SWAP).get(timeout=10).askPx
    if price is None or ws.account.equity is None:
        raise LookupError("price or equity is not known")
    size = rules.round_size(rules.coins_to_contracts(ws.account.equity * SHARE / price))
    try:
        # Immediate or cancel, at a price that is a little worse: it is over at once, and never pays more than that.
        worst = rules.round_price(price * Decimal("1.002"), "buy")
        return ws.orders.place(SWAP, "buy", size, worst, "ioc", td_mode="cross", client_order_id=order_id, timeout=5)
    except OrderStatusUnknown:  # sent, and the answer was lost: ws.orders is looking it up
        return ws.orders[order_id]


def act(name: str, config: Config, rules: InstrumentSpec, limits: OrderLimits) -> tuple[str, bool]:
    """Do all for one account. Returns what to say of it, and whether all is well. Other accounts go on anyway."""
    try:
        with WsClient(config, limits=limits, journal=f"{name.lower()}.journal" if REAL else None) as ws:
            order = place(ws, name, rules)
            order.wait_done(30)
            told = f"{name}: {order.status}, {order.filled} of {order.size or '?'} at {order.average_price}"
            return told + (f" ({order.reason})" if order.reason else ""), order.is_filled
    except (OkxError, LookupError) as error:
        return f"{name}: {type(error).__name__}: {error}", False


def main() -> None:
    with ExitStack() as stack:
        if REAL:
            names = os.environ["ACCOUNTS"].split(",")
            configs = {name: Config.from_env(name, account_label=name.lower()) for name in names}
        else:
            paper = stack.enter_context(PaperExchange())
            configs = {name: paper.config_for(name) for name in ("alice", "bob", "carol")}
        public = next(iter(configs.values())).replace(credentials=None)
        rules = stack.enter_context(OkxClient(public)).instruments[SWAP]
        limits = OrderLimits(allowed=[SWAP], max_notional=MOST)  # one for all: each account is counted by itself
        pool = stack.enter_context(ThreadPoolExecutor(len(configs)))
        work = [pool.submit(partial(act, name, config, rules, limits)) for name, config in configs.items()]
        results = [one.result() for one in work]
    for told, _ in results:
        print(told)
    if not all(is_well for _, is_well in results):
        raise SystemExit(1)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
