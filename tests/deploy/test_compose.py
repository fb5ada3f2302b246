"""docker-compose.yml: whole, coherent, and every command in it starts outside a container."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import PROJECT

WANTED = {"web", "worker", "beat", "postgres", "valkey", "nginx", "mail"}
CONDITIONS = {"service_healthy", "service_completed_successfully"}
SERVICE_KEYS = {
    "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image", "init", "ports",
    "profiles", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "volumes",
}  # fmt: skip


def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(compose["services"])


def program(words: list[str]) -> list[str]:
    """The command line as it runs here: programs of the environment instead of the image's."""
    beside = Path(sys.executable).with_name(words[0])
    return [str(beside) if beside.exists() else words[0], *words[1:]]


def outside(words: list[str], *more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the file with production settings in the project's folder."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
        "SECRET_KEY": "x" * 50,
        "BASE_URL": "https://coalition.example.org",
        "ALLOWED_HOSTS": "coalition.example.org",
    }
    line = [*program(words), *more]
    return subprocess.run(line, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=90, check=False)


def test_every_service_is_complete_and_uses_only_known_words(compose: dict[str, Any]) -> None:
    assert set(services(compose)) >= WANTED
    for name, service in services(compose).items():
        assert service.get("image") or service.get("build"), name
        assert set(service) <= SERVICE_KEYS, (name, set(service) - SERVICE_KEYS)
        check = service["healthcheck"]
        assert check.get("disable") or check["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert service["restart"] in {"unless-stopped", "no"}, name


def test_services_wait_for_services_that_exist_and_can_tell_their_state(compose: dict[str, Any]) -> None:
    for name, service in services(compose).items():
        for other, wish in service.get("depends_on", {}).items():
            assert other in services(compose), (name, other)
            assert wish["condition"] in CONDITIONS, (name, other)
            if wish["condition"] == "service_healthy":
                assert "test" in services(compose)[other]["healthcheck"], (name, other)


def test_every_named_volume_is_declared_and_every_mounted_file_exists(compose: dict[str, Any]) -> None:
    for name, service in services(compose).items():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert (PROJECT / source).exists() if source.startswith(".") else source in compose["volumes"], (
                name,
                mount,
            )


def test_every_variable_the_file_reads_is_offered_in_the_example(compose: dict[str, Any], offered: set[str]) -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    assert set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text)) <= offered


def test_every_placeholder_of_nginx_is_filled(compose: dict[str, Any]) -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", (PROJECT / "deploy" / "nginx.conf").read_text()))
    assert wanted == set(services(compose)["nginx"]["environment"])


def test_our_own_processes_run_without_privileges_on_a_read_only_disk(compose: dict[str, Any]) -> None:
    ours = [service for service in services(compose).values() if "build" in service]
    assert len(ours) >= 4
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert "\nUSER coalition\n" in (PROJECT / "Dockerfile").read_text()


def test_gunicorn_accepts_its_configuration_and_finds_the_application(compose: dict[str, Any]) -> None:
    answer = outside(services(compose)["web"]["command"], "--check-config")
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_knows_every_option_it_is_given(compose: dict[str, Any], name: str) -> None:
    words = services(compose)[name]["command"]
    answer = outside(words[:4], "--help")
    assert answer.returncode == 0, answer.stderr
    for option in (word for word in words[4:] if word.startswith("--")):
        assert option in answer.stdout, option


def test_the_migration_command_exists(compose: dict[str, Any]) -> None:
    words = services(compose)["migrate"]["command"]
    answer = outside(words[:3], "--help")
    assert answer.returncode == 0, answer.stderr
    assert all(option in answer.stdout for option in ("--noinput", *words[3:]))


def test_the_mail_catcher_understands_its_command(compose: dict[str, Any]) -> None:
    words = services(compose)["mail"]["command"]
    answer = outside(words[:4], "--help")
    assert answer.returncode == 0, answer.stderr
    assert all(word in answer.stdout for word in words[4:] if word.startswith("--"))


def test_the_worker_s_health_check_is_a_command_celery_has(compose: dict[str, Any]) -> None:
    words = services(compose)["worker"]["healthcheck"]["test"][1].split()
    answer = outside(words[:4], "--help")
    assert answer.returncode == 0, answer.stderr
    assert all(word in answer.stdout for word in words if word.startswith("--"))


@pytest.mark.skipif(shutil.which("docker") is None, reason="no container engine here")
def test_the_engine_reads_the_file(tmp_path: Path) -> None:
    env = {**os.environ, "POSTGRES_PASSWORD": "x"}
    line = ["docker", "compose", "-f", str(PROJECT / "docker-compose.yml"), "--env-file", "/dev/null", "config", "-q"]
    if subprocess.run([*line[:2], "version"], capture_output=True, check=False).returncode:
        pytest.skip("the engine has no compose")
    answer = subprocess.run(line, env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 0 or ".env not found" in answer.stderr, answer.stderr
