"""Which stream feeds a live book: chosen by channel, by depth and by product, and checked before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import attrs

from okx_sync.checks import check_word, did_you_mean
from okx_sync.errors import ConfigError
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.live.subscribe import OPTION_NAMES
from okx_sync.protocol.dialect import Topic

__all__ = ["BookStreams", "Products"]

_NOT_FOR_BOOKS = frozenset({"queue", "policy", "maxsize", "max_bytes", "inline"})
_CHANGES = "book.on_update(fn) hears of changes"
_WORDS = ("channel", "depth", "product")


@attrs.frozen
class Products:
    """The product types among which an instrument's name is ambiguous: ``words``, and the wire's argument for them."""

    arg: str
    words: tuple[str, ...]


@attrs.frozen(kw_only=True)
class BookStreams:
    """What an exchange has to feed books with.

    ``channel``: the one that is taken unless another is asked for; ``args(info, inst_id)``: what to subscribe one with;
    ``depths``: levels a side -> the channel that has so many; ``products``: where an instrument's name does not say its
    product type; else ``no_product`` says what does. ``paths``: where the products have addresses of their own, that of
    each, "" for the client's; ``own_only``: channels that are there for the client's own product alone.
    """

    channel: str
    args: Callable[[ChannelInfo, str], Mapping[str, str]]
    depths: Mapping[int, str] = attrs.field(factory=dict)
    products: Products | None = None
    no_product: str = "the name of the instrument says it"
    paths: Mapping[str, str] = attrs.field(factory=dict)
    own_only: Collection[str] = ()

    def info(
        self, lookup: Callable[[str], ChannelInfo], channel: str | None, depth: int | str | None
    ) -> tuple[str, ChannelInfo]:
        """Choose the channel. Raises ``ConfigError`` when there is none like that."""
        name = self._channel(channel, depth)
        info = lookup(name)
        if not hasattr(info.model, "to_change"):
            raise ConfigError(
                f"{name} is not a book channel", hint=f"for example order_book(inst_id, {self.channel!r})"
            )
        return name, info

    def topic(
        self,
        topic_for: Callable[..., Topic],
        chosen: tuple[str, ChannelInfo],
        inst_id: str,
        product: str | None,
        options: dict[str, Any],
    ) -> Topic:
        """Return the topic of an instrument's book; takes the wire's word for the product out of ``options``.

        Raises ``ConfigError`` for what cannot be right.
        """
        name, info = chosen
        args = {**self.args(info, inst_id), **self._product(product, options)}
        if unfit := sorted(_NOT_FOR_BOOKS & options.keys()):
            raise ConfigError(f"an order book takes no {', '.join(unfit)}", hint=_CHANGES)
        for option in options:
            if option not in OPTION_NAMES:
                known = [*_WORDS, *sorted(OPTION_NAMES - _NOT_FOR_BOOKS)]
                meant = _CHANGES if option == "callback" else did_you_mean(option, known)
                raise ConfigError(f"an order book takes no {option!r}", hint=meant)
        return topic_for(name, **args)

    def path(self, name: str, product: str | None, usual: str, options: Mapping[str, Any]) -> str:
        """Return the path of a product's books. Raises ``ConfigError`` for one that is none, or has none like that."""
        if product is None or not self.paths:
            return usual
        check_word("product", product, self.paths)
        if {"path", "endpoint"} & options.keys():
            raise ConfigError("product= says the path of the book already", hint="say one of product= and path=")
        if (path := self.paths[product]) and name in self.own_only:
            raise ConfigError(f"{name} of {product} needs a client of its own", hint=self.no_product)
        return path or usual

    def is_of(self, topic: Topic, path: str, product: str | None, usual: str) -> bool:
        """Tell whether a topic on a path is of books of a product; ``usual``: the path of those without one."""
        if product is None:
            return True
        if self.products is not None:
            return dict(topic.args).get(self.products.arg, "").upper() == product.upper()
        return not self.paths or (product in self.paths and (self.paths[product] or usual) == path)

    def _channel(self, channel: str | None, depth: int | str | None) -> str:
        if depth is None:
            return channel or self.channel
        try:
            found = None if isinstance(depth, bool) else self.depths.get(int(depth))
        except (TypeError, ValueError):
            found = None
        if found is None:
            there = ", ".join(map(str, sorted(self.depths))) or "none"
            hint = f"depths are {there}; without depth= it is {self.channel}"
            raise ConfigError(f"there is no book of depth {depth!r}", hint=hint)
        if channel not in (None, found):
            raise ConfigError(f"depth={depth} is the channel {found}, not {channel}", hint="say one of the two")
        return found

    def _product(self, product: str | None, options: dict[str, Any]) -> dict[str, str]:
        if self.products is None:
            if (product is None or self.paths) and not {"instType", "inst_type"} & options.keys():
                return {}
            raise ConfigError("an order book takes no product here", hint=self.no_product)
        for alias in (self.products.arg, "inst_type"):
            if alias in options:
                said = options.pop(alias)
                if product not in (None, said):
                    raise ConfigError(f"product={product!r} and {alias}={said!r} contradict each other")
                product = said
        if product is None:
            return {}
        check_word("product", product, self.products.words)
        return {self.products.arg: product}
