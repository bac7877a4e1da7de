"""Keeps the catalogues of the site: `python tools/translations.py update | compile | check`.

Messages come from the site's templates and modules, from what the site shows of django-allauth, and from those parts of
Django whose own catalogue lacks them. Needs Babel and nothing of GNU gettext. See docs/translating.md.
"""

from __future__ import annotations

import ast
import gettext
import importlib.util
import io
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "src" / "limen" / "node"
LOCALE = NODE / "locale"
FORMATS = NODE / "formats"

FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""What marks a message, with the places of its arguments: context, singular, plural."""

ALLAUTH = (
    "account/adapter.py", "account/fields.py", "account/forms.py", "mfa", "socialaccount/adapter.py",
    "templates/account", "templates/mfa", "templates/socialaccount", "templates/usersessions",
)  # fmt: skip
ALLAUTH_NOT = re.compile(
    r"/tests/|migrations|/(models|apps|admin)\.py|phone|sign_?up|verif|(login|reset|reauthentication|confirm)_code"
    r"|connect|email_(change|confirm|deleted)|/email\.html|already_exists|unknown_account"
    r"|(password|primary_email)_set|/trust|usersession_list|warn_no_email|inactive|cannot_delete|unverified|removed_email"
)
"""Of these, what no address of the site leads to: nobody signs up, changes the address or adds a provider."""
ALLAUTH_NEVER = re.compile(
    r"phone|username|verif|e?mail \(|more than %d|remove your primary|disconnect|register|sign-in code", re.I
)
"""Words of sentences that its modules have for what the site does not offer."""
DJANGO = (
    "forms/fields.py", "forms/forms.py", "forms/models.py", "core/validators.py", "contrib/auth/password_validation.py",
    "contrib/postgres/forms/array.py", "db/models/base.py", "template/defaultfilters.py", "utils/dates.py",
)  # fmt: skip
DJANGO_OWN = ("conf", "contrib/auth", "contrib/postgres")
"""Where Django keeps catalogues of those."""

Key = tuple[str | None, str]


@dataclass
class Source:
    """A message as the source has it, with the files that say it."""

    context: str | None
    id: str | tuple[str, str]
    files: list[str]

    @property
    def key(self) -> Key:
        """What gettext looks a message up by."""
        return self.context, self.id[0] if isinstance(self.id, tuple) else self.id


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def _files(base: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    for part in parts:
        path = base / part
        yield from [path] if path.is_file() else sorted(f for s in ("py", "html", "txt") for f in path.rglob(f"*.{s}"))


def extract(base: Path, files: Iterator[Path]) -> dict[Key, Source]:
    """All messages of some files, in the order of the files; a message with a plural wins over the same without."""
    found: dict[Key, Source] = {}
    for file in files:
        name = file.relative_to(base).as_posix()
        for context, msgid in _messages(file):
            new = Source(context, msgid, [name])
            old = found.setdefault(new.key, new)
            old.id = old.id if isinstance(old.id, tuple) else new.id
            old.files += [name] * (name not in old.files)
    return found


def _messages(file: Path) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _calls(ast.parse(text))
    else:
        yield from _template(text, str(file))


def _calls(tree: ast.Module) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """Calls of gettext and its kin under whatever name the module imports them."""
    names = {
        alias.asname or alias.name: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        spec = names.get(call.func.id)  # type: ignore[attr-defined]
        texts = [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if spec and len(texts) >= len(spec):
            context, *ids = [None, *texts] if isinstance(spec[0], int) else texts
            yield context, (ids[0], ids[1]) if len(spec) - (context is not None) == 2 else str(ids[0])


def _template(text: str, origin: str) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """Django writes a template as calls of gettext between letters; brackets keep Python from minding its lines."""
    if not settings.configured:
        settings.configure()
    code = io.BytesIO(b"(" + templatize(text, origin).encode() + b")")
    for _, function, texts, _ in extract_python(code, ("_", *FUNCTIONS), (), {"encoding": "utf-8"}):
        spec = FUNCTIONS["gettext" if function == "_" else function]
        given = [one for one in ([texts] if isinstance(texts, str) else list(texts)) if one]
        context, *ids = [None, *given] if isinstance(spec[0], int) else given
        yield context, (ids[0], ids[1]) if len(ids) > 1 else ids[0]


def required(language: str) -> dict[Key, Source]:
    """What the catalogue of a language must have."""
    allauth, django = _package("allauth"), _package("django")
    theirs = (file for file in _files(allauth, ALLAUTH) if not ALLAUTH_NOT.search(file.as_posix()) and not _ours(file))
    borrowed = extract(allauth.parent, theirs)
    for key in [key for key in borrowed if ALLAUTH_NEVER.search(key[1]) and "verification code" not in key[1]]:
        del borrowed[key]
    own = _own_of_django(django, language)
    lacking = {key: one for key, one in extract(django.parent, _files(django, DJANGO)).items() if key not in own}
    ours = (file for file in _files(NODE, (".",)) if {"node_modules", "migrations"}.isdisjoint(file.parts))
    return lacking | borrowed | extract(ROOT, ours)


def _ours(file: Path) -> bool:
    """Whether a template of allauth lies in the site's own folders instead."""
    inside = file.as_posix().partition("/allauth/templates/")[2]
    return bool(inside) and any((app / "templates" / inside).exists() for app in NODE.iterdir())


