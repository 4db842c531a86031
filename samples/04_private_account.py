"""Balances and own orders: place by REST, watch it happen on the stream, amend it, cancel it.

Runs on the built-in paper exchange, which has keys of its own. For OKX itself, take `Config.from_env()`
(OKX_API_KEY, OKX_SECRET_KEY, OKX_PASSPHRASE; OKX_DEMO=1 for demo trading) instead of `paper.config`.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync import OkxApiError, OkxClient, PaperExchange, WsClient


def main() -> None:
    with PaperExchange() as paper, OkxClient(paper.config) as rest, WsClient(paper.config) as ws:
        account = ws.subscribe_account().get(timeout=5)  # the first event is a snapshot
        for balance in account.details:
            print(f"balance: {balance.ccy} {balance.availBal}")

        orders = ws.subscribe_orders("SPOT")  # returns when OKX has agreed: no event can be missed from here on
        best = rest.get_ticker("BTC-USDT").bidPx
        assert best is not None
        receipt = rest.place_order("BTC-USDT", "cash", "buy", "limit", sz=Decimal("0.01"), px=best - 500)
        order = orders.get(timeout=5)
        print(f"order: {order.state} {order.side} {order.sz} at {order.px}")

        rest.trade.amend_order("BTC-USDT", receipt.ordId, new_px=best - 400)
        order = orders.get(timeout=5)
        print(f"order: amended to {order.px}, {best - 400 == order.px}")

        rest.cancel_order("BTC-USDT", receipt.ordId)
        order = orders.get(timeout=5)
        print(f"order: {order.state}, final: {order.is_final}")

        rest.place_order("BTC-USDT", "cash", "sell", "market", sz="0.001")
        for order in orders:
            if order.is_fill:
                print(f"fill: {order.side} {order.fillSz} at {order.fillPx}, fee {order.fillFee} {order.fillFeeCcy}")
            if order.is_final:
                break

        try:
            rest.cancel_order("BTC-USDT", receipt.ordId)
        except OkxApiError as error:
            print(f"refused: {error.code}, may be repeated: {error.retryable}")


if __name__ == "__main__":
    main()
