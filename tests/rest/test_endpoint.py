"""Declaring endpoints: signature, checks, decoding."""

# mypy: disable-error-code="empty-body"

from __future__ import annotations

import inspect
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.rest import STRICT, BatchResult, Endpoint, Group, Number, Reply, get, post
from okx_sync.rest.limits import RateLimit
from okx_sync.rows import Row, envelope, model

Side = Annotated[Literal["buy", "sell"] | str, STRICT]


@model
class Thing(Row):
    """A row of the toy exchange."""

    instId: str | None = envelope("arg", "instId")
    channel: str | None = envelope("arg", "channel")
    px: Decimal | None = None
    ok: bool | None = None


class Things(Group, group="things"):
    """A declared group."""

    @get("/thing", "20/2s ip", "5/1s user+instId @shared")
    def get_thing(self, inst_id: str, type_: str | None = None) -> Thing:
        """One thing."""

    @get("/things", "20/2s ip", auth=True, channel="thing{bar}", need_one=("a", "b"), at_most_one=("b", "c"))
    def get_things(
        self, bar: str = "1m", a: str | None = None, b: Number | None = None, c: str | None = None
    ) -> list[Thing]:
        """Many things."""

    @post("/thing", "20/2s user", header={"exp_time": "X-Expires"}, order=True)
    def make(self, side: Side, sz: Number, pos_side: Side | None = None, exp_time: int | None = None) -> Thing:
        """Make one."""

    @post("/batch", "20/2s user", rows="orders", max_rows=3)
    def make_batch(self, orders: list[Mapping[str, Any]]) -> BatchResult[Any]:
        """Not usable: Any is no row."""

    @post("/quiet", "20/2s user")
    def quiet(self) -> None:
        """Answers nothing."""


class Recorder:
    """Stands where the runner stands and keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Endpoint, dict[str, Any]]] = []

    def page(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> tuple[list[Any], Mapping[str, Any]]:
        """Carry out a listing."""
        return self.run(endpoint, arguments), {}

    def run(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> Any:
        self.asked.append((endpoint, dict(arguments)))
        return "result"


def declared(name: str) -> Endpoint:
    return next(endpoint for endpoint in Things.endpoints if endpoint.name == name)


def test_a_group_lists_its_endpoints() -> None:
    """Every decorated method is an endpoint with all its facts."""
    assert [endpoint.name for endpoint in Things.endpoints] == [
        "get_thing",
        "get_things",
        "make",
        "make_batch",
        "quiet",
    ]
    endpoint = declared("get_thing")
    assert (endpoint.method, endpoint.path, endpoint.group, endpoint.auth) == ("GET", "/thing", "things", False)
    assert endpoint.model is Thing
    assert endpoint.limits == (RateLimit(20, 2, "ip"), RateLimit(5, 1, "user", ("instId",), "shared"))
    assert [(p.wire, p.required) for p in endpoint.params] == [("instId", True), ("type", False)]
    assert declared("get_things").auth
    assert declared("make").auth


def test_the_method_keeps_its_signature_and_docstring() -> None:
    """An editor and help() see the real parameters; what a call raises is put behind the docstring as written."""
    assert list(inspect.signature(Things.make).parameters) == ["self", "side", "sz", "pos_side", "exp_time"]
    assert (Things.make.__doc__ or "").startswith("Make one.\n\nRaises:\n")


def test_a_call_binds_like_any_function() -> None:
    """Positional and keyword arguments arrive by name; a wrong call is an ordinary TypeError."""
    recorder = Recorder()
    group = Things(recorder)
    assert group.get_thing("BTC-USDT", type_="x") == "result"  # type: ignore[comparison-overlap]
    assert recorder.asked == [(declared("get_thing"), {"inst_id": "BTC-USDT", "type_": "x"})]
    with pytest.raises(TypeError, match="inst_id"):
        group.get_thing()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="instID"):
        group.get_thing("BTC-USDT", instID="x")  # type: ignore[call-arg]
    assert "get_thing" in repr(group)


class _Incomparable:
    """A value like an array, whose comparison is no truth."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ValueError("the truth of an array is ambiguous")


def test_arguments_bind_as_the_signature_says() -> None:
    """All of them in its order, given or not, whatever they are; what a function would refuse is refused."""
    endpoint = declared("make")
    odd = _Incomparable()
    for args, kwargs in (
        ((), {"sz": odd, "side": "buy"}),
        (("buy", odd), {}),
        (("buy",), {"sz": odd, "pos_side": "long"}),
    ):
        expected = endpoint.signature.bind(*args, **kwargs)
        expected.apply_defaults()
        found = endpoint.bind(args, kwargs)
        assert list(found) == list(expected.arguments)
        assert all(found[name] is value for name, value in expected.arguments.items())
    many = ("x",) * (len(endpoint.signature.parameters) + 1)
    wrong: list[Any] = [((), {"side": "buy"}), (("buy", 1), {"side": "buy"}), (many, {}), (("buy", 1), {"other": 1})]
    for args, kwargs in wrong:
        with pytest.raises(ConfigError):
            endpoint.bind(args, kwargs)


