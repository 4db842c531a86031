"""The scripts of ``test_shutdown``: what is run in processes of its own, interrupted or closed.

``HEAD`` stands in front of each. In the environment ``PAPER`` is the exchange, on which trades of BTC come all the time
and of ETH never, tickers are never acked, the private path refuses every handshake, and the business path is silent
after the handshake. At ``MUTE`` nobody answers the handshake.
"""

from __future__ import annotations

HEAD = """
import os, queue, sys, threading, time
from okx_sync import Config, Credentials, LinkOptions, OkxError, WsClient

host = os.environ["PAPER"]
keys = Credentials("paper-alice-key", "paper-alice-secret", "paper-alice-pass")
urls = {f"ws_{path}_url": f"ws://{host}/ws/v5/{path}" for path in ("public", "private", "business")}
silent = Config(**urls)
config = Config(credentials=keys, **{**urls, "ws_business_url": os.environ["MUTE"]})
options = LinkOptions(backoff_s=60, backoff_cap_s=60, connects_per_s=1000)
trades = dict(channel="trades", instId="BTC-USDT")
quiet = dict(channel="trades", instId="ETH-USDT")


def threads():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("okx-")]


def until(predicate):
    end = time.monotonic() + 30
    while not predicate():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def say_when_in(name):
    "Print once the main thread is inside this function."
    main = threading.main_thread().ident

    def watch():
        def inside():
            frame = sys._current_frames()[main]
            while frame is not None and frame.f_code.co_name != name:
                frame = frame.f_back
            return frame is not None

        until(inside)
        print("in it", flush=True)

    threading.Thread(target=watch, daemon=True).start()


def closes_in_time(ws):
    "In two seconds, told by a thread that naps beside it: where this process gets no time, it counts none either."
    over, naps = threading.Event(), []

    def count():
        while not over.wait(0.02):
            naps.append(None)

    counter = threading.Thread(target=count, daemon=True)
    counter.start()
    ws.close()
    over.set()
    counter.join()
    assert len(naps) < 100, f"close() took {len(naps)} naps of 0.02 s"
"""

INTERRUPTED = """
ws = WsClient(config, options=options)
try:
    with ws:
        {body}
except KeyboardInterrupt:
    assert not threads(), threads()
    sys.exit(42)
sys.exit("it was not interrupted")
"""

INTERRUPTS = {
    "wait": 'ws.subscribe(**quiet); say_when_in("wait"); ws.wait()',
    "iteration": 'sub = ws.subscribe(**quiet); say_when_in("__next__"); list(sub)',
    "client iteration": 'ws.subscribe(**quiet); say_when_in("recv"); list(ws)',
    "get": 'sub = ws.subscribe(**quiet); say_when_in("get"); sub.get()',
    "recv": 'ws.subscribe(**quiet); say_when_in("recv"); ws.recv()',
    "subscribe": 'say_when_in("wait_agreed"); ws.subscribe("tickers", instId="BTC-USDT")',
    "subscribe, not connected": 'say_when_in("wait_agreed"); ws.subscribe("candle1s", instId="BTC-USDT")',
    "connect": 'say_when_in("wait_up"); ws.connect("business")',
    "backoff": """
        ws.on_state(lambda event: event.kind == "reconnecting" and print("in it", flush=True))
        ws.connect("private")
    """,
    "full queue, policy block": """
        sub = ws.subscribe(**trades, policy="block", maxsize=5)
        until(lambda: sub.stats.waiting == 5)
        say_when_in("wait"); ws.wait()
    """,
}

