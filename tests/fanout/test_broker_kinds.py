"""The broker may be Redis or Valkey, one server or a cluster, behind TLS, with users that may do what they must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from okx_sync import ConnectionLost, OkxFanoutClient, OkxWebSocketError, Publisher, WsClient
from okx_sync.fanout.stream_keys import StreamKeys
from okx_sync.paper import PaperExchange
from tests.fanout.conftest import SERVER, Broker, ServerEndedError, free_port, need
from tests.fanout.test_fanout import settled
from tests.loopback.conftest import FAST, Heard, until

DOCS = Path(__file__).parents[2] / "docs" / "fanout.md"


def users(folder: Path, more: str = "") -> Path:
    """Write the users that the documentation names, and one who may do nothing here, as the server reads them."""
    lines = re.findall(r"^user .*$", DOCS.read_text(), re.MULTILINE)
    assert [line.split()[1] for line in lines] == ["publisher", "follower", "trader", "member"]
    path = folder / "users.acl"
    lines = [f"{line} {more}" for line in lines]
    path.write_text("\n".join([*lines, "user stranger on >secret +ping", "user default on nopass ~* +@all"]) + "\n")
    return path


def follows(paper: PaperExchange, out_url: str, feed_url: str, **options: Any) -> None:
    """Trades, a book and account data go all the way, and the accounts add up."""
    with (
        WsClient(paper.config, options=FAST) as ws,
        Publisher(ws, out_url, account="alice", **options) as out,
        OkxFanoutClient(feed_url, account="alice", config=paper.config, start="earliest", **options) as feed,
    ):
        out.publish_trades("BTC-USDT")
        out.publish_books("BTC-USDT")
        out.publish_positions("ANY")
        trades = Heard()
        feed.subscribe_trades("BTC-USDT", callback=trades)
        book = feed.order_book("BTC-USDT")
        until(lambda: book.valid and feed.positions.synced and len(trades) > 2)
        paper.quiet()
        until(lambda: settled(out, feed), what="the accounts")


def orders_go(paper: PaperExchange, out_url: str, feed_url: str, **options: Any) -> None:
    """An order goes to the exchange through the publisher, and its end comes back."""
    with (
        WsClient(paper.config, options=FAST) as ws,
        Publisher(ws, out_url, account="alice", **options) as out,
        OkxFanoutClient(feed_url, account="alice", config=paper.config, **options) as feed,
    ):
        server = out.serve_orders(allow="all")
        until(lambda: server.stats.is_active)  # the one of a publisher before may have to end first
        order = feed.orders.place("BTC-USDT-SWAP", "buy", "1", "20000", td_mode="cross")
        assert order.wait_until(lambda one: one.status == "live", 10)
        assert order.cancel()
        assert order.wait_done(10)


def shares(url: str, paper: PaperExchange, **options: Any) -> OkxFanoutClient:
    return OkxFanoutClient(url, config=paper.config, group="all", start="earliest", redeliver_s=0.1, **options)


def group_shares(paper: PaperExchange, ws: WsClient, out_url: str, feed_url: str, **options: Any) -> None:
    """Each ticker is handled by one of two members, and the accounts of the group add up."""
    topics = ["BTC-USDT", "ETH-USDT", "SOL-USDT"]
    with (
        Publisher(ws, out_url, per_topic=True, **options) as out,
        shares(feed_url, paper, **options) as one,
        shares(feed_url, paper, **options) as two,
    ):
        out.publish_tickers(topics)
        tickers = Heard()
        for feed in (one, two):
            feed.subscribe_tickers(topics, callback=tickers, inline=True)
        until(lambda: {ticker.instId for ticker in tickers} == set(topics))
        names = [name for name in out.stats if ":tickers:" in name]
        assert len(names) == len(topics)

        def add_up() -> bool:
            told = [(out.stats[name].sent, one.fanout_stats[name].group) for name in names]
            return all(group is not None and group.handled + group.missing == sent for sent, group in told)

        paper.quiet()
        until(add_up, what="the accounts of the group")
        paper.quiet(False)


def test_valkey_does_as_well(paper: PaperExchange, tmp_path: Path) -> None:
    """The scripts, the streams, their numbers, groups and orders are the same there."""
    need("valkey-server")
    broker = Broker(tmp_path, program="valkey-server")
    try:
        with WsClient(paper.public_config, options=FAST) as ws:
            group_shares(paper, ws, broker.url, broker.url)
        orders_go(paper, broker.url, broker.url)
        follows(paper, broker.url, broker.url)
    finally:
        broker.close()


@contextmanager
def cluster(folder: Path, program: str) -> Iterator[list[Broker]]:
    """Three nodes that share the slots; one that is away takes nothing from the others."""
    need(program)
    rights = users(folder, "+cluster|slots +cluster|shards +command")
    nodes: list[Broker] = []
    buses: list[int] = []
    try:
        for number in range(3):
            place = folder / str(number)
            place.mkdir()
            buses.append(free_port())  # the server's own choice may be above all ports
            options = ["--cluster-enabled", "yes", "--cluster-port", buses[-1], "--aclfile", rights]
            nodes.append(Broker(place, *options, "--cluster-require-full-coverage", "no", program=program))
        for number, node in enumerate(nodes):
            first, last = 16_384 * number // 3, 16_384 * (number + 1) // 3 - 1
            node.client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
            node.client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for node in nodes[1:]:
            node.client.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, buses[0])
        until(lambda: all(_knows_all(node) for node in nodes))
        yield nodes
    finally:
        for node in nodes:
            node.close()


def _knows_all(node: Broker) -> bool:
    told = node.client.execute_command("CLUSTER", "SLOTS")
    return len(told) == 3


@pytest.mark.parametrize("program", sorted({SERVER, "valkey-server"}))
def test_streams_lie_on_the_nodes_of_a_cluster(paper: PaperExchange, tmp_path: Path, program: str) -> None:
    """Three nodes share the streams; a group works there, too; who does not say that it is a cluster is told so."""
    with cluster(tmp_path, program) as nodes, WsClient(paper.public_config, options=FAST) as ws:
        group_shares(paper, ws, nodes[0].url_of("publisher"), nodes[1].url_of("member"), cluster=True)
        follows(paper, nodes[0].url_of("publisher"), nodes[2].url_of("follower"), cluster=True)
        orders_go(paper, nodes[0].url_of("publisher"), nodes[1].url_of("trader"), cluster=True)
        with Publisher(ws, nodes[0].url) as out:
            channels = ["tickers", "trades", "books", "bbo-tbt", "books5"]  # on all nodes
            with pytest.raises(ConnectionLost, match="cluster=True"):
                _ = [out.publish(channel, instId="BTC-USDT") for channel in channels]
        assert len([node for node in nodes if node.client.keys("*")]) > 1


@pytest.mark.parametrize("program", sorted({SERVER, "valkey-server"}))
def test_a_node_is_killed(paper: PaperExchange, tmp_path: Path, program: str) -> None:
    """Its streams wait at the publisher, those of the others go on; when it is back, all are followed again.

    The address that both sides have is of that node.
    """
    with (
        cluster(tmp_path, program) as nodes,
        WsClient(paper.public_config, options=FAST) as ws,
        Publisher(ws, nodes[0].url, per_topic=True, cluster=True) as out,
        OkxFanoutClient(nodes[0].url, config=paper.config, start="earliest", cluster=True) as feed,
    ):
        topics = ["BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP"]
        out.publish_trades(topics)
        trades = Heard()
        feed.subscribe_trades(topics, callback=trades)
        until(lambda: len(trades) > 3)
        homes = {name: _home(nodes, name) for name in out.stats}
        lost = 0
        assert set(homes.values()) > {lost}
        nodes[lost].kill()
        sent = {name: told.sent for name, told in out.stats.items()}
        until(lambda: all(out.stats[name].sent > sent[name] for name, home in homes.items() if home != lost))
        until(lambda: all(out.stats[name].waiting for name, home in homes.items() if home == lost))
        nodes[lost].start()
        until(lambda: all(out.stats[name].sent > sent[name] for name in homes))
        paper.quiet()
        until(lambda: settled(out, feed), what="the accounts")


def _home(nodes: list[Broker], name: str) -> int:
    """Return the number of the node that has a stream."""
    pattern = StreamKeys(name).stream.translate({ord(sign): "?" for sign in "[]"})
    return next(number for number, node in enumerate(nodes) if node.client.keys(pattern))


def test_users_need_no_more_than_is_written(paper: PaperExchange, tmp_path: Path) -> None:
    """Over TLS: the documented rights suffice; without them, or with another password, it is said what is wrong."""
    need()
    authority = trustme.CA()
    own = authority.issue_cert("localhost")
    for name, blob in {"ca": authority.cert_pem, "key": own.private_key_pem, "cert": own.cert_chain_pems[0]}.items():
        blob.write_to_path(tmp_path / f"{name}.pem")
    with_tls = ["--tls-cert-file", tmp_path / "cert.pem", "--tls-key-file", tmp_path / "key.pem"]
    with_tls += ["--tls-ca-cert-file", tmp_path / "ca.pem", "--tls-auth-clients", "no"]
    try:
        broker = Broker(tmp_path, *with_tls, "--aclfile", users(tmp_path), ca=tmp_path / "ca.pem")
    except ServerEndedError as error:
        if "TLS support" in str(error):
            pytest.skip(f"{SERVER} is built without TLS")
        raise
    try:
        publisher, follower, stranger = (broker.url_of(one) for one in ("publisher", "follower", "stranger"))
        follows(paper, publisher, follower)
        orders_go(paper, publisher, broker.url_of("trader"))
        with pytest.raises(ConnectionLost, match=r"docs/fanout\.md"):
            orders_go(paper, publisher, follower)
        with WsClient(paper.public_config, options=FAST) as ws:
            group_shares(paper, ws, publisher, broker.url_of("member"))
            with Publisher(ws, follower) as out, pytest.raises(ConnectionLost, match=r"docs/fanout\.md"):
                out.publish_trades("BTC-USDT")
            with pytest.raises(ConnectionLost, match="user and password") as told:
                Publisher(ws, publisher.replace("secret", "wrong-word"))
            assert "wrong-word" not in str(told.value)
            with pytest.raises(ConnectionLost, match="CERTIFICATE_VERIFY_FAILED"):
                Publisher(ws, publisher.partition("?")[0])
        with (
            OkxFanoutClient(stranger, config=paper.config) as feed,
            pytest.raises(OkxWebSocketError, match=r"docs/fanout\.md"),
        ):
            feed.subscribe_trades("BTC-USDT", timeout=5)
    finally:
        broker.close()
