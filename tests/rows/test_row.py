"""``Row`` and ``@model``: lazy, frozen, exact."""

from __future__ import annotations

import copy
import pickle
import threading
from decimal import Decimal
from typing import Any, Literal, assert_type

import attrs
import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.models import Instrument
from okx_sync.rows import Row, decoder, envelope, last_column, model, wire


@model
class Leg(Row):
    """A nested row."""

    instId: str | None = None
    px: Decimal | None = None


@model
class Sample(Row):
    """One field of every kind."""

    instId: str | None = envelope("arg", "instId")
    action: str | None = envelope("action")
    size: int | None = envelope(lambda message: len(message.get("action", "")))
    sender: str | None = wire("from")
    last: Decimal | None = None
    ts: int | None = None
    enabled: bool | None = None
    side: Literal["buy", "sell"] | str | None = None
    names: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()
    linked: Leg | None = None


@model
class Respelled(Row):
    """A field that has two spellings on the wire."""

    clientOid: str | None = wire("clientOid", also=("clientOId",))


@model(positional=True)
class Bar(Row):
    """A position-coded row."""

    instId: str | None = envelope("arg", "instId")
    ts: int | None = None
    close: Decimal | None = None
    volume: Decimal | None = None
    confirm: bool | None = last_column(at_least=4)


@model(positional=True)
class Pair(Row):
    """A position-coded row without a marked column."""

    px: Decimal | None = None
    sz: Decimal | None = None


MESSAGE: dict[str, Any] = {"arg": {"channel": "x", "instId": "BTC-USDT"}, "action": "update", "data": []}
ROW: dict[str, Any] = {
    "from": "a",
    "last": "1.50",
    "ts": "1700000000000",
    "enabled": "true",
    "side": "buy",
    "names": ["n1", "n2"],
    "legs": [{"instId": "L", "px": "2", "other": "o"}],
    "linked": {"px": "3"},
    "fresh": {"deep": [1]},
}


def sample(**changes: Any) -> Sample:
    return Sample.from_wire(ROW | changes, MESSAGE)


def test_fields_are_typed_and_exact() -> None:
    """Each kind of field has its Python type, and numbers keep their digits."""
    row = sample()
    assert str(row.last) == "1.50"
    assert row.ts == 1_700_000_000_000
    assert row.enabled is True
    assert (row.side, row.sender, row.names) == ("buy", "a", ("n1", "n2"))
    assert row.legs == (Leg(instId="L", px=Decimal(2)),)
    assert row.linked == Leg(px=Decimal(3))


def test_types_are_visible_to_type_checkers() -> None:
    """mypy knows fields, constructor and immutability of a model (checked when the tests are type-checked)."""
    row = sample()
    assert_type(row.last, Decimal | None)
    assert_type(row.legs, tuple[Leg, ...])
    assert_type(decoder(Leg)([], {}), list[Leg])
    assert_type(Leg.from_wire({}), Leg)
    with pytest.raises(TypeError):
        Leg(unknown=1)  # type: ignore[call-arg]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        row.last = None  # type: ignore[misc]


def test_envelope_facts_are_fields() -> None:
    """What the message says around the row is read from the row object."""
    row = sample()
    assert (row.instId, row.action, row.size) == ("BTC-USDT", "update", 6)


def test_row_key_goes_before_the_envelope() -> None:
    """A row that carries the fact itself keeps the last word, and it is no unknown field."""
    row = sample(instId="ETH-USDT")
    assert row.instId == "ETH-USDT"
    assert "instId" not in row.extra


@pytest.mark.parametrize("message", [{}, {"arg": None}, {"arg": "text"}, {"arg": {}}])
def test_envelope_may_lack_anything(message: dict[str, Any]) -> None:
    """A missing or odd envelope gives None."""
    assert Sample.from_wire({}, message).instId is None


def test_missing_fields_are_none_or_empty() -> None:
    """An empty object is a valid row."""
    row = Sample.from_wire({})
    assert row.last is None
    assert row.linked is None
    assert row.legs == ()
    assert row.names == ()


def test_unknown_fields_are_kept() -> None:
    """``extra`` holds what the class does not know, at each level."""
    row = sample()
    assert row.extra == {"fresh": {"deep": [1]}}
    assert row.legs[0].extra == {"other": "o"}