def _own_of_django(django: Path, language: str) -> set[Key]:
    """What Django itself brings in a language."""
    own: set[Key] = set()
    for place in DJANGO_OWN:
        file = django / place / "locale" / language / "LC_MESSAGES" / "django.mo"
        if file.exists():
            with file.open("rb") as stream:
                catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
            for msgid, text in catalogue.items():
                context, _, bare = (msgid[0] if isinstance(msgid, tuple) else msgid).rpartition("\x04")
                if text:
                    own.add((context or None, bare))
    return own


def languages() -> list[str]:
    """The folders that have a catalogue."""
    return sorted(file.parents[1].name for file in LOCALE.glob("*/LC_MESSAGES/django.po"))


def _path(language: str, suffix: str = "po") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def read(language: str) -> Catalog:
    """A catalogue as it lies in its file; of a new language an empty one."""
    if not _path(language).exists():
        return Catalog(locale=language)
    with _path(language).open("rb") as file:
        return read_po(file)


def update(language: str) -> Catalog:
    """Write a catalogue anew: with what the source says now, with the translations it had."""
    old = read(language)
    new = Catalog(project="Limen", charset="utf-8", fuzzy=False, header_comment="# Limen, catalogue of one language.")
    new.locale = old.locale
    for source in required(language).values():
        had = old.get(source.key[1], context=source.context)
        message = new.add(source.id, context=source.context, locations=[(name, 0) for name in source.files[:3]])
        if had and had.pluralizable == message.pluralizable:
            message.string, message.user_comments = had.string, had.user_comments
            message.flags |= had.flags & {"fuzzy"}
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    with _path(language).open("wb") as file:
        write_po(file, new, width=120, include_lineno=False, omit_header=True)
    _write_formats(language)
    body = _path(language).read_text(encoding="utf-8")
    _path(language).write_text(_header(language, new) + body, encoding="utf-8")
    return new


def _write_formats(language: str) -> None:
    """Give a new language the dates of all others; its numbers are those that Django knows."""
    for name in ("__init__.py", "formats.py"):
        file = FORMATS / language / name
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            shutil.copyfile(FORMATS / "en" / name, file)


