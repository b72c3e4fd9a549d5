"""The command `tokens`: what the person at the server does with the keys of programs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from assistant.wording import moment

if TYPE_CHECKING:
    from assistant.settings import Settings


def add_tokens(commands: Any) -> None:
    """Add the command to the parser's `commands`."""
    keys = commands.add_parser("tokens", help="token API: daftar; --add NAMA membuat, --revoke ID mencabut")
    keys.add_argument("--add", metavar="NAMA", help="buat token untuk program NAMA; tampil sekali ini saja")
    keys.add_argument("--revoke", metavar="ID", help="cabut token")


def run_tokens(settings: Settings, options: argparse.Namespace) -> int:
    """List the tokens, make or revoke one; raises InputError for a name or an id that can't be taken."""
    from assistant.records import open_records
    from assistant.tokens import Tokens

    records = open_records(settings.records_url)
    try:
        keys = Tokens(records, settings)
        if options.add:
            token, text = keys.make(None, options.add, by_system=True)
            print(f"Token {token.name} ({token.id}). Simpan sekarang; tidak dapat ditampilkan lagi:\n{text}")
            return 0
        if options.revoke:
            print(f"Token {keys.revoke(None, options.revoke, by_system=True).name} dicabut.")
            return 0
        for token in keys.listed(None, by_system=True):
            state = f"dicabut {moment(token.revoked)}" if token.revoked else "berlaku"
            used = f"terakhir dipakai {moment(token.used)}" if token.used else "belum dipakai"
            print(f"{token.id}  {token.name}  {state}, {used}")
    finally:
        records.close()
    return 0
