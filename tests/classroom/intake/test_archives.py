"""Archives: what is in them comes out, and what is hostile is refused with its reason."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from support.classes import zipped

from grader.classroom.intake import archives
from grader.classroom.intake.archives import Room, stem, unpack
from grader.fact import Fact

MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tar.xz": "w:xz"}


def room(entries: int = 100, size: int = 1_000_000) -> Room:
    """Room for what a test unpacks."""
    return Room(entries, size)


def reasons(troubles: list[Fact]) -> list[object]:
    """The codes of the reasons."""
    found = (trouble.arguments["reason"] for trouble in troubles)
    return [why.code for why in found if isinstance(why, Fact)]


def unpacked(path: Path, given: Room) -> dict[str, bytes]:
    """What comes out of an archive."""
    folder = path.parent / "out"
    folder.mkdir()
    unpack(path, folder, given)
    files = (inside for inside in folder.rglob("*") if inside.is_file())
    return {inside.relative_to(folder).as_posix(): inside.read_bytes() for inside in files}


def test_a_zip(tmp_path: Path) -> None:
    """Folders and files."""
    path = zipped(tmp_path / "a.zip", {"x/": b"", "x/a.py": b"1", "b.py": b"2"})
    given = room()
    assert unpacked(path, given) == {"x/a.py": b"1", "b.py": b"2"}
    assert given.troubles == []


@pytest.mark.parametrize("ending", MODES)
def test_a_tar(ending: str, tmp_path: Path) -> None:
    """However it is packed."""
    with tarfile.open(tmp_path / f"a{ending}", MODES[ending]) as archive:
        info = tarfile.TarInfo("x/a.py")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    assert unpacked(tmp_path / f"a{ending}", room()) == {"x/a.py": b"abc"}


def test_archives_in_archives(tmp_path: Path) -> None:
    """Each is unpacked beside itself, down to a depth."""
    data = b"1"
    for depth in range(4):
        name = f"{depth}.zip" if depth else "a.py"
        zipped(tmp_path / "inner.zip", {name: data})
        data = (tmp_path / "inner.zip").read_bytes()
    (tmp_path / "inner.zip").rename(tmp_path / "a.zip")
    given = room()
    found = unpacked(tmp_path / "a.zip", given)
    assert "3.unpacked/2.unpacked/1.zip" in found
    assert reasons(given.troubles) == ["too-deep"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.py", "leads-out"),
        ("x/../../a.py", "leads-out"),
        ("..\\a.py", "leads-out"),
        ("/etc/a.py", "is-absolute"),
        ("C:/a.py", "is-absolute"),
        ("a\x1b.py", "is-no-name"),
    ],
)
def test_a_name_that_leads_elsewhere_is_left_out(name: str, reason: str, tmp_path: Path) -> None:
    """The rest of the archive is there."""
    path = zipped(tmp_path / "a.zip", {name: b"1", "b.py": b"2"})
    given = room()
    assert unpacked(path, given) == {"b.py": b"2"}
    assert reasons(given.troubles) == [reason]
    assert {inside.name for inside in tmp_path.iterdir()} == {"a.zip", "out"}


def test_links_are_left_out(tmp_path: Path) -> None:
    """In a zip and in a tar; so are devices."""
    link = zipfile.ZipInfo("link.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    given = room()
    assert unpacked(tmp_path / "a.zip", given) == {}
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"x{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    (tmp_path / "tar").mkdir()
    unpack(tmp_path / "b.tar", tmp_path / "tar", given)
    assert reasons(given.troubles) == ["is-link"] * 5
    assert list((tmp_path / "tar").iterdir()) == []


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    """Whoever handed it in is to hand in another one."""
    path = zipped(tmp_path / "a.zip", {"a.py": b"1"})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # of the file itself
    data[data.index(b"PK\x01\x02") + 8] |= 1  # of the list at the end
    path.write_bytes(data)
    given = room()
    assert unpacked(path, given) == {}
    assert reasons(given.troubles) == ["is-encrypted"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_bomb_is_refused(kind: str, tmp_path: Path) -> None:
    """Whatever it says of its size, no more comes out of it than there is room for."""
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(path, {"a.py": bytes(10_000_000)})
    else:
        with tarfile.open(path, "w:gz") as archive:
            info = tarfile.TarInfo("a.py")
            info.size = 10_000_000
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    given = room(size=100_000)
    found = unpacked(path, given)
    assert reasons(given.troubles) == ["too-many-bytes"]
    assert sum(map(len, found.values())) <= 100_000


def test_a_long_name_of_a_tar_is_a_bomb_too(tmp_path: Path) -> None:
    """What is read into memory is counted as well."""
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("x" * 5_000_000))
    given = room(size=100_000)
    unpacked(tmp_path / "a.tar.gz", given)
    assert reasons(given.troubles) == ["too-many-bytes"]


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    """Empty ones count."""
    path = zipped(tmp_path / "a.zip", {f"{number}/": b"" for number in range(20)})
    given = room(entries=10)
    unpacked(path, given)
    assert reasons(given.troubles) == ["too-many-entries"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\x1f\x8b\x08 no gz" * 50])
def test_what_is_damaged_is_told(name: str, data: bytes, tmp_path: Path) -> None:
    """And is no error of ours."""
    (tmp_path / name).write_bytes(data)
    given = room()
    assert unpacked(tmp_path / name, given) == {}
    assert set(reasons(given.troubles)) <= {"archive-damaged"}


@pytest.mark.parametrize("name", ["a.rar", "b.7z", "c.py.gz"])
def test_what_cannot_be_opened_is_named(name: str, tmp_path: Path) -> None:
    """By what it is called."""
    given = room()
    unpacked(zipped(tmp_path / "a.zip", {name: b"1"}), given)
    assert [(why.code, why.arguments) for why in given.troubles] == [
        ("archive-unopened", {"file": name})
    ]


def test_names_of_old_archives(tmp_path: Path) -> None:
    """A zip of Windows has them in its own encoding."""
    info = zipfile.ZipInfo("имя.py".encode("cp866").decode("cp437"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "1")
    data = (tmp_path / "a.zip").read_bytes()
    utf_8, raw = info.filename.encode(), "имя.py".encode("cp866")
    data = data.replace(utf_8, raw.ljust(len(utf_8), b"x"))
    for start in (data.index(b"PK\x03\x04") + 7, data.index(b"PK\x01\x02") + 9):
        data = data[:start] + bytes([data[start] & ~8]) + data[start + 1 :]
    (tmp_path / "a.zip").write_bytes(data)
    (name,) = unpacked(tmp_path / "a.zip", room())
    assert name.startswith("имя.py")


def test_the_stem_of_an_archive() -> None:
    """Without all of its ending."""
    names = ("a.zip", "b.TAR.GZ", "c.tgz", "d.py")
    assert [stem(name) for name in names] == ["a", "b", "c", "d.py"]
    assert archives.is_archive("X.Zip") and not archives.is_archive("x.rar")
