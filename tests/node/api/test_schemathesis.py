"""The interface holds what its OpenAPI document says, whatever it is sent.

Bounded here; by hand for as long as wanted: `API_FUZZ_SECONDS=300 API_FUZZ_SEED=7 pytest <this file>`.
One check is left out: that whatever fits the document is taken. Codes, dates and the state of a report say more than a
document can.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.django_db(transaction=True)]

SECONDS = int(os.environ.get("API_FUZZ_SECONDS", "40"))
SEED = os.environ.get("API_FUZZ_SEED", "1")
CSRF = "a" * 32


@pytest.fixture(autouse=True)
def _generous(settings, tmp_path):
    """No pace, no second factor, files that are thrown away."""
    settings.LIMEN_API_PER_MINUTE = 1_000_000
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def fuzz(live_server, tmp_path):
    """Run the program as a person does, against a server in threads of this process; its complaints."""

    def run(*headers, seconds):
        program = Path(sys.executable).with_name("schemathesis")
        done = subprocess.run(
            [
                *(str(program), "run", f"{live_server.url}/api/v1/openapi.json"),
                *(part for header in headers for part in ("--header", header)),
                *("--seed", SEED, "--max-time", str(seconds), "--workers", "1", "--warnings", "off", "--no-color"),
                *("--exclude-checks", "positive_data_acceptance", "--max-failures", "5"),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=seconds * 3 + 120,
        )
        return "" if done.returncode == 0 else done.stdout[-8000:] + done.stderr[-2000:]

    return run


def test_a_machine_finds_no_fault(fuzz, make, machine):
    """No server error, no undocumented status, no answer that its schema denies; with a token that may do all."""
    api = machine("write", "read3", agency=make.agency(machine_release=True))
    assert fuzz(f"Authorization: Bearer {api.secret}", seconds=SECONDS) == ""


def test_a_person_finds_no_fault(fuzz, make, person):
    """The same with a session, which may decide too."""
    api = person(make.agency(), "examiner", "coordinator")
    session = api.client.cookies["limen"].value
    cookies = f"Cookie: limen={session}; csrftoken={CSRF}"
    assert fuzz(cookies, f"X-CSRFToken: {CSRF}", seconds=SECONDS // 2) == ""
