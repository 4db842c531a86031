"""Throw-away certificates: a private authority made anew for each exchange with `tls=True`."""

from __future__ import annotations

import os
import ssl
import tempfile

import trustme


class Certificates:
    """A certificate authority, a server certificate for loopback, and the file clients trust.

    `ca_file` is a temporary PEM file; `remove` deletes it.
    """

    def __init__(self) -> None:
        authority = trustme.CA()
        self.server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server_context.minimum_version = ssl.TLSVersion.TLSv1_2
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(self.server_context)
        handle, self.ca_file = tempfile.mkstemp(prefix="okx-paper-ca-", suffix=".pem")
        with os.fdopen(handle, "wb") as file:
            file.write(authority.cert_pem.bytes())

    def remove(self) -> None:
        """Delete the trust file; safe to call twice."""
        if os.path.exists(self.ca_file):
            os.unlink(self.ca_file)