NEVER_CLOSED = """
ws = WsClient(config)
ws.subscribe(**trades)
print("subscribed", flush=True)
"""
ENDINGS = {
    "before any subscribe": """
ws = WsClient(config)
closes_in_time(ws)
assert ws.wait(1)
""",
    "never used": """
ws = WsClient(config)
""",
    "twice": """
ws = WsClient(config)
ws.subscribe(**trades)
closes_in_time(ws)
assert not threads(), threads()
closes_in_time(ws)
""",
    "from another thread": """
ws = WsClient(config)
sub = ws.subscribe(**trades)
closer = threading.Timer(0.05, closes_in_time, [ws])
closer.start()
for event in sub:
    pass
assert ws.wait(5)
closer.join()
""",
    "inside a callback": """
ws = WsClient(config)
ws.subscribe(**trades, callback=lambda event: closes_in_time(ws))
assert ws.wait(5)
""",
    "inside an inline callback": """
ws = WsClient(config)
got = []
def last(event):
    got.append(event)
    closes_in_time(ws)
ws.subscribe(**trades, callback=last, inline=True)
assert ws.wait(5)
until(lambda: not threads())
assert len(got) == 1, got
""",
    "inside on_state": """
ws = WsClient(config)
states = []
def told(event):
    states.append(event.kind)
    closes_in_time(ws)
ws.on_state(told)
try:
    ws.subscribe(**trades)
except OkxError as error:
    assert "closed" in str(error), error
assert ws.wait(5)
until(lambda: states[-1] == "closed")
""",
    "inside on_error": """
ws = WsClient(config)
ws.on_error(lambda error: closes_in_time(ws))
ws.subscribe(**trades, callback=lambda event: 1 / 0)
assert ws.wait(5)
""",
    "inside a handler that holds a lock": """
ws = WsClient(config)
lock = threading.Lock()
def told(event):
    with lock:
        closes_in_time(ws)
ws.on_state(told)
ws.subscribe(**trades, wait=False)
assert ws.wait(5)
""",
    "with a handler that hangs": """
ws = WsClient(config)
release = threading.Event()
ws.on_state(lambda event: release.wait(60))
ws.subscribe(**trades)
closes_in_time(ws)
release.set()
""",
    "with a callback that hangs": """
ws = WsClient(config)
release = threading.Event()
ws.subscribe(**trades, callback=lambda event: release.wait(60))
until(lambda: ws.status()["running_callbacks"])
closes_in_time(ws)
release.set()
""",
    "with a full queue and policy block": """
ws = WsClient(config)
sub = ws.subscribe(**trades, policy="block", maxsize=5)
until(lambda: sub.stats.waiting == 5)
closes_in_time(ws)
""",
    "with a full queue of the user's and policy block": """
ws = WsClient(config)
own = queue.Queue(5)
sub = ws.subscribe(**trades, policy="block", queue=own)
until(own.full)
closes_in_time(ws)
until(lambda: not threads())
while not isinstance(own.get(timeout=1), OkxError):
    pass
""",
    "while it connects": """
ws = WsClient(config)
ws.subscribe("candle1s", instId="BTC-USDT", wait=False)
until(lambda: threads())
closes_in_time(ws)
""",
    "while nobody answers": """
ws = WsClient(silent)
ws.connect("business")
sub = ws.subscribe("candle1s", instId="BTC-USDT", wait=False)
closes_in_time(ws)
""",
    "while it backs off": """
ws = WsClient(config, options=options)
states = []
ws.on_state(lambda event: states.append(event.kind))
ws.subscribe("orders", instType="ANY", wait=False)
until(lambda: "reconnecting" in states)
closes_in_time(ws)
""",
    "many links at once": """
ws = WsClient(config)
ws.subscribe(**trades)
ws.subscribe("candle1s", instId="BTC-USDT", wait=False)
ws.subscribe("orders", instType="ANY", wait=False)
closes_in_time(ws)
""",
}

ONE_BY_ONE = """
import contextlib, gc, io, json, traceback


def run(body):
    "Run one script in names of its own; returns what it wrote to standard error."
    told = io.StringIO()
    names = dict(globals())
    with contextlib.redirect_stderr(told):
        try:
            exec(body, names)
            until(lambda: not threads())
        except BaseException:
            traceback.print_exc()
        names.clear()
        gc.collect()
    return told.getvalue()


for name, body in json.loads(sys.stdin.read()).items():
    print(json.dumps([name, run(body)]), flush=True)
"""
