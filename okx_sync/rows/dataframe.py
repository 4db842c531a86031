"""Rows as a pandas DataFrame, for analysis. The only file that imports pandas (extra ``okx_sync[pandas]``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import attrs

from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.rows.column_kinds import column_kinds
from okx_sync.rows.columns import Columns
from okx_sync.rows.row import Row
from okx_sync.rows.untyped import UntypedRow

if TYPE_CHECKING:
    import pandas

__all__ = ["to_df"]

Numbers = Literal["decimal", "float64"]

_UTC: Final = "datetime64[ms, UTC]"
_INDEX: Final = ("ts", "uTime", "updated_at", "cTime", "created_at")


def to_df(
    rows: Any,
    index: str | Literal[False] | None = None,
    *,
    numbers: Numbers = "decimal",
    extra: bool = False,
    model: type[Any] | None = None,
) -> pandas.DataFrame:
    """Make a DataFrame with one column per field, in the order in which the model declares them.

    Args:
        rows: what a call returned, a list of events, a queue that was emptied, ...: rows of one model. An endless
            subscription must be cut (``itertools.islice(sub, 100)``). Also an order book (its levels), order handles,
            ``ws.orders`` (the open ones), ``ws.positions``, ``ws.account`` (its balances), ``ws.status()`` (its
            subscriptions), ``sub.stats``, or a single row.
        index: the column to use as index. By default the rows' own time (``ts``, else ``uTime``, else ``cTime``, else
            the only time there is) as a UTC DatetimeIndex, in the order of ``rows``; rows without one are numbered, and
            so are all with ``False``.
        numbers: ``"decimal"`` keeps the exact ``Decimal`` objects (dtype object): sums are exact, but plots, rolling
            means and the like do not work. ``"float64"`` makes floats, fast and good for statistics, not for money.
            Exact is the default, so that no rounding comes in unasked.
        extra: add what the rows carry beyond the fields of the model, as it is on the wire, as ``extra.<name>``.
        model: the class of the rows; gives an empty result its columns.

    Times become ``datetime64[ms, UTC]``, other whole numbers ``Int64``, flags ``boolean``, text ``string``; nested
    rows and lists stay objects. What is None is missing in the frame.

    Raises :class:`ConfigError` when pandas is not installed, the rows are of several models or there is no such
    column; :class:`DecodeError` for a value that cannot be read.
    """
    if numbers not in get_args(Numbers):
        raise ConfigError(f"numbers cannot be {numbers!r}", hint="one of: decimal, float64")
    pd = pandas_or_error()
    items = _collect(rows)
    dtypes = _dtypes(_model_of(items, model), numbers)
    gathered = Columns(items)
    columns: dict[str, pandas.Series[Any]] = {
        name: pd.Series(_values(items, gathered, name, dtype, pd.NaT.value if dtype == _UTC else None), dtype=dtype)
        for name, dtype in dtypes.items()
    }
    if items and isinstance(items[0], UntypedRow):
        columns = {name: pd.Series(values, dtype=object) for name, values in _extra(items).items()}
    elif extra:
        columns |= {f"extra.{name}": pd.Series(values, dtype=object) for name, values in _extra(items).items()}
    frame: pandas.DataFrame = pd.DataFrame(columns)
    name = _time_of(dtypes) if index is None else index
    if not name:
        return frame
    if name not in columns:
        raise ConfigError(f"index cannot be {name!r}", hint=f"one of: {', '.join(columns)}; or False")
    return frame.set_index(name)


def pandas_or_error() -> Any:
    """Return pandas. Raises ``ConfigError`` where it is not installed."""
    try:
        import pandas
    except ImportError:
        raise ConfigError("to_df needs pandas", hint="pip install 'okx_sync[pandas]'") from None
    return pandas


def _collect(rows: Any) -> list[Any]:
    """Return the rows of ``rows``: of a book its levels, of a handle the order as it is now.

    The end that a client puts into a user's queue is no row; an error in it counts.
    """
    if hasattr(rows, "to_rows"):
        rows = rows.to_rows()
    elif isinstance(rows, Row) or not isinstance(rows, Iterable):
        rows = [rows]
    items = _events(rows)
    return [item.snapshot() for item in items] if items and hasattr(type(items[0]), "snapshot") else items


def _events(rows: Iterable[Any]) -> list[Any]:
    if isinstance(rows, list) and not any(issubclass(kind, Exception) for kind in set(map(type, rows))):
        return rows
    items: list[Any] = []
    for item in rows:
        if isinstance(item, StreamClosed):
            continue
        if isinstance(item, Exception):
            raise item
        items.append(item)
    return items


def _model_of(items: list[Any], model: type[Any] | None) -> type[Any] | None:
    classes = list(dict.fromkeys(map(type, items)))
    if model is not None and model not in classes:
        classes.append(model)
    if len(classes) > 1:
        names = ", ".join(cls.__name__ for cls in classes)
        raise ConfigError(f"rows must be of one model, not of {names}", hint="make a frame of each")
    if classes and not attrs.has(classes[0]):
        raise ConfigError(f"rows must hold rows of the exchange, not {classes[0].__name__}")
    return classes[0] if classes else None


def _values(items: list[Any], gathered: Columns, name: str, dtype: Any, missing: Any) -> Any:
    """Return one field of all rows.

    ``missing`` stands for None: older pandas takes whole numbers beside a None for ns.
    """
    values = gathered.values(name, as_floats=dtype == "float64")
    if values is None:
        values = [getattr(item, name) for item in items]
    return (
        values if missing is None or None not in values else [missing if value is None else value for value in values]
    )


def _dtypes(cls: type[Any] | None, numbers: Numbers) -> dict[str, Any]:
    """Return the columns and their types."""
    exact = object if numbers == "decimal" else "float64"
    dtypes = {"number": exact, "time": _UTC, "whole": "Int64", "flag": "boolean", "text": "string", "float": "float64"}
    return {} if cls is None else {name: dtypes.get(kind, object) for name, kind in column_kinds(cls).items()}


def _time_of(dtypes: dict[str, Any]) -> str | None:
    """Return the column that says when a row was, if that is clear."""
    times = [name for name, dtype in dtypes.items() if dtype == _UTC]
    return next((name for name in _INDEX if name in times), times[0] if len(times) == 1 else None)


def _extra(items: list[Any]) -> dict[str, list[Any]]:
    found = [item.extra if isinstance(item, Row) else {} for item in items]
    names = dict.fromkeys(name for one in found for name in one)
    return {name: [one.get(name) for one in found] for name in names}
