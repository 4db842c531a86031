"""Trading over the WebSocket: each call waits for its own reply; a reply that is lost is looked up, never repeated.

Runs on the built-in paper exchange. For OKX itself, take `Config.from_env()` instead of `paper.config`.
"""

from __future__ import annotations

from okx_sync import OkxApiError, OrderStatusUnknown, PaperExchange, WsClient
from okx_sync.exchanges.okx.rest import CancelOrder, NewOrder

BTC = "BTC-USDT"


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.config) as ws:
        ws.prepare_orders(BTC)  # connect and log in now, so that the first order need not wait for it
        best = ws.subscribe_tickers(BTC).get(timeout=5).bidPx
        assert best is not None

        receipt = ws.place_order(BTC, "cash", "buy", "limit", sz="0.01", px=best - 500)
        print(f"placed: {receipt.ordId}, our own id {receipt.clOrdId}")
        ws.amend_order(BTC, receipt.ordId, new_px=best - 400)
        ws.cancel_order(BTC, receipt.ordId)
        print("amended and canceled")

        # Up to 20 orders in one request; each has its own verdict.
        orders = [NewOrder(BTC, "cash", "buy", "limit", size, px=best - 500) for size in ("0.01", "0.02", "50")]
        placed = ws.place_batch_orders(orders)
        for row in placed.refused:
            print(f"refused: {row.sCode} {row.sMsg}")
        canceled = ws.cancel_batch_orders([CancelOrder(BTC, row.ordId) for row in placed.accepted])
        print(f"batch: {len(placed.accepted)} of {len(placed)} accepted, all canceled: {canceled.ok}")

        # wait=False returns at once; the result is there when it is needed.
        futures = [ws.place_order(BTC, "cash", "sell", "market", sz="0.001", wait=False) for _ in range(3)]
        print(f"three at once: {len({future.result(timeout=5).ordId for future in futures})} ids")

        try:
            ws.cancel_order(BTC, receipt.ordId)
        except OkxApiError as error:
            print(f"refused: {error.code}")

        paper.faults.lose_reply("order")  # the exchange takes the order, and its answer never arrives
        try:
            ws.place_order(BTC, "cash", "buy", "limit", sz="0.01", px=best - 500, timeout=0.5)
        except OrderStatusUnknown as unknown:
            order = ws.reconcile(unknown)
            print(f"no reply; REST says: {'not there (yet)' if order is None else order.state}")


if __name__ == "__main__":
    main()
