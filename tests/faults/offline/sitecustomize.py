"""Loaded by every Python process of the test at its start: reports each attempt to find or reach a host."""

import os
import sys

_EVENTS = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind",
    "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
    "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect",
}  # fmt: skip
"""Audit events of the standard library: https://docs.python.org/3/library/audit_events.html."""
_REPORT = os.environ["NETWORK_REPORT"]
_STARTED = os.open(f"{_REPORT}.processes", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
os.write(_STARTED, f"{' '.join(sys.orig_argv)}\n".encode())


def _report(event: str, arguments: tuple[object, ...]) -> None:
    if event in _EVENTS:
        descriptor = os.open(_REPORT, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(descriptor, f"{event} {arguments!r} {sys.orig_argv}\n".encode())
        os.close(descriptor)


sys.addaudithook(_report)
