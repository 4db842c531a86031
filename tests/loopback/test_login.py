"""Login: nothing before its answer, one attempt when it is pointless, the clock set when that is the cure."""

from __future__ import annotations

import attrs
import orjson
import pytest

from okx_sync import ConfigError, Credentials, OkxAuthError, OkxClient, WsClient
from okx_sync.paper import PaperExchange
from tests.clocks import ForwardClock
from tests.loopback.conftest import FAST, Connect, Heard, our_threads, until


def _logins(paper: PaperExchange) -> int:
    return sum(one.logins for one in paper.connections)


def test_nothing_is_asked_before_the_login_is_answered(paper: PaperExchange, connect: Connect) -> None:
    """The reply to the login takes its time: until it is there, the login is all that was sent on that path."""
    wait = 0.4
    paper.faults.delay(wait, "login")
    watched = connect()
    watched.ws.subscribe("orders", instType="ANY", wait=False)
    watched.ws.subscribe("account", wait=False)
    watched.ws.subscribe("positions", instType="ANY")
    frames = [(frame.at, orjson.loads(frame.text)) for frame in paper.seen]
    (login_at, login), *asks = frames
    assert login["op"] == "login"
    assert {ask["op"] for _, ask in asks} == {"subscribe"}
    assert min(at for at, _ in asks) - login_at >= wait
    assert set(paper.topics().values()) == {1}
    assert len(paper.topics()) == 3


def test_a_public_path_logs_in_when_a_channel_wants_it(paper: PaperExchange, connect: Connect) -> None:
    """Tick-by-tick books live on the public path but need a login: made on the open socket, and after each loss."""
    watched = connect()
    watched.ws.subscribe_tickers("BTC-USDT")
    assert _logins(paper) == 0
    watched.ws.subscribe("books50-l2-tbt", instId="BTC-USDT")
    assert [(one.path, one.logins) for one in paper.connections] == [("public", 1)]
    paper.faults.drop()
    watched.states.until("restored")
    assert [(one.path, one.logins) for one in paper.connections] == [("public", 1), ("public", 1)]
    assert paper.connections[1].asked == {"tickers(instId=BTC-USDT)": 1, "books50-l2-tbt(instId=BTC-USDT)": 1}


def test_a_late_login_takes_the_topics_along(paper: PaperExchange, connect: Connect) -> None:
    """While a public socket logs in late, what is subscribed meanwhile waits for the answer and nothing is lost."""
    watched, heard = connect(), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    paper.faults.delay(0.2, "login")
    books = watched.ws.subscribe("books50-l2-tbt", instId="BTC-USDT", wait=False)
    watched.ws.subscribe_tickers("ETH-USDT")
    heard.until_more()
    assert books.get(5).action == "snapshot"
    watched.states.until("first_data")
    assert set(paper.topics().values()) == {1}
    assert watched.states.kinds() == ["connected", "first_data"]


@pytest.mark.parametrize("code", ["60005", "60007", "60024", "60032"])
def test_a_pointless_login_is_not_repeated(paper: PaperExchange, connect: Connect, code: str) -> None:
    """Wrong key, signature or passphrase: one attempt, ``OkxAuthError`` with a hint to the caller, then ``failed``."""
    paper.faults.refuse_login(code, times=None)
    watched = connect()
    with pytest.raises(OkxAuthError) as caught:
        watched.ws.subscribe("orders", instType="ANY")
    assert caught.value.code == code
    assert caught.value.hint
    failed = watched.states.until("failed")
    assert failed.error is caught.value
    assert watched.states.kinds() == ["failed"]
    # The only thread that could try again has ended.
    until(lambda: not our_threads("okx-ws"), what="the end of the link thread")
    assert _logins(paper) == 1
    assert watched.ws.subscription_count() == 0
    with pytest.raises(OkxAuthError):
        watched.ws.subscribe("account")
    assert _logins(paper) == 1


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        (Credentials("no-such-key", "paper-alice-secret", "paper-alice-pass"), "60005"),
        (Credentials("paper-alice-key", "some-other-secret", "paper-alice-pass"), "60007"),
        (Credentials("paper-alice-key", "paper-alice-secret", "some-other-pass"), "60024"),
    ],
)
def test_wrong_credentials(paper: PaperExchange, credentials: Credentials, code: str) -> None:
    """``connect_private`` raises what the exchange says about real credentials that are wrong, and leaves no thread."""
    with pytest.raises(OkxAuthError) as caught:
        WsClient.connect_private(attrs.evolve(paper.config, credentials=credentials), options=FAST)
    assert caught.value.code == code
    assert _logins(paper) == 1
    until(lambda: not our_threads(), what="the end of all threads")


