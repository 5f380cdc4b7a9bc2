"""The files of a pack: which there are, within limits, and the hash of their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from checklist.pack.problems import Problems, nearest

MAX_FILES = 400
MAX_FILE = 1_000_000
MAX_TOTAL = 8_000_000

FOLDERS = (
    "sections",
    "checks",
    "kpis",
    "picks",
    "funnels",
    "benchmarks",
    "findings",
    "formulas",
    "glossary",
    "scoring",
)
NOT_READ = ("tests", "translations")


def read_files(root: Path, problems: Problems) -> dict[str, bytes]:
    """Return the bytes of each file by its path in the pack, sorted; what is refused is left out."""
    contents: dict[str, bytes] = {}
    total = 0
    if not (root / "pack.yaml").is_file():
        problems.add_file("pack.yaml", "missing_file")
    for count, path in enumerate(_yaml_files(root, problems)):
        name = path.relative_to(root).as_posix()
        size = path.stat().st_size
        total += size
        if count >= MAX_FILES:
            problems.add_file(name, "too_many_files", limit=MAX_FILES)
            break
        if total > MAX_TOTAL:
            problems.add_file(name, "pack_too_large", limit=MAX_TOTAL)
            break
        if size > MAX_FILE:
            problems.add_file(name, "file_too_large", limit=MAX_FILE, size=size)
        else:
            contents[name] = path.read_bytes()
    return contents


def content_hash(contents: Mapping[str, bytes]) -> str:
    """Return the SHA-256, in hex, of all names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def _yaml_files(root: Path, problems: Problems) -> Iterator[Path]:
    inside = root.resolve()
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        within = here.relative_to(root)
        _refuse_linked_folders(root, here, folders, problems)
        if here == root:
            folders[:] = [name for name in folders if name not in NOT_READ]
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or path.suffix not in (".yaml", ".yml"):
                continue
            if not path.resolve().is_relative_to(inside) or not path.is_file():
                problems.add_file(path.relative_to(root).as_posix(), "link_leaves_pack")
            elif _is_expected(within, name, problems):
                yield path


def _refuse_linked_folders(root: Path, here: Path, folders: list[str], problems: Problems) -> None:
    for name in list(folders):
        if (here / name).is_symlink():
            problems.add_file((here / name).relative_to(root).as_posix(), "link_leaves_pack")
            folders.remove(name)


def _is_expected(within: Path, name: str, problems: Problems) -> bool:
    """Say whether a file stands where a pack has files; one that would go unread is a mistake."""
    if within == Path("."):
        if name != "pack.yaml":
            problems.add_file(name, "unknown_file", nearest=nearest(name, ["pack.yaml"]))
        return name == "pack.yaml"
    if within.parts[0] in FOLDERS and len(within.parts) == 1 and name.endswith(".yaml"):
        return True
    meant = nearest(within.parts[0], FOLDERS)
    problems.add_file((within / name).as_posix(), "unknown_file", nearest=meant)
    return False
