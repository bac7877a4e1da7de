"""Django's storage: nothing plain on the disk, names that tell nothing, keys that can be changed."""

from __future__ import annotations

import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage

from limen.node.errors import FilesError
from limen.node.files.folder import FolderStorage
from limen.node.files.keys import Keyring
from limen.node.files.storage import EncryptedStorage

OLD, NEW = bytes(32), bytes(range(32))


@pytest.fixture
def storage(tmp_path):
    return EncryptedStorage(FolderStorage(tmp_path), Keyring((OLD,)))


def test_nothing_of_a_file_lies_plain(storage, tmp_path):
    """Neither its content nor its name."""
    name = storage.save("originals/passport of Anna.jpg", ContentFile(b"the bearer's face" * 9000))
    everything = b"".join(f.read_bytes() + str(f).encode() for f in tmp_path.rglob("*") if f.is_file())
    assert b"face" not in everything
    assert b"Anna" not in everything
    assert name.startswith("originals/")
    assert storage.open(name).read() == b"the bearer's face" * 9000
    assert storage.size(name) == 17 * 9000


def test_only_the_node_may_read(storage, tmp_path):
    """Files are of mode 600 in folders of mode 700."""
    place = tmp_path / storage.save("masked/x", ContentFile(b"x"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a b/c", "", "ÄÖ/x", "x" * 500])
def test_a_name_leads_nowhere(storage, tmp_path, name):
    """Whatever a file is called, it lies inside."""
    kept = storage.save(name, ContentFile(b"x", name="x"))
    assert (tmp_path / kept).resolve().is_relative_to(tmp_path)
    assert len(kept) < 100


def test_a_file_can_be_read_anywhere(storage):
    """As pictures and PDF libraries do."""
    plain = bytes(range(256)) * 1000
    file = storage.open(storage.save("a/b", ContentFile(plain)))
    file.seek(-5, 2)
    assert file.read() == plain[-5:]
    file.seek(65_530)
    assert file.read(20) == plain[65_530:65_550]
    file.close()


def test_a_new_key_encrypts_and_the_old_still_opens(storage):
    """A key is changed by putting one before it."""
    old = storage.save("a/b", ContentFile(b"old"))
    both = EncryptedStorage(storage.inner, Keyring((NEW, OLD)))
    new = both.save("a/b", ContentFile(b"new"))
    assert both.open(old).read() == b"old"
    assert EncryptedStorage(storage.inner, Keyring((NEW,))).open(new).read() == b"new"
    with pytest.raises(FilesError, match="needs the key"):
        storage.open(new)


def test_there_is_no_address(storage):
    """A file is seen through a page that asks who looks."""
    with pytest.raises(FilesError, match="no address"):
        storage.url("a/b")


def test_any_storage_can_be_wrapped():
    """Here the one in memory."""
    storage = EncryptedStorage(InMemoryStorage(), Keyring((OLD,)))
    name = storage.save("a/b", ContentFile(b"x"))
    assert storage.open(name).read() == b"x"
    storage.delete(name)
    assert not storage.exists(name)


def test_the_site_uses_it():
    """Whoever declares a FileField gets it."""
    name = default_storage.save("masked/x.png", ContentFile(b"x"))
    assert isinstance(default_storage._wrapped, EncryptedStorage)
    assert default_storage.open(name).read() == b"x"
    default_storage.delete(name)
