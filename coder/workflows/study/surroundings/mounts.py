"""Is a folder on another machine, or shared with one, as far as the system's table of mounts says?"""

from __future__ import annotations

import re
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NETWORK = {
    "9p": "a shared folder",
    "afpfs": "a network drive (AFP)",
    "afs": "a network drive (AFS)",
    "beegfs": "a network drive (BeeGFS)",
    "ceph": "a network drive (Ceph)",
    "cifs": "a network drive (SMB)",
    "coda": "a network drive (Coda)",
    "davfs": "a network drive (WebDAV)",
    "drvfs": "a shared folder",
    "gfs2": "a drive that several machines share (GFS2)",
    "glusterfs": "a network drive (GlusterFS)",
    "gpfs": "a network drive (GPFS)",
    "lustre": "a network drive (Lustre)",
    "ncpfs": "a network drive (NetWare)",
    "nfs": "a network drive (NFS)",
    "nfs4": "a network drive (NFS)",
    "ocfs2": "a drive that several machines share (OCFS2)",
    "prl_fs": "a shared folder",
    "smb3": "a network drive (SMB)",
    "smbfs": "a network drive (SMB)",
    "vboxsf": "a shared folder",
    "virtiofs": "a shared folder",
    "vmhgfs": "a shared folder",
    "webdav": "a network drive (WebDAV)",
}
"""File systems that lie on another machine, or that another machine uses at the same time."""
_FUSE = {
    "ceph": _NETWORK["ceph"],
    "curlftpfs": "a network drive (FTP)",
    "davfs2": _NETWORK["davfs"],
    "glusterfs": _NETWORK["glusterfs"],
    "google-drive-ocamlfuse": "a network drive (Google Drive)",
    "grpcfuse": "a shared folder",
    "gvfsd-fuse": "a network drive",
    "kio-fuse": "a network drive",
    "onedriver": "a network drive (OneDrive)",
    "rclone": "a network drive (rclone)",
    "s3fs": "a network drive (S3)",
    "smbnetfs": "a network drive (SMB)",
    "sshfs": "a network drive (SSH)",
    "vmhgfs-fuse": "a shared folder",
}
"""The same, of those that are programs (FUSE): others of these, as for NTFS, are of this machine."""
_ADDRESS = re.compile(r"https?://|//|[\w.-]+@[\w.-]+:")
"""How the source of a network drive begins whose file system says no more than `fuse`."""
_ESCAPE = re.compile(r"\\([0-7]{3})")
_POINT = 4
"""The column of mountinfo with the folder where a mount begins."""
_MAC_LINE = re.compile(r"(?P<source>.*) on (?P<point>/.*) \((?P<kind>[^,()]+)(?P<options>[^()]*)\)")
_MAC_SYSTEM = frozenset({"autofs", "devfs", "fdesc", "nullfs"})
"""File systems of the Mac's own that are not called local."""
_DRIVE_REMOTE = 4
"""What GetDriveType says of a drive letter that stands for a folder on a network."""
_WINDOWS_OWN = ("\\\\?\\", "\\\\.\\")
_VERBATIM_NETWORK = "\\\\?\\unc\\"
_WSL = ("\\\\wsl$\\", "\\\\wsl.localhost\\")


class Mount(NamedTuple):
    """One line of the table of mounts."""

    point: str
    """The folder where it begins."""
    what: str
    """What it is, for people: `a network drive (NFS)`; empty for a disk of this machine."""
    source: str = ""
    """Where it leads: `//server/share`."""


def linux_mounts(table: str) -> list[Mount]:
    """Return the mounts that a text of /proc/self/mountinfo lists; lines that make no sense are left out."""
    mounts = []
    for line in table.split("\n"):
        mount_fields, separator, source_fields = line.partition(" - ")
        columns, (kind, source, *_) = mount_fields.split(" "), [*source_fields.split(" "), "", ""]
        if separator and len(columns) > _POINT:
            point, source = _unescaped(columns[_POINT]), _unescaped(source)
            # The root itself is shared in some containers, and is all there is.
            what = "" if point == "/" and kind in {"9p", "virtiofs"} else _kind_of(kind, source)
            mounts.append(Mount(point, what, source))
    return mounts


def mac_mounts(table: str) -> list[Mount]:
    """Return the mounts that the output of `mount` lists on macOS."""
    mounts = []
    for line in table.splitlines():
        if match := _MAC_LINE.fullmatch(line.strip()):
            kind, options = match["kind"], match["options"].replace(" ", "").split(",")
            is_elsewhere = "local" not in options and kind not in _MAC_SYSTEM
            what = _kind_of(kind, match["source"]) or ("a network drive" if is_elsewhere else "")
            mounts.append(Mount(match["point"], what, match["source"]))
    return mounts


def mount_of(folder: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """Return the mount that a folder lies on: the innermost, and of two at one place the later.

    Args:
        folder: Its path from the root, links followed.
        mounts: The table of mounts, in its order.
    """
    innermost: Mount | None = None
    for mount in mounts:
        is_inside = PurePosixPath(folder).is_relative_to(mount.point)
        if is_inside and (innermost is None or len(mount.point) >= len(innermost.point)):
            innermost = mount
    return innermost


def windows_mount(folder: str, drive_type: int) -> Mount | None:
    """Return the network drive on which a folder lies on Windows, if it does.

    Args:
        folder: Its path in full; a network's begins with two backslashes and the machine's name.
        drive_type: What GetDriveType says of its drive.
    """
    lower = folder.casefold()
    if lower.startswith(_WSL):
        return Mount(folder, "a folder of Linux (WSL)", folder)
    is_unc = lower.startswith("\\\\") and not lower.startswith(_WINDOWS_OWN)
    if is_unc or lower.startswith(_VERBATIM_NETWORK):
        return Mount(folder, "a network drive", folder)
    return Mount(folder[:2], "a network drive", folder[:2]) if drive_type == _DRIVE_REMOTE else None


def _kind_of(kind: str, source: str) -> str:
    """Return what a file system is for people; empty for one of this machine, or one that is not known."""
    name, _, program = kind.partition(".")
    if name == "fuse":
        return _FUSE.get(program, "") or ("a network drive" if not program and _ADDRESS.match(source) else "")
    return _NETWORK.get(kind, "")


def _unescaped(field: str) -> str:
    r"""Return a field of mountinfo with its octal escapes undone: `\040` stands for a space."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 8)), field)
