"""What a refused call may have meant: names of instruments and words that look like known ones, in the error's hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from okx_sync.checks import did_you_mean
from okx_sync.errors import OkxApiError, OkxError
from okx_sync.rest.dialect import RestDialect
from okx_sync.rest.endpoint import Endpoint

__all__ = ["hinted"]


def hinted(dialect: RestDialect, endpoint: Endpoint, params: Mapping[str, Any], error: OkxError) -> OkxError:
    """Put what may have been meant before the hint of a refusal; returns the same error."""
    if isinstance(error, OkxApiError):
        found = [dialect.hint_at_name(params), *_words_meant(endpoint, params), error.hint]
        error.hint = " ".join(filter(None, found)) or None
    return error


def _words_meant(endpoint: Endpoint, params: Mapping[str, Any]) -> Iterator[str]:
    """Return the words that look like those given, of parameters whose list of known words may grow."""
    try:
        annotations = get_type_hints(endpoint.function)
    except NameError:  # a call that was not declared has none
        return
    for param in endpoint.params:
        value, known = params.get(param.wire), list(_words(annotations.get(param.name)))
        if isinstance(value, str) and known and value not in known:
            same = [word for word in known if word.casefold() == value.casefold()]
            meant = f"did you mean {' or '.join(same)}?" if same else did_you_mean(value, known)
            if meant is not None:
                yield f"{param.name}: {meant}"


def _words(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (word for word in get_args(annotation) if isinstance(word, str))
    else:
        for part in get_args(annotation):
            yield from _words(part)