def test_a_failed_path_does_not_hurt_the_others(paper: PaperExchange, connect: Connect) -> None:
    """A refused login ends the private link only: public data goes on, in old and new subscriptions."""
    watched, heard = connect(), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    paper.faults.refuse_login("60024", times=None)
    with pytest.raises(OkxAuthError):
        watched.ws.subscribe("account")
    heard.until_more(2)
    watched.ws.subscribe_tickers("ETH-USDT", callback=heard)
    assert len(paper.topics()) == 2


def test_after_the_cure_reconnect_starts_again(paper: PaperExchange, connect: Connect) -> None:
    """A link that gave up comes back by ``reconnect()`` and takes new subscriptions; it does so from a handler too."""
    paper.faults.refuse_login("60005")
    watched = connect()

    def again(event: object) -> None:
        if getattr(event, "kind", "") == "failed":
            watched.ws.reconnect()

    watched.ws.on_state(again)
    with pytest.raises(OkxAuthError):
        watched.ws.subscribe("account")
    watched.states.until("connected")
    watched.ws.subscribe("account")
    assert _logins(paper) == 2


def test_a_clock_that_is_off_is_set(paper: PaperExchange, connect: Connect) -> None:
    """Our clock differs from the exchange's by 90 s: refused, learned by REST, accepted; the caller sees nothing."""
    paper.clock.skew(90)
    watched = connect()
    watched.ws.subscribe("orders", instType="ANY")
    assert _logins(paper) == 2
    assert [request.path for request in paper.requests] == ["/api/v5/public/time"]
    assert watched.ws.status()["clock_offset_s"] == pytest.approx(90, abs=2)
    watched.states.until("connected")
    assert watched.states.kinds() == ["reconnecting", "connected"]
    # A further outage needs no further correction ...
    paper.faults.drop()
    watched.states.until("gap")  # until then REST is asked what was missed, and would learn of the jump as well
    assert _logins(paper) == 3
    # ... unless the clock has jumped meanwhile.
    paper.clock.skew(-30.0 - 15)
    paper.faults.drop()
    watched.states.until("restored", 2)
    assert _logins(paper) == 5
    assert watched.ws.status()["clock_offset_s"] == pytest.approx(-45, abs=2)


def test_an_expired_login_is_tried_once_more(paper: PaperExchange, connect: Connect) -> None:
    """60006 is cured by setting the clock once; when it comes again at once, that is the answer."""
    paper.faults.refuse_login("60006", times=None)
    watched = connect()
    with pytest.raises(OkxAuthError) as caught:
        watched.ws.subscribe("account")
    assert caught.value.code == "60006"
    assert _logins(paper) == 2
    watched.states.until("failed")
    until(lambda: not our_threads("okx-ws"), what="the end of the link thread")
    assert _logins(paper) == 2


@pytest.mark.parametrize("code", ["63999", "60023"])
def test_a_login_that_may_work_later(paper: PaperExchange, connect: Connect, code: str) -> None:
    """A failure inside the exchange, or too many logins: tried again with backoff, on a new socket, until it works."""
    paper.faults.refuse_login(code, times=2)
    watched = connect()
    watched.ws.subscribe("account")
    assert [one.logins for one in paper.connections] == [1, 1, 1]
    watched.states.until("first_data")
    assert watched.states.kinds() == ["reconnecting", "reconnecting", "connected", "first_data"]


def test_a_login_that_is_never_answered(paper: PaperExchange, connect: Connect) -> None:
    """Without an answer within ``ack_s`` the socket is given up for a new one."""
    paper.faults.delay(60, "login", times=1)
    watched = connect(clock=(clock := ForwardClock()))
    watched.ws.subscribe("account", wait=False)
    until(lambda: _logins(paper) == 1, what="the login")
    clock.ahead += FAST.ack_s
    watched.states.until("connected")
    assert [one.logins for one in paper.connections] == [1, 1]
    (event,) = watched.states.of(kind="reconnecting")
    assert "login" in str(event.reason)


def test_login_with_a_time_of_your_own(paper: PaperExchange, connect: Connect) -> None:
    """``login_with_timestamp`` corrects the clock without asking REST for the time, and holds for later logins."""
    paper.clock.skew(-300)
    watched = connect()
    watched.ws.login_with_timestamp(paper.clock.now())
    watched.ws.subscribe("account")
    paper.faults.drop()
    watched.states.until("gap")
    assert _logins(paper) == 2
    assert "/api/v5/public/time" not in [request.path for request in paper.requests]
    with OkxClient(paper.config) as rest:
        assert rest.get_balance().details


def test_a_login_time_in_milliseconds_is_refused(paper: PaperExchange, connect: Connect) -> None:
    """A wrong unit is noticed before it moves the clock by fifty thousand years."""
    watched = connect()
    with pytest.raises(ConfigError, match="seconds"):
        watched.ws.login_with_timestamp(paper.clock.now_ms())
    assert watched.ws.clock.offset_s == 0
