"""Bitget's conversation, word for word: ping, login, subscribe, errors, limits, in all three protocols."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.bitget.bitget_client import FUTURES, UMCBL, V2, BitgetClient, login_frame

TICKER = {"channel": "ticker", "instId": "BTCUSDT", **V2}


@pytest.mark.parametrize("path", ["public", "private", "v1", "seed"])
def test_text_ping_is_answered_with_text_pong(paper: PaperExchange, path: str) -> None:
    """Every protocol knows the text ping; it is counted."""
    with BitgetClient(paper, path) as client:
        client.send("ping")
        assert client.raw() == "pong"
        assert paper.connections[0].pings == 1


def test_json_ping_belongs_to_the_seed(paper: PaperExchange) -> None:
    """The seed answers a JSON ping in JSON; the others take it for a wrong operation."""
    with BitgetClient(paper, "seed") as client:
        client.send({"op": "ping"})
        assert client.recv() == {"op": "pong"}
    with BitgetClient(paper, "v1") as client:
        client.send({"op": "ping"})
        assert client.recv() == {"event": "error", "code": 30003, "msg": "INVALID op:ping"}


@pytest.mark.parametrize(("path", "code"), [("private", 0), ("v1", 0), ("seed", "0")])
def test_login(paper: PaperExchange, path: str, code: Any) -> None:
    """A login signed over seconds is acked; the connection is the account's and, on shared URLs, private."""
    with BitgetClient(paper, path) as client:
        client.send(login_frame())
        assert client.recv() == {"event": "login", "code": code, "msg": ""}
        seen = paper.connections[0]
        assert (seen.path, seen.account, seen.logged_in) == ("private", "alice", True)
        assert orjson.loads(paper.seen[0].text)["args"][0]["sign"] == "***"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"apiKey": "nobody"}, 30011),
        ({"passphrase": "wrong"}, 30012),
        ({"timestamp": "{now}000"}, 30013),
        ({"timestamp": "soon"}, 30013),
        ({"timestamp": "1600000000"}, 30014),
        ({"sign": "wrong"}, 30015),
    ],
)
def test_wrong_logins(paper: PaperExchange, changes: dict[str, str], code: int) -> None:
    """Each mistake has its code, milliseconds instead of seconds too, and ends the connection; the seed has one."""
    now = str(int(paper.clock.now()))
    told = {name: value.format(now=now) for name, value in changes.items()}
    for path, expected in (("private", code), ("v1", code), ("seed", "60001")):
        with BitgetClient(paper, path) as client:
            client.send(login_frame(**told))
            error = client.recv()
            assert (error["event"], error["code"]) == ("error", expected)
            assert client.until_closed() == 4001


def test_login_belongs_to_the_private_url(paper: PaperExchange) -> None:
    """V2's public URL does not know the operation."""
    with BitgetClient(paper) as client:
        client.send(login_frame())
        assert client.recv() == {"event": "error", "code": 30003, "msg": "INVALID op:login"}


def test_each_argument_gets_one_ack(paper: PaperExchange) -> None:
    """A batch with a wrong argument in it: the error repeats the argument, the others work."""
    wrong = {"channel": "ticker", "instId": "NOPEUSDT", **V2}
    with BitgetClient(paper) as client:
        paper.quiet()
        client.ask("subscribe", wrong, TICKER)
        error = client.recv()
        assert (error["event"], error["code"], error["arg"]) == ("error", 30001, wrong)
        assert client.recv() == {"event": "subscribe", "arg": TICKER}
        push = client.recv()
        assert (push["action"], push["arg"]) == ("snapshot", TICKER)
        assert isinstance(push["ts"], int)
        client.ask("unsubscribe", TICKER)
        assert client.until_event("unsubscribe") == {"event": "unsubscribe", "arg": TICKER}
        assert not paper.topics()


def test_v1_repeats_the_type_in_lower_case(paper: PaperExchange) -> None:
    """Acks and pushes say `mc` and `umcbl`, whatever was asked."""
    with BitgetClient(paper, "v1", "alice") as client:
        shown = {"channel": "ticker", "instId": "BTCUSDT", "instType": "mc"}
        assert client.subscribe("ticker", instId="BTCUSDT", instType="MC")["arg"] == shown
        assert client.until_push("ticker")["arg"] == shown
        client.subscribe("positions", **UMCBL)
        assert client.until_push("positions")["arg"] == {"channel": "positions", **UMCBL, "instType": "umcbl"}


