"""The safety switches: what passes, what is raised, and what the errors carry."""

from __future__ import annotations

import pickle

import pytest

from okx_sync.errors import DryRun, OkxError, ReadOnlyError
from okx_sync.protocol.write_guard import STREAM, WriteGuard

ORDER = ("POST", "/api/v5/trade/order", '{"instId":"BTC-USDT","sz":"1"}')


def test_without_a_switch_everything_passes() -> None:
    """The guard of an ordinary client says nothing."""
    WriteGuard().check(*ORDER)


def test_read_only_raises() -> None:
    """The error names the call and the place, and is not worth repeating."""
    with pytest.raises(ReadOnlyError, match=r"POST /api/v5/trade/order .*okx eea live.*Hint: .*read_only") as caught:
        WriteGuard(read_only=True, environment="okx eea live").check(*ORDER)
    assert not caught.value.retryable


def test_dry_run_raises_with_what_would_have_gone_out() -> None:
    """Method, path and body to the letter, also for an operation on a stream; nothing looks like success."""
    guard = WriteGuard(dry_run=True)
    with pytest.raises(DryRun, match="dry run") as caught:
        guard.check(*ORDER)
    error = caught.value
    assert (error.method, error.path, error.body) == ORDER
    assert isinstance(error, OkxError)
    assert not error.retryable
    assert error.hint is not None
    with pytest.raises(DryRun) as caught:
        guard.check(STREAM, "batch-orders", "[]")
    assert (caught.value.method, caught.value.path, caught.value.body) == ("WS", "batch-orders", "[]")


def test_read_only_wins() -> None:
    """With both switches on, not even a rehearsal takes place."""
    with pytest.raises(ReadOnlyError):
        WriteGuard(read_only=True, dry_run=True).check(*ORDER)


@pytest.mark.parametrize("field", ["passphrase", "pwd"])
def test_a_secret_in_the_body_is_masked(field: str) -> None:
    """The passphrase of a key that is to be made is in no error, not even after a trip to another process."""
    with pytest.raises(DryRun) as caught:
        WriteGuard(dry_run=True).check("POST", "/api/v5/users", f'{{"subAcct":"a","{field}":"SENTINEL"}}')
    copy = pickle.loads(pickle.dumps(caught.value))
    assert "SENTINEL" not in copy.body + repr(vars(copy))
    assert '"subAcct":"a"' in copy.body
