"""The command ``okx-sync doctor``: the order in which things are looked at, and what is not looked at any more."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Annotated, Any

import typer

from okx_sync.cli.command import JsonOption, command, console, finite, json_line
from okx_sync.cli.doctor.account import check_key, check_private_stream
from okx_sync.cli.doctor.exchange import VisitTerms, check_rest, check_streams
from okx_sync.cli.doctor.machine import check_machine, check_settings
from okx_sync.cli.doctor.network import check_hosts, check_proxy
from okx_sync.cli.doctor.report import Finding, Report
from okx_sync.cli.place import Exchange, ExchangePlace, MissingKey
from okx_sync.errors import ConfigError

__all__ = ["doctor"]


@command
def doctor(
    place: ExchangePlace,
    timeout: Annotated[
        float, typer.Option(metavar="S", min=0.1, callback=finite, help="Seconds for each step, at most.")
    ] = 8,
    listen: Annotated[
        float, typer.Option(metavar="S", min=0, callback=finite, help="Seconds to listen for what ends connections.")
    ] = 3,
    instrument: Annotated[str | None, typer.Option(metavar="INST", help="Whose ticker is waited for.")] = None,
    json: JsonOption = False,
) -> int:
    """Find out what keeps a program from the exchange: libraries, settings, network, clock, streams, key and account.

    Each line is ok, warn, fail or skip, with the cure below it. The report has no secrets in it and can be sent to
    somebody who helps. Nothing is changed at the exchange. Exit code 1: something failed.

    Examples: okx-sync doctor

    okx-sync doctor --exchange bybit --json > report.jsonl
    """
    out = console()

    def tell(finding: Finding) -> None:
        if not json:
            out.print(finding.line(), soft_wrap=True)

    report = Report(tell)
    check_machine(report)
    check_settings(report, place)
    _visit(report, place, VisitTerms(timeout_s=timeout, listen_s=listen, instrument=instrument))
    if json:
        for document in report.documents():
            json_line(document)
    else:
        failed, warned = report.count("fail"), report.count("warn")
        out.print(f"{failed} failed, {warned} to think about" if failed or warned else "all is well")
    return 1 if report.count("fail") else 0


def _visit(report: Report, place: ExchangePlace, terms: VisitTerms) -> None:
    """Look at everything that needs the network, as far as what lies before it works."""
    try:
        with place.config(private=place.paper, read_only=True, timeout_secs=terms.timeout_s) as config:
            report.add("configuration", "ok", getattr(config, "place", None) or config.environment)
            public = config.replace(credentials=None)
            _look_at_network(report, place, public, terms.timeout_s)
            if not check_rest(report, place.exchange, public):
                return
            check_streams(report, place.exchange, public, terms)
            with nullcontext(config) if place.paper else _own_config(place, terms) as own:
                if check_key(report, place.exchange, own):
                    check_private_stream(report, place.exchange, own, terms.timeout_s)
    except MissingKey as error:
        report.add("key", "skip", "none is set: public data only", error.hint or "")
    except ConfigError as error:
        report.add_error("configuration", error)


def _look_at_network(report: Report, place: ExchangePlace, config: Any, timeout_s: float) -> None:
    urls = [config.rest_host, config.ws_url("public")]
    if not check_proxy(report, urls[0], config.proxy_url, timeout_s):
        is_known = import_module(f"okx_sync.exchanges.{place.exchange}.urls").is_known
        check_hosts(report, urls, config.ca_file, timeout_s, is_known)


def _own_config(place: ExchangePlace, terms: VisitTerms) -> AbstractContextManager[Any]:
    """Return the configuration with the key; where OKX does not know it, other sites are asked."""
    probes = {"probe_sites": True} if place.exchange is Exchange.okx else {}
    return place.config(private=True, read_only=True, timeout_secs=terms.timeout_s, **probes)
