"""`limen node check` sees what no page can: open tables, missing policies, files without rows, a silent worker."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from limen.node.backup import checking
from limen.node.backup.orphans import orphans, remove
from limen.node.database.doors import SECURED, open_doors
from limen.node.errors import FilesError

NOW = datetime.timedelta(0)


def doors(*statements: str) -> list[str]:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return open_doors(cursor)


@pytest.mark.django_db
def test_a_new_node_is_shut(keeping):
    """And the list of secured tables is that of the migrations."""
    with keeping(), connection.cursor() as cursor:
        assert open_doors(cursor) == []
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity")
        assert {name for (name,) in cursor.fetchall()} == SECURED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE reports_report DISABLE ROW LEVEL SECURITY", "reports_report lacks row-level security"),
        ("GRANT SELECT ON sharing_viewerkey TO limen_site", "the site may SELECT sharing_viewerkey"),
        ("GRANT UPDATE ON audit_entry TO limen_site", "the site may UPDATE audit_entry"),
        ("GRANT SELECT ON api_token TO limen_site", "the site may SELECT api_token"),
        ("ALTER TABLE people_agency OWNER TO limen_site", "the role limen_site may pass row-level security"),
    ],
)
def test_an_open_door_is_named(keeping, statement, said):
    """Whoever opened it, and however."""
    with keeping():
        with connection.cursor() as cursor:
            cursor.execute("GRANT CREATE ON SCHEMA public TO limen_site")
        assert said in doors(statement)
        finding = checking._security()
    assert (finding.well, said in finding.text) == (False, True)


@pytest.mark.django_db
def test_files_without_rows_are_found_and_removed(keeping):
    """Not before they are a day old, and never one that a row names."""
    # Other tests may be writing theirs at this moment; none of them is a day old.
    stray = default_storage.save("masked/x", ContentFile(b"stray"))
    with keeping():
        assert orphans() == []
        assert stray in orphans(NOW)
        old = Path(default_storage.inner.path(stray))
        os.utime(old, (1, 1))
        assert "1 files are named by no row" in checking._orphans().text
        remove(orphans())
        assert not default_storage.exists(stray)
        assert checking._orphans().text.startswith("No file")


class Filling(ContentFile):
    """A file at whose second piece the disk is full."""

    def read(self, size: int = -1) -> bytes:
        if self.tell():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().read(size)


def test_a_full_disk_leaves_no_beginning_of_a_file():
    """The file is refused in one sentence, and nothing of it stays."""
    folder = Path(default_storage.inner.path(""))
    before = set(folder.rglob("*/*/*"))
    with pytest.raises(FilesError, match="No space left"):
        default_storage.save("masked/x", Filling(bytes(1_000_000)))
    assert set(folder.rglob("*/*/*")) == before


@pytest.mark.django_db
def test_a_silent_worker_is_advice(keeping):
    """A node that is not served has none; one that lives is seen."""
    with keeping():
        assert checking._worker().text.startswith("None is seen; 0 jobs wait")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        finding = checking._worker()
    assert (finding.text, finding.advice) == ("One was seen 0 s ago; 0 jobs wait, 0 failed.", False)
