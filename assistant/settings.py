"""Settings: the only reader of the environment and of `.env`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT.parents[1] if ROOT.parent.name == "versi" else ROOT
"""Where data, corpus and `.env` stand: the project folder; above it in an installation, which holds several versions."""
DOTENV = HOME / ".env"
SHIPPED_ENCODER = ROOT / "models" / "encoder"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that somebody may set; each field is the environment variable of the same name in capitals.

    Paths that are relative are taken from the working folder, the defaults from the project folder.
    """

    corpus_dir: Path = HOME / "corpus"
    data_dir: Path = HOME / "data"
    encoder: str = str(SHIPPED_ENCODER)
    question_index: bool = True
    as_of: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    keep_snapshots: int = 2
    question_limit: int = 2000
    parallel_questions: int = 4
    database_url: str = ""
    chroma_url: str = ""
    shared_dir: str = ""
    open_chat: bool = False
    session_hours: int = 12
    questions_per_minute: int = 30
    api_per_minute: int = 60
    open_tabs: int = 500
    retention_days: int = 365
    audit_days: int = 730
    training_days: int = 1825
    trusted_proxy: str = "127.0.0.1"
    tls_cert: str = ""
    tls_key: str = ""
    file_mb: int = 50
    file_pages: int = 1000
    file_seconds: int = 60
    file_memory_mb: int = 2048
    backup_dir: str = ""
    backup_hours: int = 24
    backup_keep: int = 7
    metrics_token: str = ""
    log_to: str = "file"
    log_mb: int = 10
    log_keep: int = 5
    model_url: str = ""
    model_name: str = ""
    model_api_key: str = field(default="", repr=False)
    model_seconds: int = 20
    model_parallel: int = 2
    model_questions: bool = False

    @property
    def backups_dir(self) -> Path:
        """Return the folder of the backups."""
        return Path(self.backup_dir).expanduser() if self.backup_dir else self.data_dir / "cadangan"

    @property
    def index_dir(self) -> Path:
        """Return the folder that holds the snapshots and the pointer to the current one."""
        return self.data_dir / "index"

    @property
    def uploads_dir(self) -> Path:
        """Return the folder for uploaded files and the archive of documents, which replicas share."""
        return Path(self.shared_dir).expanduser() if self.shared_dir else self.data_dir

    @property
    def records_url(self) -> str:
        """Return the address of the database of records."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'catatan.sqlite').resolve()}"


DESCRIPTIONS: dict[str, str] = {
    "CORPUS_DIR": "folder of the documents and their data files",
    "DATA_DIR": "folder for the index and what is made at run time",
    "ENCODER": "encoder: a sentence-transformers folder or the name of a hub model already on this machine",
    "QUESTION_INDEX": "`on` or `off`: also search the stored questions of the corpus",
    "AS_OF": "the day that counts as now, for questions about this year; empty: the newest `reviewed` of the corpus",
    "HOST": "address to serve on",
    "PORT": "port to serve on",
    "KEEP_SNAPSHOTS": "how many published snapshots of the index are kept (at least 2)",
    "QUESTION_LIMIT": "longest question, in characters",
    "PARALLEL_QUESTIONS": "questions answered at the same time",
    "DATABASE_URL": "database of records: empty for a SQLite file in `DATA_DIR`, or `postgresql://…`",
    "CHROMA_URL": "Chroma server with the vectors of all replicas (`http://…:8000`); empty: vectors in `DATA_DIR`, one process",
    "SHARED_DIR": "folder that all replicas share for uploads and the archive of documents; empty: `DATA_DIR`",
    "OPEN_CHAT": "`on`: Tanya needs no login on a network either (on this machine it never does)",
    "SESSION_HOURS": "hours after which a login ends",
    "QUESTIONS_PER_MINUTE": "most questions a minute of one user (five times as many for all visitors of one address)",
    "API_PER_MINUTE": "most requests a minute of one token of the API and of MCP",
    "OPEN_TABS": "browser tabs of Tanya remembered at a time, each about 0.2 MB; an older one begins a new conversation",
    "RETENTION_DAYS": "days after which an unused conversation is deleted",
    "AUDIT_DAYS": "days after which a line of the audit log is deleted",
    "TRAINING_DAYS": "days after which a bimtek is deleted with its participants, answers and certificates",
    "TRUSTED_PROXY": "addresses of proxies whose `X-Forwarded-…` headers are believed, with commas",
    "TLS_CERT": "certificate file to serve HTTPS with (with `TLS_KEY`)",
    "TLS_KEY": "key file of the certificate",
    "FILE_MB": "largest document file, in MB",
    "FILE_PAGES": "most pages, slides or sheets of a document file",
    "FILE_SECONDS": "seconds after which the reading of a document file is given up; of a scan, for each page",
    "FILE_MEMORY_MB": "memory that the reading of a document file may take, in MB (where the system can limit it)",
    "BACKUP_DIR": "folder of the backups, best on another disk; empty: `cadangan` in `DATA_DIR`",
    "BACKUP_HOURS": "hours after which the running app makes a backup by itself; 0: never",
    "BACKUP_KEEP": "how many backups are kept in the folder; older ones are deleted",
    "METRICS_TOKEN": "token for others to read `/metrics` (`Authorization: Bearer …`); empty: this machine and admins",
    "LOG_TO": "where the log goes: `file` (`log/` in `DATA_DIR`), `stderr` or `off`",
    "LOG_MB": "size at which a file of the log is closed and the next one begun, in MB",
    "LOG_KEEP": "how many closed files of the log are kept",
    "MODEL_URL": "address of an OpenAI-compatible server that words answers (`http://127.0.0.1:11434/v1`); empty: by quotation",
    "MODEL_NAME": "name of the model at `MODEL_URL`",
    "MODEL_API_KEY": "key for `MODEL_URL`; from the environment alone, never from `.env`",
    "MODEL_SECONDS": "seconds after which a model is given up and the answer comes by quotation",
    "MODEL_PARALLEL": "questions that a model words at the same time; further ones are answered by quotation",
    "MODEL_QUESTIONS": "`on`: an ingest has the model write questions for statements without any, to `questions-model.jsonl`",
}
"""One line for each setting, in the order of `Settings`; the README's table is checked against it."""

