"""An order book that keeps itself up to date, and that never shows a stale state as a valid one.

Runs on the built-in paper exchange, which here loses an update on purpose.
"""

from __future__ import annotations

from okx_sync import PaperExchange, StateEvent, WsClient


def main() -> None:
    with PaperExchange() as paper, WsClient(paper.public_config) as ws:
        book = ws.order_book("BTC-USDT")
        if not book.wait_valid(timeout=5):
            raise SystemExit("no book within 5 seconds")

        # Reads that belong together come from one snapshot; each level has price, size and orders.
        now = book.snapshot(5)
        for level in reversed(now.asks()):
            print(f"{'':12}{level.price:>10} {level.size:>12}")
        for level in now.bids():
            print(f"{level.size:>12}{level.price:>10}")
        print(f"spread {now.spread}, 1 BTC costs {book.vwap('buy', 1):.2f} on average")

        # Lose one update. The next one does not fit: the book is invalid before anybody can read it, the client asks
        # for a new snapshot, and says so with one `gap` event.
        gaps: list[StateEvent] = []
        ws.on_state(lambda event: gaps.append(event) if event.kind == "gap" else None)
        paper.faults.gap("books", "BTC-USDT")
        book.wait_until(lambda it: gaps and it.valid, timeout=10)
        print(f"{len(gaps)} gap in {gaps[0].topic}, valid again: {book.valid}")

        # While a book is not valid, reads raise BookInvalid. stale_ok=True reads what was last known.
        book.close()
        print(f"closed: valid {book.valid}, last known best bid {book.bids(1, stale_ok=True)[0].price}")


if __name__ == "__main__":
    main()