def _header(language: str, catalogue: Catalog) -> str:
    """A header without dates and names, so that an update of nothing changes nothing."""
    try:
        name = Locale.parse(language).get_display_name() or language
    except UnknownLocaleError:
        name = language
    lines = [
        f"Language: {language}",
        f"X-Language-Name: {_named(language) or name}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    ]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines)]) + "\n\n"


def _named(language: str) -> str:
    text = _path(language).read_text(encoding="utf-8") if _path(language).exists() else ""
    found = re.search(r'^"X-Language-Name: (.+?)\\n"$', text, re.MULTILINE)
    return found[1] if found else ""


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdf]|%%|\{\w*\}|</?[a-z]+")


def placeholders(text: str) -> Counter[str]:
    """What a translation has to keep: places to fill in, and tags."""
    return Counter(PLACEHOLDER.findall(text))


def troubles(language: str) -> list[str]:
    """What is wrong with a catalogue, a line for each message: missing, fuzzy, other placeholders, gone."""
    catalogue, wanted = read(language), required(language)
    found = [line for source in wanted.values() if (line := _trouble(catalogue, source))]
    ids = {(message.context, _id(message)) for message in catalogue if message.id}
    return found + [f"not in the source: {key[1]!r}" for key in sorted(ids - set(wanted), key=str)]


def _id(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


def _trouble(catalogue: Catalog, source: Source) -> str:
    message = catalogue.get(source.key[1], context=source.context)
    where = f"{source.key[1]!r} ({', '.join(source.files[:2])})"
    texts = [] if message is None else list(message.string) if message.pluralizable else [message.string]
    if message is None or not texts or not all(texts) or message.pluralizable != isinstance(source.id, tuple):
        return f"missing: {where}"
    if message.fuzzy:
        return f"fuzzy: {where}"
    english = placeholders(source.id[-1] if isinstance(source.id, tuple) else source.id)
    if any(placeholders(text) != english for text in texts):
        return f"other placeholders: {where}"
    return ""


def compile_catalogue(language: str) -> Path:
    """Write what Django reads; fuzzy messages stay English."""
    return _write_mo(read(language), _path(language, "mo"))


def _write_mo(catalogue: Catalog, file: Path) -> Path:
    """At once for whoever reads: several workers of the tests may compile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        write_mo(stream, catalogue)
    Path(stream.name).chmod(0o644)
    Path(stream.name).replace(file)
    return file


PSEUDO = "ar-xb"
"""A language for tests, written from right to left, that has a word for everything that the site says."""
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابكديفجهيجكلمنوپقرستوڤوخيز")
_KEPT = re.compile(r"%\(\w+\)[a-z]|%[sdf]|%%|\{\w*\}|<[^>]*>")


def pseudo(text: str) -> str:
    """English with Arabic letters for Latin ones; what is filled in, and tags, stay."""
    kept = [*_KEPT.findall(text), ""]
    written = [piece.lower().translate(_LETTERS) for piece in _KEPT.split(text)]
    return "".join(piece for pair in zip(written, kept, strict=True) for piece in pair)


def write_pseudo(folder: Path) -> Path:
    """Compile the catalogue of the pseudo language below a folder, for `LOCALE_PATHS`."""
    catalogue = Catalog(locale="en")
    for source in required("en").values():
        forms = source.id if isinstance(source.id, tuple) else (source.id,)
        said = tuple(pseudo(form) for form in forms)
        catalogue.add(source.id, said if len(said) > 1 else said[0], context=source.context)
    return _write_mo(catalogue, folder / "ar_XB" / "LC_MESSAGES" / "django.mo")


def main(arguments: list[str]) -> int:
    """Do what is asked, for the languages named or for all."""
    todo, *named = arguments or ["check"]
    bad = 0
    for language in named or languages():
        if todo == "update":
            catalogue = update(language)
            print(f"{language}: {len(catalogue)} messages")
        elif todo == "compile":
            compile_catalogue(language)
        else:
            found = troubles(language)
            bad += len(found)
            print("\n".join([*(f"{language}: {line}" for line in found), f"{language}: {len(found)} to mend"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