def test_to_wire_is_exact_and_a_copy() -> None:
    """``to_wire`` gives what came in; changing it changes nothing else."""
    row = sample()
    again = row.to_wire()
    assert again == ROW
    assert list(again) == list(ROW)
    again["legs"][0]["px"] = "9"
    row.extra["fresh"]["deep"].append(2)
    assert row.to_wire() == ROW
    assert row.raw["fresh"] is ROW["fresh"]


def test_unreadable_field_names_class_field_and_text() -> None:
    """A value that is none raises DecodeError; the other fields stay readable."""
    row = sample(last="abc", legs=[3], linked={"px": []})
    with pytest.raises(DecodeError, match=r"Sample\.last is not a decimal number") as caught:
        _ = row.last
    assert caught.value.text == "abc"
    with pytest.raises(DecodeError, match=r"Sample\.legs is not a list of Leg rows: Leg row is not an object"):
        _ = row.legs
    assert row.ts == 1_700_000_000_000
    assert row.linked is not None


@pytest.mark.parametrize("row", [None, [], "text", 5, True])
def test_row_of_wrong_shape_is_refused(row: Any) -> None:
    """Only an object is a row; the error carries its text."""
    with pytest.raises(DecodeError, match="Sample row is not an object"):
        Sample.from_wire(row)


def test_error_text_of_a_bottomless_row() -> None:
    """Nesting too deep to be printed is still a DecodeError."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    try:
        with pytest.raises(DecodeError, match="not an object"):
            Sample.from_wire(deep)
    finally:
        while deep:  # taken apart by hand: the interpreter may run out of stack doing it
            deep = deep.pop()


def test_behaves_as_an_attrs_class() -> None:
    """Equality, hash, asdict, evolve and match work on decoded rows."""
    row, same = sample(), sample()
    assert row == same
    assert hash(row) == hash(same)
    assert row != sample(ts="1")
    assert attrs.asdict(row)["legs"] == ({"instId": "L", "px": Decimal(2)},)
    assert attrs.evolve(row, last=Decimal(7)).ts == row.ts  # type: ignore[misc]  # mypy knows only its own attrs
    match row:
        case Sample(instId=inst_id, last=price):
            assert (inst_id, price) == ("BTC-USDT", Decimal("1.50"))
        case _:
            pytest.fail("the pattern did not match")


def test_pickle_and_copy() -> None:
    """Copies are equal and keep unknown fields; the message's other rows do not travel."""
    row = Sample.from_wire(ROW, MESSAGE | {"data": [ROW] * 50, "recovered": True})
    for twin in (pickle.loads(pickle.dumps(row)), copy.copy(row), copy.deepcopy(row)):
        assert twin == row
        assert twin.to_wire() == ROW
        assert twin.recovered
    made = Sample(last=Decimal(1))
    assert pickle.loads(pickle.dumps(made)) == made
    assert len(pickle.dumps(row)) < 1000


def test_repr_shows_what_is_there() -> None:
    """One line: present fields, counts for long lists, a mark for what cannot be read."""
    assert repr(Leg.from_wire({"px": "2"})) == "Leg(px=Decimal('2'))"
    assert "legs=<9 x Leg>" in repr(sample(legs=[{}] * 9))
    assert "last=<unreadable 'abc'>" in repr(sample(last="abc"))


def test_repr_is_short_and_begins_with_what_matters() -> None:
    """Of many fields twelve at most are shown, instrument, prices and sizes first; what cannot be read always is."""
    lists = ("upcChg", "tradeQuoteCcyList")
    wide = {field.name: "1" for field in attrs.fields(Instrument) if field.name not in lists}
    shown = repr(Instrument.from_wire(wide | {"instId": "BTC-USDT", "state": "live"}))
    assert shown.startswith("Instrument(instId='BTC-USDT', state='live', tickSz=Decimal('1')")
    assert shown.endswith(f"... {len(wide) - 11} more)")
    bad = dict.fromkeys(("ctVal", "ctMult", "maxLmtSz"), "x")
    shown = repr(Instrument.from_wire(wide | bad))
    assert shown.startswith(
        "Instrument(ctVal=<unreadable 'x'>, ctMult=<unreadable 'x'>, maxLmtSz=<unreadable 'x'>, instId"
    )


