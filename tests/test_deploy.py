"""What is shipped to run several replicas names things that exist; nginx and systemd take it where they are installed."""

import re
import shutil
import subprocess

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
        assert set(app["environment"]) <= set(DESCRIPTIONS)
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


def test_systemd_takes_the_units(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze tidak ada: pasang paket systemd")
    for unit in UNITS:
        text = re.sub(r"/opt/asisten-uep/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name.replace("@", "@7861")).write_text(text)
    run = subprocess.run(["systemd-analyze", "verify", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
