"""Building packs and answers for tests: the minimal pack with something laid over it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

PACKS = Path(__file__).parent / "packs"


def tiny_pack(folder: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the minimal pack with some files added or replaced, and return its folder."""
    pack = folder / "pack"
    shutil.copytree(PACKS / "minimal", pack)
    for name, text in (changes or {}).items():
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(text, encoding="utf-8")
    return pack


def overlaid_pack(folder: Path, overlay: Path) -> Path:
    """Write the minimal pack with the files of another folder laid over it."""
    pack = tiny_pack(folder)
    shutil.copytree(overlay, pack, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expect.txt"))
    return pack


def edited_pack(folder: Path, file: str, old: str, new: str) -> Path:
    """Write the minimal pack with one text in one file replaced."""
    text = (PACKS / "minimal" / file).read_text(encoding="utf-8")
    assert old in text
    return tiny_pack(folder, {file: text.replace(old, new)})
