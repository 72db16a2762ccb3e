"""On what drive a folder lies, as the system knows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coder.workflows.study.surroundings.mounts import linux_mounts, mac_mounts, mount_of, windows_mount

if TYPE_CHECKING:
    from coder.workflows.study.surroundings.mounts import Mount

MOUNT_TABLE = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted where."""
_MOUNT_SECONDS = 2.0
"""How long the list of mounts of a Mac is waited for."""


def network_drive(folder: Path) -> Mount | None:
    """Return the network drive, or shared folder, on which a folder lies, as far as the system says."""
    if sys.platform == "win32":
        import ctypes

        drive_type = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")
        return windows_mount(str(folder), drive_type)
    if sys.platform == "darwin":
        mount = mount_of(folder, mac_mounts(_output_of_mount()))
    else:
        mount = mount_of(folder, linux_mounts(_mount_table()))
    return mount if mount and mount.what else None


def _mount_table() -> str:
    try:
        return MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _output_of_mount() -> str:
    try:
        return subprocess.run(
            ["/sbin/mount"],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=_MOUNT_SECONDS,
            check=False,
        ).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