def test_built_by_hand() -> None:
    """A row object can be made for tests and examples; it reads back from its own wire text."""
    made = Sample(last=Decimal("1E-8"), ts=5, enabled=False, sender="a", legs=(Leg(px=Decimal(2)),))
    assert made.to_wire() == {
        "from": "a", "last": "0.00000001", "ts": "5", "enabled": False, "legs": [{"px": "2"}],
    }  # fmt: skip
    assert attrs.evolve(Sample.from_wire(made.to_wire()), size=None) == made  # type: ignore[misc]
    assert (made.extra, made.raw, made.recovered) == ({}, None, False)
    assert Bar(ts=1, close=Decimal(2), confirm=True).to_wire() == ["1", "2", "", True]


def test_recovered_comes_from_the_envelope() -> None:
    """Rows fetched to fill a gap say so."""
    assert Sample.from_wire({}, {"recovered": True}).recovered
    assert not sample().recovered


@pytest.mark.parametrize(
    ("row", "volume", "confirm", "extra"),
    [
        (["1", "2", "3", "1"], Decimal(3), True, {}),
        (["1", "2", "3", "new", "0"], Decimal(3), False, {"3": "new"}),
        (["1", "2", "3"], Decimal(3), None, {}),
        (["1"], None, None, {}),
        ([], None, None, {}),
    ],
)
def test_positional_rows(row: list[str], volume: Any, confirm: Any, extra: dict[str, str]) -> None:
    """Columns go by position, the marked one is always last; short and long rows are fine."""
    bar = Bar.from_wire(row, MESSAGE)
    assert (bar.instId, bar.volume, bar.confirm, bar.extra) == ("BTC-USDT", volume, confirm, extra)
    assert bar.to_wire() == row


def test_positional_rows_without_last_column() -> None:
    """Extra columns are kept by number."""
    pair = Pair.from_wire(["1", "2", "x", "y"])
    assert (pair.px, pair.sz, pair.extra) == (Decimal(1), Decimal(2), {"2": "x", "3": "y"})
    with pytest.raises(DecodeError, match="Pair row is not an array"):
        Pair.from_wire({})


def test_models_can_be_extended() -> None:
    """A subclass has the fields of its base and its own."""

    @model
    class Longer(Leg):
        sz: Decimal | None = None

    longer = Longer.from_wire({"px": "1", "sz": "2", "new": "3"})
    assert (longer.px, longer.sz, longer.extra) == (Decimal(1), Decimal(2), {"new": "3"})
    assert Leg.from_wire({"sz": "2"}).extra == {"sz": "2"}


def test_unknown_kind_is_a_mistake_of_the_model() -> None:
    """An annotation without a converter is found when the class is made, not when data comes."""
    with pytest.raises(TypeError, match="no converter"):

        @model
        class Wrong(Row):
            value: complex | None = None


def test_decoder_gives_all_rows_or_raises() -> None:
    """Decoding converts nothing; a row of the wrong shape is an error of the batch."""
    decode = decoder(Leg)
    assert [leg.px for leg in decode([{"px": "1"}, {"px": "2"}], {})] == [1, 2]
    assert len(decode([{"px": "bad"}], {})) == 1
    with pytest.raises(DecodeError):
        decode([{"px": "1"}, []], {})


def test_fields_can_be_read_from_several_threads() -> None:
    """Threads that read the same row at once see the same values."""
    rows = [sample(ts=str(number)) for number in range(500)]
    seen: list[list[Any]] = []

    def read() -> None:
        seen.append([(row.ts, row.last, row.legs) for row in rows])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 4
    assert all(values == seen[0] for values in seen)


@pytest.mark.parametrize("key", ["clientOid", "clientOId"])
def test_both_spellings_of_a_key_are_one_field(key: str) -> None:
    """Either is read, neither counts as unknown, and the row goes out as it came; by hand the first is written."""
    row = Respelled.from_wire({key: "mine"})
    assert (row.clientOid, row.extra, row.to_wire()) == ("mine", {}, {key: "mine"})
    assert Respelled(clientOid="mine").to_wire() == {"clientOid": "mine"}
