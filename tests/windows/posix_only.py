"""What only POSIX systems have, as typeshed has it, and where a source uses it unguarded."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MODULES = {
    "crypt", "curses", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
}  # fmt: skip
_OF_OS = """
    O_ASYNC O_CLOEXEC O_DIRECT O_DIRECTORY O_DSYNC O_NDELAY O_NOATIME O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH
    O_SYNC O_TMPFILE PRIO_PROCESS WCOREDUMP WEXITSTATUS WIFEXITED WIFSIGNALED WNOHANG WTERMSIG chown chroot
    confstr copy_file_range ctermid environb fchdir fchmod fchown fdatasync fork forkpty fstatvfs fwalk
    get_blocking getegid geteuid getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid
    getuid getxattr initgroups killpg lchown listxattr lockf login_tty major makedev memfd_create minor mkfifo
    mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise posix_fallocate posix_spawn pread pwrite readv
    register_at_fork removexattr sched_getaffinity sched_setaffinity sched_yield sendfile set_blocking setegid
    seteuid setgid setpgid setpriority setsid setuid setxattr statvfs sync sysconf tcgetpgrp ttyname uname
    wait wait3 wait4 waitid writev
"""
_OF_SIGNAL = """
    ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGPOLL
    SIGPROF SIGQUIT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ
    SIG_BLOCK SIG_SETMASK SIG_UNBLOCK alarm getitimer pause pthread_kill pthread_sigmask setitimer
    siginterrupt sigpending sigwait sigwaitinfo
"""
NAMES = {
    "mmap": {"MAP_ANONYMOUS", "MAP_PRIVATE", "MAP_SHARED", "PROT_READ", "PROT_WRITE"},
    "os": set(_OF_OS.split()),
    "select": {"PIPE_BUF", "POLLIN", "POLLOUT", "epoll", "poll"},
    "signal": set(_OF_SIGNAL.split()),
    "socket": {"AF_UNIX", "socketpair"},
    "time": {"CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "clock_gettime", "tzset"},
}
"""Module to the names in it that Windows lacks."""


def unguarded_uses(tree: ast.AST) -> list[str]:
    """Return where a module uses what Windows lacks without looking first: `fcntl (12)`, with the line.

    Guarded is what stands below a question for `sys.platform` or `hasattr`, behind a `return` for Windows, or
    where the lack of it is caught. `getattr(os, "nice", None)` is none: it names nothing.
    """
    return [f"{name} ({line})" for name, line in _uses(list(ast.iter_child_nodes(tree)))]


def _uses(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if _leaves_windows(node):
            return
        if _asks(node) or _catches(node):
            continue
        yield from _names(node)
        for field in ast.iter_fields(node):
            children = field[1] if isinstance(field[1], list) else [field[1]]
            yield from _uses([child for child in children if isinstance(child, ast.AST)])


def _names(node: ast.AST) -> Iterator[tuple[str, int]]:
    match node:
        case ast.Import(names):
            modules = [alias.name.split(".")[0] for alias in names]
        case ast.ImportFrom(module, names, level=0) if module in NAMES:
            modules = []
            yield from ((f"{module}.{a.name}", node.lineno) for a in names if a.name in NAMES[module])
        case ast.ImportFrom(module, level=0):
            modules = [str(module).split(".")[0]]
        case ast.Attribute(ast.Name(module), name) if name in NAMES.get(module, ()):
            modules = []
            yield f"{module}.{name}", node.lineno
        case _:
            return
    yield from ((module, node.lineno) for module in modules if module in MODULES)


def _asks(node: ast.AST) -> bool:
    """Tell whether what stands in a node depends on the system, or on whether there is such a name."""
    if isinstance(node, ast.If | ast.IfExp):
        return _is_question(node.test)
    return isinstance(node, ast.BoolOp) and any(map(_is_question, node.values))


def _is_question(test: ast.AST) -> bool:
    text = ast.unparse(test)
    return "sys.platform" in text or "hasattr(" in text


def _leaves_windows(node: ast.AST) -> bool:
    """Tell whether nothing behind a statement is run on Windows."""
    return (
        isinstance(node, ast.If)
        and "sys.platform == 'win32'" in ast.unparse(node.test)
        and not (isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And))
        and isinstance(node.body[-1], ast.Return | ast.Raise)
    )


def _catches(node: ast.AST) -> bool:
    """Tell whether a node catches that there is no such module."""
    if isinstance(node, ast.Try):
        caught = " ".join(ast.unparse(handler.type) for handler in node.handlers if handler.type)
    elif isinstance(node, ast.With):
        caught = " ".join(ast.unparse(item.context_expr) for item in node.items)
    else:
        return False
    return "ImportError" in caught


def unsaid_encodings(tree: ast.AST) -> list[int]:
    """Return the lines where a text is read, written or piped without saying in which encoding.

    Where one is written, which line ends it gets must be said too: elsewhere they are others.
    """
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_unsaid(node)]


def _is_unsaid(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    said = {keyword.arg for keyword in call.keywords}
    if None in said:
        return False
    module = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if module == "subprocess":
        return bool(said & {"text", "universal_newlines"}) and "encoding" not in said
    if name == "read_text":
        return not call.args and "encoding" not in said
    if name == "write_text":
        return "encoding" not in said or "newline" not in said
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    texts = [str(argument.value) for argument in given if isinstance(argument, ast.Constant)]
    modes = [text for text in texts if set(text) <= set("rwaxbt+")]
    if name == "fdopen" or (name == "open" and modes):
        is_text = not any("b" in mode for mode in modes)
        writes = any(set(mode) & set("wax+") for mode in modes)
        return is_text and ("encoding" not in said or (writes and "newline" not in said))
    return False
