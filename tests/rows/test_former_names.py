"""``okx_sync.models`` and its modules give the names that they gave before the rows had a room of their own."""

from __future__ import annotations

import importlib

import pytest

NAMES = {
    "models": "BookLevel Row decoder envelope last_column model opener wire",
    "models.fields": "Converter Kind PLAIN RowsDecoder SCALARS UNREADABLE kind_of to_bool to_decimal to_int to_text "
    "to_texts",
    "models.late": "Late finish_later",
    "models.levels": "BookLevel",
    "models.neutral": "AccountUpdate BalanceUpdate FINAL FillUpdate OrderStatus OrderUpdate PositionSide "
    "PositionUpdate Side check_amounts",
    "models.row": "Row UnreadableFieldError copy_of decoder model opener",
    "models.sources": "Envelope Find LastColumn Source Wire envelope in_column in_keys in_last_column in_message "
    "in_object last_column marked source_of wire",
    "models.spelling": "as_text clone show spell",
    "models.tables": "Numbers to_df",
    "models.tolerant": "each told tolerant",
}


@pytest.mark.parametrize("module", NAMES)
def test_a_former_name_is_still_there(module: str) -> None:
    """Also of classes that have another name now."""
    found = importlib.import_module(f"okx_sync.{module}")
    assert [name for name in NAMES[module].split() if not hasattr(found, name)] == []