def test_to_wire() -> None:
    """Names are the wire's, numbers texts, what is not given is left out, headers go apart."""
    params, headers = declared("make").to_wire({"side": "buy", "sz": Decimal("1E-3"), "exp_time": 5})
    assert params == {"side": "buy", "sz": "0.001"}
    assert headers == {"X-Expires": "5"}
    with pytest.raises(ConfigError, match="exp_time cannot be"):
        declared("make").to_wire({"side": "buy", "sz": "1", "exp_time": "5\r\nX-Other: 1"})


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("make", {"side": "bye", "sz": 1}, "side cannot be 'bye'.*buy, sell"),
        ("make", {"side": "buy", "sz": 1, "pos_side": "up"}, "pos_side cannot be 'up'"),
        ("make", {"side": "buy", "sz": 0.1}, "sz is a float"),
        ("make", {"side": "", "sz": 1}, "side is missing"),
        ("get_thing", {"inst_id": None}, "inst_id is missing"),
        ("get_things", {"bar": "1m"}, "needs a or b"),
        ("get_things", {"bar": "1m", "b": 1, "c": "x"}, "only one of b, c"),
    ],
)
def test_wrong_arguments_name_the_parameter(name: str, arguments: dict[str, Any], words: str) -> None:
    """Misspelt words, floats, missing and contradictory parameters raise before anything is sent."""
    with pytest.raises(ConfigError, match=words):
        declared(name).to_wire(arguments)


def test_decoding() -> None:
    """The annotation says how many rows; rows of a channel know their channel and instrument."""
    rows = Reply(True, "0", "", [{"px": "1.5"}, {"px": "2"}])
    assert declared("get_thing").decode(rows, {"instId": "A"}) == Thing(px=Decimal("1.5"))
    many = declared("get_things").decode(rows, {"bar": "5m", "instId": "A"})
    assert [(thing.px, thing.channel, thing.instId) for thing in many] == [
        (Decimal("1.5"), "thing5m", "A"),
        (Decimal(2), "thing5m", "A"),
    ]
    assert declared("quiet").decode(Reply(True, "0", "", []), {}) is None


def test_a_group_may_have_parts() -> None:
    """A group that is put together from classes has the endpoints of all of them, in one group, each once."""

    class More(Group, group="things"):
        @get("/more", "20/2s ip")
        def get_more(self) -> Thing:
            """Something else."""

    class Whole(Things, More, group="things"):
        @get("/own", "20/2s ip")
        def get_own(self) -> Thing:
            """Its own."""

    names = [endpoint.name for endpoint in Whole.endpoints]
    assert names == ["get_own", *(endpoint.name for endpoint in Things.endpoints), "get_more"]
    assert {endpoint.group for endpoint in Whole.endpoints} == {"things"}


def test_a_flat_answer_is_one_row() -> None:
    """Columns that come without a list around them are one row."""

    @model(positional=True)
    class Point(Row):
        """Two columns."""

        ts: int | None = None
        px: Decimal | None = None

    class Points(Group, group="points"):
        @get("/point", "20/2s ip", flat=True)
        def get_point(self) -> Point:
            """One point."""

    # The annotation's class is local to this test.
    endpoint = Points.endpoints[0]
    endpoint.function.__annotations__["return"] = Point
    assert endpoint.decode(Reply(True, "0", "", ["5", "1.5"]), {}) == Point(ts=5, px=Decimal("1.5"))
    with pytest.raises(DecodeError, match="without a row"):
        endpoint.decode(Reply(True, "0", "", []), {})


def test_a_missing_row_is_an_error() -> None:
    """A call that promises one row never returns something else."""
    with pytest.raises(DecodeError, match="GET /thing answered without a row"):
        declared("get_thing").decode(Reply(True, "0", "", []), {})
    with pytest.raises(DecodeError, match="not an object"):
        declared("get_thing").decode(Reply(True, "0", "", ["text"]), {})


def test_a_declaration_without_rows_is_a_mistake() -> None:
    """Forgetting the return annotation shows when the endpoint is used."""
    with pytest.raises(TypeError, match="which rows"):
        _ = declared("make_batch").result
