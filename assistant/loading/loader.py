"""One file -> its documents: Markdown and text here, every other format in a child process, each content read once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from assistant.loading.card import CardError, make_card, split_front_matter
from assistant.loading.content import Content, Limits, ReadError, Tick
from assistant.loading.guesses import guessed_card
from assistant.loading.isolation import Workshop
from assistant.loading.markdown import markdown_sections
from assistant.loading.masking import masked
from assistant.loading.messages import VERSION, content_from, content_values
from assistant.loading.sidecar import read_card
from assistant.loading.sniffing import checked_format, promised, unsupported
from assistant.loading.text import decoded, text_content
from assistant.types import Document, LoadFailure

Loaded = Document | LoadFailure

EMPTY = ("berkas kosong", "Isi berkas itu atau hapus dari folder korpus.")
WORDLESS = ("tidak ada kalimat yang dapat dibaca", "Tulis isinya di bawah judul, atau pindai ulang dengan lebih jelas.")
ZIPPED = ("arsip ini memuat beberapa dokumen", "Buka ZIP itu dan kirim isinya satu per satu.")


class Loader:
    """Reads files within `limits`. With a folder `cache`, a file whose bytes were read before is not read again.

    A context manager: the child process lives until it closes.
    """

    def __init__(self, limits: Limits | None = None, *, cache: Path | None = None) -> None:
        """Start nothing yet."""
        self._limits = limits or Limits()
        self._cache = cache
        self._used: set[Path] = set()
        self._workshop = Workshop(self._limits)

    def load_all(self, path: Path, *, folder: Path, tick: Tick = lambda done, total: None) -> tuple[Loaded, ...]:
        """Return the documents of a file of the corpus `folder`: one, or those of a ZIP; what can't be read is a LoadFailure.

        A member of `a.zip` has the path `a.zip/NAME`. `tick` hears of pages that take long.
        """
        name = path.relative_to(folder).as_posix()
        try:
            raw = self._bytes(path)
            if promised(path.name) == "zip":
                checked_format(raw, path.name)
                return self._members(path, name, raw, tick)
            return (self._document(path, name, raw, tick),)
        except (ReadError, CardError) as error:
            return (LoadFailure(name, str(error), error.remedy),)

    def load(self, path: Path, *, folder: Path, tick: Tick = lambda done, total: None) -> Loaded:
        """Return the one document of a file; a ZIP of several is a LoadFailure."""
        found = self.load_all(path, folder=folder, tick=tick)
        return found[0] if len(found) == 1 else LoadFailure(path.relative_to(folder).as_posix(), *ZIPPED)

    def forget_unused(self) -> None:
        """Delete cached contents that were not asked for since the loader was made."""
        for file in self._cache.glob("*.json") if self._cache is not None and self._cache.is_dir() else ():
            if file not in self._used:
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the child process."""
        self._workshop.close()

    def __enter__(self) -> Loader:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the child process."""
        self.close()

    def _bytes(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > self._limits.mb * 1_000_000:
                raise ReadError(f"berkas lebih besar dari {self._limits.mb} MB", "Bagi menjadi beberapa berkas.")
            raw = path.read_bytes()
        except OSError as error:
            raise ReadError(f"tidak dapat dibuka ({error.strerror})", "Periksa izin berkas itu.") from None
        if not raw.strip():
            raise ReadError(*EMPTY)
        return raw

    def _document(self, path: Path, name: str, raw: bytes, tick: Tick) -> Document:
        if not promised(path.name):
            raise ReadError(*unsupported(path.name))
        form = checked_format(raw, path.name)
        card, beside = read_card(path)
        digest = hashlib.sha256(raw + beside).hexdigest()[:16]
        if form == "markdown":
            return _markdown(name, raw, card, digest)
        if form == "teks" and raw.lstrip(b"\xef\xbb\xbf \n\r\t").startswith(b"---"):
            values, body = split_front_matter(decoded(raw)[0])
            document = Document(make_card(name, {**values, **card}), text_content(body, titled=False).sections, digest)
            return _worded(document)
        if form == "teks":
            text, notes = decoded(raw)
            content = text_content(text)
            content = replace(content, notes=(*content.notes, *notes))
        else:
            content = self._content(raw, form, partial(self._workshop.ask, path, tick=tick))
        return _made(name, content, card, digest)

    def _members(self, path: Path, name: str, raw: bytes, tick: Tick) -> tuple[Loaded, ...]:
        listed = self._workshop.ask(path, listing=True)
        card, beside = read_card(path)
        card = {field: value for field, value in card.items() if field != "title"}
        found: list[Loaded] = [LoadFailure(f"{name}/{member}", reason, remedy) for member, reason, remedy in listed["refused"]]
        for member in listed["members"]:
            place = f"{name}/{member}"
            try:
                key = raw + b"\x00" + member.encode()
                ask = partial(self._workshop.ask, path, member=member, tick=tick)
                content = self._content(key, promised(member), ask, whole=False)
                found.append(_made(place, content, card, hashlib.sha256(key + beside).hexdigest()[:16]))
            except (ReadError, CardError) as error:
                found.append(LoadFailure(place, str(error), error.remedy))
        return tuple(found)

    def _content(self, raw: bytes, form: str, ask: Callable[[], dict[str, Any]], *, whole: bool = True) -> Content:
        """Return the content of bytes, from the cache or from the child; a file that changed meanwhile is not believed."""
        digest = hashlib.sha256(raw).hexdigest()
        scans = "s" if shutil.which("tesseract") else ""
        file = self._cache / f"{digest}-{form}-{VERSION}{scans}.json" if self._cache is not None else None
        if file is not None:
            self._used.add(file)
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                return content_from(json.loads(file.read_text(encoding="utf-8")))
        answer = ask()
        if whole and answer["digest"] != digest:
            raise ReadError("berubah ketika sedang dibaca", "Tunggu sampai selesai disimpan, lalu ulangi.")
        try:
            content = content_from(answer["content"])
        except (KeyError, TypeError, ValueError):
            raise ReadError(
                "pembacanya memberi isi yang tidak dikenal", "Simpan ulang dari aplikasi asalnya, lalu ulangi."
            ) from None
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            aside = file.with_suffix(".tmp")
            aside.write_text(json.dumps(content_values(content)), encoding="utf-8")
            aside.replace(file)
        return content


def _markdown(name: str, raw: bytes, card: Mapping[str, object], digest: str) -> Document:
    """Return the document of a Markdown file; a sidecar stands above its front matter."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"bukan UTF-8 (bita ke-{error.start + 1})", "Simpan ulang dengan pengodean UTF-8 di penyunting teks."
        ) from None
    try:
        values, body = split_front_matter(text)
    except CardError:
        if not card or text.lstrip().startswith("---"):
            raise
        values, body = {}, text
    sections, note = markdown_sections(body)
    return _worded(Document(make_card(name, {**values, **card}), sections, digest, note))


def _made(name: str, content: Content, card: Mapping[str, object], digest: str) -> Document:
    content = masked(content)
    return _worded(Document(guessed_card(name, content, card), content.sections, digest, " ".join(content.notes)))


def _worded(document: Document) -> Document:
    if not document.sections:
        raise ReadError(*WORDLESS)
    return document
