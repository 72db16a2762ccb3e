"""Which mounts are on a network, or shared with another machine, by tables as systems write them."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from coder.workflows.study.surroundings.mounts import linux_mounts, mac_mounts, mount_of, windows_mount

LINUX = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
30 22 0:40 / /home/jo/nas rw,relatime shared:3 master:2 - {kind} {source} rw,vers=4.2
31 22 0:41 / /home/jo/my\\040drive rw - cifs //server/share rw
32 22 0:42 / /mnt/auto rw - autofs systemd-1 rw
33 32 0:43 / /mnt/auto rw - nfs4 server:/export rw
34 30 8:2 / /home/jo/nas/local rw - btrfs /dev/sdb1 rw
nonsense
35 22 0:44 / /short -
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//jo@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by jo)
server:/export on /Volumes/with (brackets) (nfs, nodev, nosuid)
/dev/disk4s1 on /Volumes/Stick (msdos, local, nodev, nosuid, noowners)
sshfs@macfuse0 on /Volumes/far (macfuse, nodev, nosuid, synchronous, mounted by jo)
"""


def linux(folder: str, kind: str = "nfs4", source: str = "server:/export") -> str:
    """Return what a folder lies on, on a Linux with one more mount."""
    mount = mount_of(PurePosixPath(folder), linux_mounts(LINUX.format(kind=kind, source=source)))
    assert mount is not None
    return mount.what


@pytest.mark.parametrize(
    ("kind", "source", "what"),
    [
        ("nfs", "server:/export", "a network drive (NFS)"),
        ("nfs4", "server:/export", "a network drive (NFS)"),
        ("cifs", "//server/share", "a network drive (SMB)"),
        ("smb3", "//server/share", "a network drive (SMB)"),
        ("fuse.sshfs", "jo@server:/home/jo", "a network drive (SSH)"),
        ("fuse.rclone", "drive:", "a network drive (rclone)"),
        ("fuse", "https://cloud.example.org/dav", "a network drive"),
        ("davfs", "https://cloud.example.org/dav", "a network drive (WebDAV)"),
        ("9p", "C:\\134", "a shared folder"),
        ("vboxsf", "shared", "a shared folder"),
        ("fuse.gvfsd-fuse", "gvfsd-fuse", "a network drive"),
        ("ext4", "/dev/sdb1", ""),
        ("btrfs", "/dev/sdb1", ""),
        ("fuseblk", "/dev/sdb1", ""),
        ("fuse.ntfs-3g", "/dev/sdb1", ""),
        ("fuse", "/dev/sdb1", ""),
        ("overlay", "overlay", ""),
        ("tmpfs", "tmpfs", ""),
        ("zfs", "tank/home", ""),
    ],
)
def test_kinds_of_linux_mounts(kind: str, source: str, what: str) -> None:
    """File systems of other machines are known by their type, those of this one are none of them."""
    assert linux("/home/jo/nas/studies/one", kind, source) == what


def test_the_innermost_mount_counts_and_the_later_of_two() -> None:
    """A disk in a network drive is of this machine; what is mounted over a place hides what was there."""
    assert linux("/home/jo/study") == ""
    assert linux("/home/jo/nas/local/study") == ""
    assert linux("/home/jo/nashorn") == ""
    assert linux("/home/jo/my drive/study") == "a network drive (SMB)"
    assert linux("/mnt/auto/study") == "a network drive (NFS)"


def test_the_root_of_a_container_is_no_network_drive() -> None:
    """Where the root itself is such a mount, there is nothing else to lie on."""
    assert [mount.what for mount in linux_mounts("1 0 0:1 / / rw - 9p none rw")] == [""]
    assert mount_of(PurePosixPath("/home/jo"), linux_mounts("")) is None


@pytest.mark.parametrize(
    ("folder", "what"),
    [
        ("/Users/jo/study", ""),
        ("/System/Volumes/Data/home/jo", ""),
        ("/Volumes/Stick/study", ""),
        ("/Volumes/share/study", "a network drive (SMB)"),
        ("/Volumes/with (brackets)/study", "a network drive (NFS)"),
        ("/Volumes/far/study", "a network drive"),
    ],
)
def test_mounts_of_a_mac(folder: str, what: str) -> None:
    """What the list of mounts does not call local is on a network, but for the system's own."""
    mount = mount_of(PurePosixPath(folder), mac_mounts(MAC))
    assert mount is not None
    assert mount.what == what


@pytest.mark.parametrize(
    ("folder", "drive_type", "is_network"),
    [
        ("C:\\Users\\jo\\study", 3, False),
        ("D:\\study", 2, False),
        ("Z:\\study", 4, True),
        ("\\\\server\\share\\study", 1, True),
        ("\\\\?\\UNC\\server\\share\\study", 1, True),
        ("\\\\?\\C:\\study", 3, False),
        ("\\\\wsl$\\Debian\\home\\jo", 4, True),
        ("\\\\wsl.localhost\\Debian\\home\\jo", 1, True),
    ],
)
def test_drives_of_windows(folder: str, drive_type: int, *, is_network: bool) -> None:
    """Paths that begin with a machine's name, and letters that stand for one."""
    assert (windows_mount(folder, drive_type) is not None) == is_network
