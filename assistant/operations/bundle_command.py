"""The commands `keys`, `bundle` and `update`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import Settings

NAMES = frozenset({"keys", "bundle", "update"})
PLATFORMS = ("linux", "windows", "macos")


def add_bundles(commands: Any) -> None:
    """Add the commands to the parser's `commands`."""
    keys = commands.add_parser("keys", help="buat sepasang kunci untuk menandatangani pembaruan")
    keys.add_argument("folder", type=Path, metavar="FOLDER", help="folder untuk kedua kunci; kunci rahasia jangan dibagikan")
    bundle = commands.add_parser("bundle", help="buat pemasangan untuk kantor tanpa internet, atau pembaruan dengan --update")
    bundle.add_argument("out", type=Path, metavar="TUJUAN", help="folder baru; dengan --update: berkas .zip")
    bundle.add_argument("--update", action="store_true", help="buat pembaruan yang ditandatangani")
    bundle.add_argument("--key", type=Path, metavar="KUNCI", help="kunci rahasia untuk --update (dari `keys`)")
    bundle.add_argument("--wheels", action="store_true", help="sertakan paket Python dalam pembaruan")
    bundle.add_argument("--platform", choices=PLATFORMS, default="linux", help="sistem komputer tujuan (bawaan: linux)")
    bundle.add_argument("--python", default="3.11", metavar="VERSI", help="Python di komputer tujuan (bawaan: 3.11)")
    bundle.add_argument("--public-key", type=Path, metavar="KUNCI", help="kunci publik yang dipakai pemasangan itu")
    update = commands.add_parser("update", help="pasang pembaruan dari berkas; berlaku setelah aplikasi dijalankan lagi")
    update.add_argument("file", type=Path, nargs="?", metavar="BERKAS", help="berkas pembaruan")
    update.add_argument("--rollback", action="store_true", help="kembali ke versi sebelumnya")
    update.add_argument("--older", action="store_true", help="pasang juga yang lebih lama daripada yang terpasang")


def run_bundles(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of the commands."""
    return {"keys": _keys, "bundle": _bundle, "update": _update}[options.command](settings, options)


def _keys(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.operations.signing import fingerprint, make_keys

    options.folder.mkdir(parents=True, exist_ok=True)
    secret, public = make_keys(options.folder)
    print(f"Kunci rahasia: {secret} (simpan baik-baik; siapa pun yang memilikinya dapat membuat pembaruan)")
    print(f"Kunci publik: {public}, sidik {fingerprint(public)}")
    return 0


def _bundle(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.errors import InputError
    from assistant.operations.bundling import make_installation, make_update

    if options.update:
        if options.key is None:
            raise InputError("Tambahkan --key KUNCI; buat kuncinya dengan `python -m assistant keys FOLDER`.")
        platform = options.platform if options.wheels else ""
        made = make_update(options.out, settings, secret=options.key, platform=platform, python=options.python)
    else:
        made = make_installation(
            options.out, settings, platform=options.platform, python=options.python, public_key=options.public_key
        )
    print(
        f"{made.place}: versi {made.version}, {made.bytes / 1e6:.0f} MB, {made.wheels} paket ({made.wheel_bytes / 1e6:.0f} MB)."
    )
    return 0


def _update(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.errors import InputError
    from assistant.operations.backups import Backups
    from assistant.operations.updating import current, roll_back, update
    from assistant.records import open_records
    from assistant.settings import HOME

    if options.rollback:
        version = roll_back(HOME)
        print(f"Versi {version} dipakai setelah aplikasi dijalankan lagi. Basis data tidak dikembalikan: bila versi itu")
        print("menolaknya, pulihkan cadangan sebelum-pembaruan-… dari folder cadangan dengan `restore`.")
        return 0
    if options.file is None:
        raise InputError("Sebutkan berkas pembaruan, atau --rollback.")
    current(HOME)
    records = open_records(settings.records_url)
    copy = settings.backups_dir / f"sebelum-pembaruan-{records.now():%Y%m%d-%H%M%S}.zip"

    def step(name: str) -> None:
        if name == "unpack":  # the file is signed and fits: now something will change
            Backups(settings, records).make(out=copy)

    try:
        version = update(HOME, options.file, older=options.older, step=step)
    finally:
        records.close()
    print(f"Versi {version} terpasang; jalankan ulang aplikasi. Cadangan sebelum ini: {copy}. Kembali: update --rollback")
    return 0
