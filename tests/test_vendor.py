"""Everything taken over from elsewhere is listed in a vendor.txt beside it and unchanged since."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = sorted(path for top in ("checklist", "webapp") for path in (ROOT / top).rglob("vendor.txt"))
HASHED = re.compile(r"^  ([0-9a-f]{64})  (.+)$", re.MULTILINE)

each_list = pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.parent.name)


def listed(listing: Path) -> dict[str, str]:
    return {name: digest for digest, name in HASHED.findall(listing.read_text(encoding="utf-8"))}


def held(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "vendor.txt"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_fonts_and_design_tokens_are_vendored():
    folders = {listing.parent.relative_to(ROOT).parts[0] for listing in LISTS}
    assert folders == {"checklist", "webapp"}


@each_list
def test_vendored_files_are_listed_and_unchanged(listing: Path):
    assert held(listing.parent) == listed(listing)


@each_list
def test_a_listing_names_package_version_and_an_enclosed_licence(listing: Path):
    fields = dict(re.findall(r"^(\w+): (.+)$", listing.read_text(encoding="utf-8"), re.MULTILINE))
    assert fields.keys() >= {"package", "version", "licence"}
    licence_file = fields["licence"].split(", see ")[1]
    assert licence_file in listed(listing)


def test_every_folder_of_static_vendor_has_a_listing():
    folders = [path for path in (ROOT / "webapp/static/vendor").iterdir() if path.is_dir()]
    assert folders
    assert [folder.name for folder in folders if not (folder / "vendor.txt").is_file()] == []
