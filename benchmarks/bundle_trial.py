"""Build an installation, try it with the network cut, update it, go back: `python benchmarks/bundle_trial.py`.

In an empty environment (`env -i`) inside `unshare -n`, where not even a registry can be reached: `pasang.sh` makes the
environment from the wheels alone, `jalankan.sh` serves, a question is asked over HTTP. Then a forged and a damaged update are
tried, a signed one is laid in, and the way back is gone. Needs root (for `unshare -n`) and an index (`python ingest.py`).
Exit status 1 when anything is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from assistant.settings import Settings

ASK = r"""
import json, re, sys, time, urllib.error, urllib.request
base = "http://127.0.0.1:" + sys.argv[1]
def call(path, values=None):
    data = None if values is None else json.dumps(values).encode()
    request = urllib.request.Request(base + path, data, {"content-type": "application/json", "accept": "application/json",
        "cookie": globals().get("cookie", "")})
    return urllib.request.urlopen(request, timeout=60)
until = time.time() + 240
while True:
    try:
        call("/healthz").read(); break
    except OSError:
        if time.time() > until: raise
        time.sleep(0.5)
started = time.time()
cookie = call("/config").headers["set-cookie"].split(";")[0]
config = json.loads(call("/config").read())
number = next(item["id"] for item in config["dependencies"] if item["api_name"] == "tanya")
question = {"data": ["UEP itu uang tunai atau barang?", "semua", None], "fn_index": number, "session_hash": "uji12345"}
call("/gradio_api/queue/join", question).read()
answer = ""
for line in call("/gradio_api/queue/data?session_hash=uji12345"):
    if line.startswith(b"data:"):
        answer = line.decode()
        if "process_completed" in answer or "close_stream" in answer: break
ready = json.loads(call("/readyz").read())
try:
    urllib.request.urlopen("https://pypi.org", timeout=5); reached = True
except OSError:
    reached = False
print(json.dumps({"jawaban": "barang" in answer and "/jawaban/" in answer, "siap": ready["siap"], "internet": reached,
    "detik": round(time.time() - started, 2)}))
"""


def cut_off(place: Path, script: str, *, seconds: int = 600) -> tuple[int, str, float]:
    """Run a shell script in `place` without network, registry or environment; returns status, output and seconds."""
    started = time.monotonic()
    inside = f"ip link set lo up 2>/dev/null || ifconfig lo up; {script}"
    path = f"{sys.base_prefix}/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    command = ["env", "-i", f"PATH={path}", "HOME=/nonexistent", "LANG=C.UTF-8", "unshare", "-n", "sh", "-c", inside]
    ended = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=seconds)
    return ended.returncode, ended.stdout + ended.stderr, time.monotonic() - started


def asked(place: Path, port: int) -> dict[str, object]:
    """Serve with `jalankan.sh`, ask one question over HTTP, stop; returns what came of it."""
    (place.parent / "tanya.py").write_text(ASK, encoding="utf-8")
    script = (
        f"./jalankan.sh --port {port} >{place.parent}/app.log 2>&1 & app=$!; "
        f"python3.11 {place.parent}/tanya.py {port}; status=$?; kill $app; wait $app; exit $status"
    )
    status, text, seconds = cut_off(place, script)
    line = next((line for line in text.splitlines() if line.startswith("{")), "{}")
    log = (place.parent / "app.log").read_text(errors="replace")[-1500:]
    return {**json.loads(line), "seconds with the start": round(seconds, 1)} if status == 0 else {"error": text[-800:] + log}


def run(folder: Path) -> list[tuple[str, object, bool]]:
    """Build and try; returns what was found, and whether it is as it should be."""
    from assistant.operations.bundling import make_installation
    from assistant.operations.signing import make_keys
    from assistant.settings import load_settings

    settings, found = load_settings(), []
    for name in ("kunci", "lain"):
        (folder / name).mkdir()
        make_keys(folder / name)
    started = time.monotonic()
    made = make_installation(folder / "dibuat", settings, platform="linux", public_key=folder / "kunci" / "kunci-pembaruan.pub")
    found.append(
        ("installation", f"{made.bytes / 1e6:.0f} MB, {made.wheels} wheels of {made.wheel_bytes / 1e6:.0f} MB", made.wheels > 100)
    )
    found.append(("seconds to build it", round(time.monotonic() - started, 1), True))
    place = folder / "kantor"
    shutil.move(made.place, place)  # nothing may depend on where it was built
    status, text, seconds = cut_off(place, "./pasang.sh")
    found.append(("pasang.sh without network, seconds", round(seconds, 1) if status == 0 else text[-800:], status == 0))
    if status:
        return found
    first = asked(place, 7871)
    found.append(("asked over HTTP without network", first, first.get("jawaban") is True and first.get("internet") is False))
    own = place / "corpus" / "unggahan" / "milik-kantor.md"
    own.parent.mkdir(exist_ok=True)
    own.write_text("# Milik kantor\n\nRapat UEP hari Senin.\n", encoding="utf-8")
    found += updated(folder, place, settings)
    found.append(("the office's own document stays", own.is_file(), own.is_file()))
    return found


def updated(folder: Path, place: Path, settings: Settings) -> list[tuple[str, object, bool]]:
    """Lay an update in, try forged and damaged ones, go back."""
    from assistant.operations.bundling import make_update as make

    found: list[tuple[str, object, bool]] = []
    first = (place / "KINI").read_text().strip()
    time.sleep(1.1)  # a version is named after its second
    good = make(folder / "baik.zip", settings, secret=folder / "kunci" / "kunci-rahasia.pem")
    found.append(("update, MB", round(good.bytes / 1e6, 1), True))
    make(folder / "palsu.zip", settings, secret=folder / "lain" / "kunci-rahasia.pem")
    damaged = folder / "rusak.zip"
    with zipfile.ZipFile(folder / "baik.zip") as source, zipfile.ZipFile(damaged, "w") as target:
        for item in source.namelist():
            target.writestr(item, source.read(item).replace(b"Serve Asisten UEP", b"Serve Asisten XXX"))
    for words, file in (("forged", "palsu.zip"), ("damaged", "rusak.zip")):
        status, text, _ = cut_off(place, f"./asisten.sh update {folder / file}")
        refused = status == 1 and (place / "KINI").read_text().strip() == first
        found.append((f"{words} update refused", text.strip().splitlines()[-1] if text.strip() else status, refused))
    status, text, seconds = cut_off(place, f"./asisten.sh update {folder / 'baik.zip'}")
    now = (place / "KINI").read_text().strip()
    found.append(
        ("update laid in, seconds", round(seconds, 1) if status == 0 else text[-500:], status == 0 and now == good.version)
    )
    answer = asked(place, 7872)
    found.append(("the new version asked", answer, answer.get("jawaban") is True))
    status, text, _ = cut_off(place, "./asisten.sh update --rollback")
    back = (place / "KINI").read_text().strip()
    found.append(("way back", back if status == 0 else text[-500:], back == first))
    answer = asked(place, 7873)
    found.append(("the old version asked", answer, answer.get("jawaban") is True))
    return found


def main() -> int:
    """Print the figures; exit 1 when one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="an empty folder that stays; else a temporary one")
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        found = run(options.folder.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = run(Path(folder))
    for name, value, good in found:
        print(f"{'ok ' if good else 'BAD'} {name:38}{value}")
    return 0 if all(good for _, _, good in found) else 1


if __name__ == "__main__":
    sys.exit(main())