@pytest.mark.parametrize(
    ("path", "arg", "code"),
    [
        ("public", {"channel": "nonsense", "instId": "BTCUSDT", **V2}, 30001),
        ("public", {"channel": "ticker", "instId": "BTCUSDT", "instType": "FUTURES"}, 30001),
        ("public", {"channel": "ticker", "instId": "BTCUSDT", "instType": "COIN-FUTURES"}, 30001),
        ("public", {"channel": "ticker", "instId": "default", **V2}, 30001),
        ("public", {"channel": "ticker", **V2}, 30016),
        ("public", {"channel": "positions", "instId": "default", **V2}, 30001),
        ("private", {"channel": "ticker", "instId": "BTCUSDT", **V2}, 30001),
        ("private", {"channel": "account", "instId": "default", **V2}, 30016),
        ("private", {"channel": "positions", "instId": "BTCUSDT", **V2}, 30016),
        ("private", {"channel": "orders", "instId": "NOPE", **V2}, 30001),
        ("v1", {"channel": "execution", **UMCBL}, 30001),
        ("v1", {"channel": "positions", "instId": "default", "instType": "FUTURES"}, 30001),
        ("seed", {"channel": "ticker", "instId": "BTCUSDT", **FUTURES}, "60004"),
        ("seed", {"channel": "orders", "instId": "NOPE", **FUTURES}, "60004"),
        ("seed", {"channel": "orders", **UMCBL}, "60004"),
    ],
)
def test_wrong_subscriptions(paper: PaperExchange, path: str, arg: dict[str, str], code: Any) -> None:
    """Each way to subscribe wrongly has its code; the seed does not say which argument it means."""
    with BitgetClient(paper, path, "" if path == "public" else "alice") as client:
        client.ask("subscribe", arg)
        error = client.until_event("error")
        assert error["code"] == code
        assert ("arg" in error) is (path != "seed")
        assert not paper.topics()


@pytest.mark.parametrize(
    ("path", "arg", "code"),
    [
        ("private", {"channel": "account", "coin": "default", **V2}, 30004),
        ("v1", {"channel": "account", **UMCBL}, 30004),
        ("seed", {"channel": "account", **FUTURES}, "60001"),
    ],
)
def test_private_channels_need_a_login(paper: PaperExchange, path: str, arg: dict[str, str], code: Any) -> None:
    """Before the login there is an error that names no argument."""
    with BitgetClient(paper, path) as client:
        client.ask("subscribe", arg)
        error = client.recv()
        assert error["code"] == code
        assert "arg" not in error


@pytest.mark.parametrize("frame", ["hi", "[1]", '{"args":[]}', '{"op":"subscribe"}', '{"op":"subscribe","args":[7]}'])
def test_malformed_requests(paper: PaperExchange, frame: str) -> None:
    """What cannot be understood is an illegal request, and the conversation goes on."""
    for path, code in (("public", 30002), ("seed", "60005")):
        with BitgetClient(paper, path) as client:
            client.send(frame)
            assert client.recv()["code"] == code
            client.send("ping")
            assert client.raw() == "pong"


def test_240_requests_per_hour(paper: PaperExchange) -> None:
    """The 241st subscribe or unsubscribe of an hour is refused; the socket lives."""
    paper.quiet()
    with BitgetClient(paper) as client:
        for _ in range(120):
            client.ask("subscribe", {"channel": "trade", "instId": "BTCUSDT", **V2})
            client.ask("unsubscribe", {"channel": "trade", "instId": "BTCUSDT", **V2})
        client.ask("subscribe", TICKER)
        assert client.until_event("error")["code"] == 30006
        client.send("ping")
        client.until(lambda frame: frame == "pong")


def test_10_messages_per_second() -> None:
    """With limits on, the eleventh message of a second, pings included, ends the connection."""
    with (
        PaperExchange(limits=True, clock=PaperClock(frozen=True)) as paper,
        BitgetClient(paper) as client,
    ):
        for _ in range(11):
            client.send("ping")
        for _ in range(10):
            assert client.raw() == "pong"
        assert client.recv()["code"] == 30007
        assert client.until_closed() == 1008


def test_only_pings_keep_a_connection_alive(paper: PaperExchange) -> None:
    """Two minutes without a ping and the connection is dropped, however much is pushed to it."""
    with BitgetClient(paper) as idle, BitgetClient(paper) as alive:
        idle.subscribe("ticker", instId="BTCUSDT", **V2)
        paper.clock.advance(100)
        alive.send("ping")
        assert alive.raw() == "pong"
        paper.clock.advance(25)
        assert idle.until_closed() == 4004
        alive.send("ping")
        assert alive.raw() == "pong"


@pytest.mark.slow
def test_a_connection_lives_for_a_day(paper: PaperExchange) -> None:
    """After 24 hours it is closed, pings or not."""
    paper.quiet()
    with BitgetClient(paper) as client:
        while paper.open_connections:
            client.send("ping")
            assert client.raw() == "pong"
            paper.clock.advance(90)
        assert client.until_closed() == 1001
        assert paper.clock.monotonic() >= 24 * 3600


def test_topics_of_the_wires_do_not_meet(paper: PaperExchange) -> None:
    """OKX's `books5` and Bitget's live side by side, each with its own rows."""
    from tests.paper.wire_client import WireClient

    with WireClient(paper) as okx, BitgetClient(paper) as bitget:
        okx.subscribe("books5", instId="BTC-USDT-SWAP")
        rows = bitget.first("books5", instId="BTCUSDT", **V2)
        assert len(rows[0]["asks"][0]) == 2
        assert len(okx.until_push("books5")["data"][0]["asks"][0]) == 4


def test_configurations_point_here(paper: PaperExchange) -> None:
    """Each protocol has a configuration with the account's keys and our URLs; other names are errors."""
    for protocol in ("v2", "v3", "v1", "seed"):
        config = paper.bitget_config(protocol, account="bob")
        assert config.protocol == protocol
        assert config.credentials is not None
        assert str(paper.port) in f"{config.ws_public_url} {config.ws_private_url}"
    with pytest.raises(ValueError, match="no such protocol 'v4'"):
        paper.bitget_config("v4")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no such path"):
        paper.bitget_url("/v4")
