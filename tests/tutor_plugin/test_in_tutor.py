"""The plugin in Tutor itself, the one of Teak and the newest: what the patches became, and what the jobs would run.

Tutor and the plugin are installed into environments of their own. Docker is played by a script that notes down how it is called.
"""

import ast
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from suite import pins

from dti_xblocks import __version__

pytestmark = [pytest.mark.once, pytest.mark.packaging, pytest.mark.slow]
TUTORS = {"teak": "tutor>=20,<21", "newest": "tutor>=20,<23"}
KEYS = "/openedx/media-private/dti-keys"
DOCKER = """#!{python}
import json, sys
with open({log!r}, "a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
print("[]")
"""


@dataclass(frozen=True)
class Tutor:
    """An installed Tutor with the plugin enabled, and its environment rendered."""

    home: Path
    variables: dict

    def run(self, *arguments: str) -> str:
        command = [str(self.home / "venv/bin/tutor"), *arguments]
        done = subprocess.run(command, env=self.variables, cwd=self.home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def text(self, *place: str) -> str:
        return self.home.joinpath("root/env", *place).read_text(encoding="utf-8")

    def jobs(self, *arguments: str) -> list[tuple[str, str]]:
        """(container, script) of each container that `tutor local do` would run for it."""
        log = self.home / "docker.log"
        log.write_text("")
        self.run("local", "do", *arguments)
        called = [json.loads(line) for line in log.read_text().splitlines()]
        return [(one[one.index("sh") - 1], one[-1]) for one in called if "run" in one and "sh" in one]


@pytest.fixture(scope="module", params=TUTORS)
def tutor(request, tmp_path_factory) -> Tutor:
    if not pins.index_answers():
        pytest.skip("no package index answers: Tutor cannot be installed")
    home = tmp_path_factory.mktemp(f"tutor-{request.param}")
    wheel = pins.small_wheel(home / "wheel", "dti_xblocks/tutor")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], check=True)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home / "venv/bin/python"),
        "install",
        "-q",
        "--no-compile",
        *pins.PATIENCE,
    ]
    for what in ([TUTORS[request.param]], ["--no-deps", str(wheel)]):
        done = subprocess.run([*pip, *what], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    docker = home / "bin/docker"
    docker.parent.mkdir()
    docker.write_text(DOCKER.format(python=sys.executable, log=str(home / "docker.log")))
    docker.chmod(0o755)
    variables = {"PATH": f"{docker.parent}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    variables |= {"TUTOR_ROOT": str(home / "root"), "TUTOR_PLUGINS_ROOT": str(home / "plugins")}
    made = Tutor(home, variables)
    made.run("plugins", "enable", "dti")
    made.run("config", "save", "--set", "PLATFORM_NAME=O'Neill's Academy")
    return made


def test_tutor_lists_the_plugin(tutor):
    assert __version__ in next(line for line in tutor.run("plugins", "list").splitlines() if line.startswith("dti"))


def test_the_image_has_libraries_and_the_package(tutor):
    dockerfile = tutor.text("build/openedx/Dockerfile")
    libraries, package = (
        dockerfile.index("libpangoft2-1.0-0 fonts-noto-core"),
        dockerfile.index("--constraint /tmp/dti-constraints.txt"),
    )
    assert dockerfile.index("AS minimal") < libraries < dockerfile.index("AS python\n")
    # After everything that the platform needs, in the stage with its virtual environment.
    stage = dockerfile.index("AS python-requirements")
    assert stage < dockerfile.index("/requirements/edx/base.txt -r") < package < dockerfile.index("AS nodejs-requirements")
    assert f"'dti-xblocks[sign]=={__version__}'" in dockerfile
    assert "{{" not in dockerfile and "dti_quoted" not in dockerfile


@pytest.mark.parametrize("variant", ["lms", "cms"])
def test_settings_are_python_and_have_ours(tutor, variant):
    text = tutor.text("apps/openedx/settings", variant, "production.py")
    ast.parse(text)
    assert f'DTI_PLEDGE_KEYS = "{KEYS}" if os.path.isdir("{KEYS}") else None' in text
    assert text.index("import os") < text.index("DTI_PLEDGE_KEYS")
    institution = next(line for line in text.splitlines() if line.startswith("DTI_INSTITUTION"))
    assert ast.literal_eval(institution.partition(" = ")[2]) == {"name": "O'Neill's Academy"}
    assert ("LIBRARY_ENABLED_BLOCKS.append(dti_block)" in text) == (variant == "cms")


def test_the_jobs_see_what_the_servers_see(tutor):
    services = yaml.safe_load(tutor.text("local/docker-compose.yml"))["services"]
    workers = yaml.safe_load(tutor.text("local/docker-compose.prod.yml"))["services"]
    jobs = yaml.safe_load(tutor.text("local/docker-compose.jobs.yml"))["services"]
    private = "../../data/openedx-media-private:/openedx/media-private"
    servers = [services["lms"], services["cms"], workers["lms-worker"], workers["cms-worker"], jobs["dti-job"]]
    assert all(any(volume.startswith(private) for volume in one["volumes"]) for one in servers)
    assert jobs["dti-job"]["image"] == jobs["lms-job"]["image"] == services["lms"]["image"]
    assert jobs["dti-job"]["environment"] == jobs["lms-job"]["environment"]
    assert set(jobs["dti-job"]["depends_on"]) <= set(services)
    places = [volume.split(":")[1] for volume in jobs["dti-job"]["volumes"]]
    assert set(places) >= {volume.split(":")[1] for volume in jobs["lms-job"]["volumes"]}


def test_kubernetes_has_the_job_too(tutor):
    manifests = [one for one in yaml.safe_load_all(tutor.text("k8s/jobs.yml")) if one]
    ours, lms = (next(one for one in manifests if one["metadata"]["name"] == name)["spec"] for name in ("dti-job", "lms-job"))
    pod, theirs = ours["template"]["spec"], lms["template"]["spec"]
    assert pod["containers"][0] | {"name": "lms"} == theirs["containers"][0] and pod["volumes"] == theirs["volumes"]


def test_what_a_job_runs(tutor):
    ((container, script),) = tutor.jobs("init", "--limit=dti")
    assert container == "dti-job"
    assert script.startswith("./manage.py lms migrate dti_records\n")
    assert """--name 'O'"'"'Neill'"'"'s Academy'""" in script and f"keys={KEYS}" in script
    assert tutor.jobs("dti-import") == [("cms-job", "./manage.py cms dti_import --course course-v1:DTI+DTI101+v1")]
    assert tutor.jobs("dti-setup", "--course", "course-v1:A+B+C", "--move-auditors") == [
        ("lms-job", "./manage.py lms dti_setup --course course-v1:A+B+C --mode honor --move-auditors"),
        ("cms-job", "./manage.py cms dti_setup --course course-v1:A+B+C --menu"),
    ]
    assert tutor.jobs("dti-doctor") == [("dti-job", "./manage.py lms dti_doctor")]


def test_a_plain_init_does_ours_after_the_platforms(tutor):
    order = [container for container, _script in tutor.jobs("init")]
    assert order.index("dti-job") > max(order.index("lms-job"), order.index("cms-job"))


def test_without_a_requirement_a_mounted_checkout_is_all(tutor):
    tutor.run("config", "save", "--set", "DTI_REQUIREMENT=")
    try:
        assert "dti-constraints" not in tutor.text("build/openedx/Dockerfile")
    finally:
        tutor.run("config", "save", "--unset", "DTI_REQUIREMENT")
    assert "dti-constraints" in tutor.text("build/openedx/Dockerfile")
