"""The command `users`: what the person at the server does when nobody can log in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import Settings

HEAD = ("nama", "nama lengkap", "peran", "kabupaten/kota", "keadaan")


def add_users(commands: Any) -> None:
    """Add the command to the parser's `commands`."""
    users = commands.add_parser("users", help="daftar pengguna; --link NAMA membuat tautan kata sandi baru")
    users.add_argument("--link", metavar="NAMA", help="cetak tautan sekali pakai untuk membuat kata sandi (7 hari)")
    users.add_argument(
        "--address", default="", metavar="ALAMAT", help="alamat aplikasi di depan tautan, misalnya http://10.0.0.5:7860"
    )


def run_users(settings: Settings, options: argparse.Namespace) -> int:
    """List the users, or print a one-time link for one; raises InputError for an unknown name."""
    from assistant.people import People
    from assistant.records import open_records, people

    records = open_records(settings.records_url)
    try:
        if options.link:
            token = People(records, settings).link_for(options.link)
            print(f"{options.address or f'http://{settings.host}:{settings.port}'}/undangan/{token}")
            return 0
        rows = [
            (
                user.name,
                user.display,
                str(user.role),
                user.kabupaten or "provinsi",
                "nonaktif" if not user.active else "aktif" if user.ready else "belum membuat kata sandi",
            )
            for user in people.users(records)
        ]
    finally:
        records.close()
    print("\n".join("  ".join(cell.ljust(18) for cell in row).rstrip() for row in (HEAD, *rows)))
    return 0
