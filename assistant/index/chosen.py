"""Settings -> where the snapshots are: the folder of this machine, or what all replicas share."""

from __future__ import annotations

from assistant.index.dense import ChromaServer
from assistant.index.places import OwnPlace, Place, SharedPlace
from assistant.records import Records, open_records
from assistant.records.people import secret
from assistant.secrets import digest, new_token
from assistant.settings import Settings


def make_place(settings: Settings, *, records: Records | None = None) -> Place:
    """Return where the snapshots of `settings` are; with a Chroma server in the database, given or opened."""
    if not settings.chroma_url:
        return OwnPlace(settings.index_dir)
    records = records or open_records(settings.records_url)
    office = digest(secret(records, "indeks", new_token()))[:12]
    return SharedPlace(settings.index_dir, records, ChromaServer(settings.chroma_url, office=office), office=office)
