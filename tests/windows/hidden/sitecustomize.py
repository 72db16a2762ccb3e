"""Hides what Windows lacks from every Python process that has this folder in its path.

What the standard library holds of it was loaded before: on Windows it has other means.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

_BELOW = "asyncio concurrent.futures.process getpass multiprocessing.connection select shutil socket tempfile"
_NEEDED_BELOW = {
    "os.O_TMPFILE",
    "os.WNOHANG",
    "os.get_blocking",
    "os.register_at_fork",
    "os.set_blocking",
    "os.uname",
    "os.waitid",
    "select.POLLIN",
    "select.POLLOUT",
    "select.epoll",
    "select.poll",
    "select.PIPE_BUF",
    "signal.SIGKILL",
    "signal.SIG_BLOCK",
    "signal.SIG_SETMASK",
    "signal.SIG_UNBLOCK",
    "signal.pthread_sigmask",
    "socket.AF_UNIX",
    "socket.socketpair",
}
"""What the standard library asks for on this system while it works."""


def hide(*loaded_before: str) -> None:
    """Take away the modules, and the names in others, once some have been loaded that need them here."""
    for module in (*_BELOW.split(), *loaded_before):
        import_module(module)
    sys.path.insert(0, str(Path(__file__).parents[1]))
    posix_only = import_module("posix_only")
    del sys.path[0]
    sys.modules.update(dict.fromkeys(posix_only.MODULES - {"posix"}))
    for module, names in posix_only.NAMES.items():
        for name in names:
            if f"{module}.{name}" not in _NEEDED_BELOW and hasattr(sys.modules.get(module), name):
                delattr(sys.modules[module], name)


if not any("hide(" in argument for argument in sys.orig_argv):
    hide()
