"""The fixed words of the engine, by language and key; never those of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklist.errors import ChecklistError, PackError
from checklist.pack.reading import read_yaml

LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class Phrases:
    """Every phrase as `group.key`, once for each language."""

    texts: Mapping[str, Mapping[str, str]]

    def text(self, language: str, key: str, /, **params: str) -> str:
        """Return a phrase with its placeholders filled in.

        Raise ChecklistError("no_phrase") for a key that is not there.
        """
        try:
            return self.texts[language][key].format(**params)
        except (KeyError, IndexError) as error:
            raise ChecklistError("no_phrase", key=key, language=language, detail=str(error)) from error

    def has(self, language: str, key: str) -> bool:
        """Return whether there is such a phrase."""
        return key in self.texts[language]

    def group(self, language: str, name: str) -> dict[str, str]:
        """Return the phrases of one group by their last part."""
        start = f"{name}."
        return {
            key[len(start) :]: text for key, text in self.texts[language].items() if key.startswith(start)
        }


def load_phrases(folder: Path) -> Phrases:
    """Load `ja.yaml` and `en.yaml` of a folder, and what stands in `ja/` and `en/`; raise PackError."""
    return Phrases({language: _language(folder, language) for language in LANGUAGES})


def _language(folder: Path, language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in (folder / f"{language}.yaml", *sorted((folder / language).glob("*.yaml"))):
        texts |= _flat(_read(path), "")
    return texts


def _read(path: Path) -> Mapping[str, Any]:
    document = read_yaml(path.read_text(encoding="utf-8"), path.name)
    if document.problems:
        raise PackError(document.problems)
    content: Mapping[str, Any] = document.content
    return content


def _flat(node: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}{key}"
        flat += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return flat
