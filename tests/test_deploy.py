"""What is shipped to run several replicas names things that exist; nginx and systemd take it where they are installed."""

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from assistant.settings import DESCRIPTIONS, ROOT
from tests.conftest import absent

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_compose_names_only_services_volumes_and_networks_that_it_declares(compose):
    services = compose["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", ())) <= set(services), name
        assert set(service.get("networks", ())) <= set(compose["networks"]), name
        named = {volume.split(":")[0] for volume in service.get("volumes", ()) if not volume.startswith((".", "/"))}
        assert named <= set(compose["volumes"]), name
        assert "healthcheck" in service, name
        assert service["image"], name


def test_compose_sets_only_settings_that_exist_and_the_replicas_share_all_but_their_data(compose):
    apps = [service for name, service in compose["services"].items() if name.startswith("app")]
    assert len(apps) == 2
    for app in apps:
        assert set(app["environment"]) <= {*DESCRIPTIONS, "PGPASSWORD"}
        assert "SANDI" not in app["environment"]["DATABASE_URL"], "a password with @ or / would break the address"
        assert {name for name in DESCRIPTIONS if name.startswith("MODEL_")} <= set(app["environment"])
    shared = [{volume for volume in app["volumes"] if not volume.startswith("data")} for app in apps]
    assert shared[0] == shared[1] == {"bersama:/srv/bersama", "korpus:/srv/korpus"}
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for name in re.findall(r"\b([A-Z_]+)=", " ".join(re.findall(r"ENV (.*?)\nUSER", image, re.S))):
        assert name in DESCRIPTIONS or name in ("HF_HUB_OFFLINE", "GRADIO_ANALYTICS_ENABLED", "PYTHONUNBUFFERED"), name
    for copied in re.findall(r"^COPY (.+) \S+$", image, re.M):
        assert all((ROOT / part).exists() for part in copied.split()), copied


def test_only_nginx_opens_a_port_and_it_sends_to_the_replicas(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]
    upstream = re.findall(r"server (\w+):7860", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert upstream == [name for name in compose["services"] if name.startswith("app")]


def test_nginx_takes_the_file(tmp_path):
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        absent("nginx tidak ada: pasang paket nginx")
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(re.sub(r"app(\d):7860", r"127.0.0.1:786\1", text))
    run = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_no_unit_sets_a_limit_for_its_start_that_its_kind_does_not_know():
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        assert "TimeoutStartSec" not in text or "Type=oneshot" in text, unit.name


@pytest.fixture
def start(tmp_path):
    """Run the container's start over a corpus folder with the given files; returns its exit status and its words."""
    shipped = tmp_path / "bawaan"
    (shipped / "kaltim").mkdir(parents=True)
    for name in ("labels.yaml", "kaltim/uep.md"):
        (shipped / name).write_text("bawaan")
    script = (DEPLOY / "mulai.sh").read_text(encoding="utf-8").replace("/srv/bawaan/korpus", str(shipped))
    (tmp_path / "mulai.sh").write_text(script.replace("-ge 60", "-ge 2"))
    corpus = tmp_path / "korpus"

    def run(*names):
        for name in names:
            (corpus / name).parent.mkdir(parents=True, exist_ok=True)
            (corpus / name).write_text("milik kantor")
        corpus.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "CORPUS_DIR": str(corpus)}
        command = ["sh", str(tmp_path / "mulai.sh"), "echo", "berjalan"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


FILLED = {"labels.yaml": "bawaan", "kaltim/uep.md": "bawaan"}


def test_an_empty_corpus_volume_is_filled_once_and_one_with_its_labels_is_left_alone(start, tmp_path):
    for _ in range(2):
        assert start() == (0, "berjalan\n")
        assert files_in(tmp_path / "korpus") == FILLED
    assert start("kaltim/uep.md") == (0, "berjalan\n")
    assert files_in(tmp_path / "korpus") == {**FILLED, "kaltim/uep.md": "milik kantor"}


def test_the_folder_of_the_file_system_itself_is_no_content(start, tmp_path):
    assert start("lost+found/x") == (0, "berjalan\n")
    assert files_in(tmp_path / "korpus") == {**FILLED, "lost+found/x": "milik kantor"}


@pytest.mark.parametrize(
    ("names", "said"),
    [(("kaltim/uep.md",), "labels.yaml tidak ada. Tidak ada yang diubah."), ((".menyalin/labels.yaml",), "terputus")],
)
def test_a_corpus_volume_that_is_not_whole_is_left_as_it_is_and_told_as_often_as_it_starts(start, tmp_path, names, said):
    for _ in range(2):
        status, words = start(*names)
        assert (status, files_in(tmp_path / "korpus")) == (1, dict.fromkeys(names, "milik kantor"))
        assert said in words
        assert "berjalan" not in words


def test_replicas_that_start_at_the_same_moment_fill_the_volume_once(start, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: start(), range(8))) == [(0, "berjalan\n")] * 8
    assert files_in(tmp_path / "korpus") == FILLED


def test_systemd_takes_the_units(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze tidak ada: pasang paket systemd")
    for unit in UNITS:
        text = re.sub(r"/opt/asisten-uep/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name.replace("@", "@7861")).write_text(text)
    run = subprocess.run(["systemd-analyze", "verify", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