RANGES = {"PORT": (0, 65535), "KEEP_SNAPSHOTS": (2, 50), "QUESTION_LIMIT": (100, 10_000), "PARALLEL_QUESTIONS": (1, 64)} | {
    "SESSION_HOURS": (1, 24 * 30),
    "QUESTIONS_PER_MINUTE": (1, 10_000),
    "API_PER_MINUTE": (1, 10_000),
    "OPEN_TABS": (20, 10_000),
    "RETENTION_DAYS": (1, 36_500),
    "AUDIT_DAYS": (1, 36_500),
    "TRAINING_DAYS": (1, 36_500),
    "FILE_MB": (1, 2_000),
    "FILE_PAGES": (1, 100_000),
    "FILE_SECONDS": (1, 3_600),
    "FILE_MEMORY_MB": (512, 65_536),
    "BACKUP_HOURS": (0, 24 * 365),
    "BACKUP_KEEP": (1, 10_000),
    "LOG_MB": (1, 1_000),
    "LOG_KEEP": (0, 1_000),
    "MODEL_SECONDS": (1, 600),
    "MODEL_PARALLEL": (1, 64),
}
LOG_PLACES = ("file", "stderr", "off")
SHORTEST_TOKEN = 16
SECRET_ENDINGS = ("_KEY", "_TOKEN", "_PASSWORD", "_SECRET")
ON_OFF = {"on": True, "off": False, "1": True, "0": False}


def load_settings(environment: Mapping[str, str] | None = None, *, dotenv: Path | None = DOTENV) -> Settings:
    """Read the settings from `environment` (default: the process's) over the file `.env`.

    Raises SettingsError for a malformed value, and for a name in `.env` that is no setting.
    """
    environment = os.environ if environment is None else environment
    values = _read_dotenv(dotenv) if dotenv is not None and dotenv.is_file() else {}
    values.update({name: environment[name] for name in DESCRIPTIONS if name in environment})
    known = {item.name: item for item in fields(Settings)}
    chosen: dict[str, object] = {}
    for name, value in values.items():
        default = known[name.lower()].default
        chosen[name.lower()] = _parse(name, value.strip(), default)
    return Settings(**chosen)  # type: ignore[arg-type]  # _parse returns the type of each default


def is_secret(name: str) -> bool:
    """Tell whether the setting `name` holds something that opens a door."""
    return name == "DATABASE_URL" or name.endswith(SECRET_ENDINGS)


def _parse(name: str, value: str, default: object) -> object:
    if isinstance(default, bool):
        if value.lower() not in ON_OFF:
            raise SettingsError(f"Pengaturan {name}={value!r} tidak dikenal; isi dengan on atau off.")
        return ON_OFF[value.lower()]
    if isinstance(default, int):
        low, high = RANGES[name]
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise SettingsError(f"Pengaturan {name}={value!r} harus bilangan {low} sampai {high}.")
        return int(value)
    if isinstance(default, Path):
        if not value:
            raise SettingsError(f"Pengaturan {name} kosong; isi dengan nama folder atau hapus barisnya.")
        return Path(value).expanduser()
    if name == "AS_OF" and value and not _is_day(value):
        raise SettingsError(f"Pengaturan AS_OF={value!r} harus tanggal seperti 2026-11-24, atau kosong.")
    if name == "LOG_TO" and value not in LOG_PLACES:
        raise SettingsError(f"Pengaturan LOG_TO={value!r} tidak dikenal; isi dengan {', '.join(LOG_PLACES)}.")
    if name == "METRICS_TOKEN" and value and len(value) < SHORTEST_TOKEN:
        raise SettingsError(f"Pengaturan METRICS_TOKEN terlalu pendek; pakai sedikitnya {SHORTEST_TOKEN} tanda acak.")
    if name == "CHROMA_URL" and value and not _is_server(value):
        raise SettingsError(f"Pengaturan CHROMA_URL={value!r} harus seperti http://127.0.0.1:8000, atau kosong.")
    if name in ("ENCODER", "HOST") and not value:
        raise SettingsError(f"Pengaturan {name} kosong; isi nilainya atau hapus barisnya.")
    if name == "MODEL_API_KEY" and not (value.isascii() and value.isprintable() and " " not in value):
        raise SettingsError("Pengaturan MODEL_API_KEY memuat spasi atau tanda yang tidak mungkin; salin ulang kuncinya.")
    return value


def _is_server(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _read_dotenv(path: Path) -> dict[str, str]:
    from dotenv import dotenv_values

    values = {name: value or "" for name, value in dotenv_values(path).items()}
    unknown = sorted(set(values) - set(DESCRIPTIONS))
    if unknown:
        raise SettingsError(
            f"Berkas {path.name} memuat pengaturan yang tidak dikenal: {', '.join(unknown)}. "
            f"Yang dikenal: {', '.join(DESCRIPTIONS)}."
        )
    if values.get("MODEL_API_KEY"):
        raise SettingsError(
            f"Pengaturan MODEL_API_KEY tidak dibaca dari berkas {path.name}; hapus barisnya dan atur sebagai variabel lingkungan."
        )
    return values
