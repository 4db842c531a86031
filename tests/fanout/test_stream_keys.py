"""Names of what lies at the broker: the same in every process, apart where it must be, and together on one node."""

from __future__ import annotations

import subprocess
import sys

from okx_sync.exchanges.okx.channels import topic_for
from okx_sync.fanout.stream_keys import OrderKeys, Place, StreamKeys, topic_number
from tests.programs import environment

TICKERS = topic_for("tickers", instId="BTC-USDT")
PLACE = Place("okx", "okx global live", "main")


def tags(keys: list[str]) -> set[str]:
    """Return the hash tags of keys: what a cluster looks at."""
    return {key[key.index("{") + 1 : key.index("}")] for key in keys}


def test_all_keys_of_a_stream_have_one_hash_tag() -> None:
    """Also where a name has braces of its own; each key is another one."""
    keys = Place("okx", "okx {odd} live", "main").keys("public", "tickers", is_private=False)
    assert tags(list(keys.all)) == {keys.name} == {"okx:okx (odd) live:-:public:tickers"}
    assert len(set(keys.all)) == 4
    assert keys.all == (keys.stream, keys.lease, keys.facts, keys.snapshots)


def test_account_data_is_apart_for_each_account() -> None:
    """Public data is the same for all; a topic may have a stream of its own."""
    other = Place("okx", "okx global live", "other")
    public = {place.keys("public", "tickers", is_private=False) for place in (PLACE, other)}
    private = {place.keys("private", "orders", is_private=True) for place in (PLACE, other)}
    assert (len(public), len(private)) == (1, 2)
    own = PLACE.keys("public", "tickers", is_private=False, topic=TICKERS)
    assert own not in public
    assert isinstance(own, StreamKeys)


def test_requests_for_orders_are_apart_for_each_account() -> None:
    """All that belongs to one of them lies on one node, with its id in the name."""
    keys = PLACE.order_keys()
    told = [keys.requests, keys.lease, keys.facts, keys.taken("id-1"), keys.answer("id-1")]
    assert tags(told) == {keys.name}
    assert [key.rpartition("}:")[2] for key in told] == ["requests", "lease", "facts", "taken:id-1", "answer:id-1"]
    assert keys != Place("okx", "okx global live", "other").order_keys()
    assert keys == OrderKeys("okx:okx global live:main:served-orders")


def test_the_number_of_a_topic_is_the_same_in_every_process() -> None:
    """Eight bytes that do not depend on the process, and differ by the arguments."""
    program = (
        "from okx_sync.exchanges.okx.channels import topic_for\n"
        "from okx_sync.fanout.stream_keys import topic_number\n"
        "print(topic_number(topic_for('tickers', instId='BTC-USDT')).hex())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(PYTHONHASHSEED="7"),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip() == topic_number(TICKERS).hex()
    assert len(topic_number(TICKERS)) == 8
    assert topic_number(TICKERS) != topic_number(topic_for("tickers", instId="ETH-USDT"))
