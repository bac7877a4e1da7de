"""`limen trust`: whom the verifier trusts, by whom it was told so, and why a certificate can be used or cannot."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from limen.cli.exits import Exit
from limen.cli.verify import Failed
from limen.cli.words import printable

if TYPE_CHECKING:
    from limen.icao.pki import Certificate
    from limen.trust import Explanation, ImportReport, TrustStore

_Command = TypeVar("_Command", bound=Callable[..., object])
_MOST_SHOWN = 5


@click.group()
def trust() -> None:
    """The trust store: certificates and lists of issuing States.

    It is one file: the one named by --store, else by $LIMEN_TRUST, else limen/trust.sqlite in the user's data folder.
    """


def _options(command: _Command) -> _Command:
    """--store and --json."""
    store = click.option("--store", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="The store.")
    as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    return store(as_json(command))


@trust.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="The name to keep them under. [default: the name of the file or folder]")
@click.option("--accept-unverified", is_flag=True, help="Take lists, too, whose signer nobody vouches for.")
@_options
def import_(
    paths: tuple[Path, ...], source: str | None, accept_unverified: bool, store: Path | None, as_json: bool
) -> None:
    """Bring in master lists, LDIF exports of the ICAO PKD, certificates, revocation and deviation lists.

    PATH is a file, a zip archive or a folder. What has the same name as a source before takes its place.
    """
    from limen.trust import TrustError, import_into  # noqa: PLC0415

    with _opened(store, create=True) as opened:
        files = list(_files(paths))

        def take(name: str, file: Path) -> ImportReport | str:
            try:
                return import_into(
                    opened,
                    file.read_bytes(),
                    file=file.name,
                    on=datetime.date.today(),
                    source=_named(source, name, len(files)),
                    accept_unverified=accept_unverified,
                )
            except (TrustError, OSError) as error:
                return f"{file}: {error.strerror}" if isinstance(error, OSError) else str(error)

        outcomes = [take(*one) for one in files]
        # What was refused may be vouched for by what came after it.
        outcomes = [take(*one) if isinstance(said, str) else said for one, said in zip(files, outcomes, strict=True)]
    reports = [one for one in outcomes if not isinstance(one, str)]
    failures = [one for one in outcomes if isinstance(one, str)]
    if as_json:
        _print({"imported": [_report(one) for one in reports], "failed": failures})
    else:
        for report in reports:
            _tell(report)
    for failure in failures:
        click.echo(printable(failure), err=True)
    click.get_current_context().exit(Exit.UNREAD if failures else Exit.CLEAR)


@trust.command("list")
@click.option("--country", metavar="XX", help="The certificates of one country, by its two-letter code.")
@_options
def list_(country: str | None, store: Path | None, as_json: bool) -> None:
    """List the sources, or the certificates of a country."""
    with _opened(store) as opened:
        if country is not None:
            found = [
                _certificate(one.certificate) | {"sources": {name: role.value for name, role in one.roles}}
                for one in opened.held(country=country.upper())
            ]
            if as_json:
                _print({"certificates": found})
                return
            for certificate in found:
                click.echo(_line(certificate) + f"  {', '.join(certificate['sources'])}")
            click.echo(f"{len(found)} certificates of {country.upper()}")
            return
        _list_sources(opened, as_json)


@trust.command()
@click.argument("what", metavar="FILE|COUNTRY|DIGEST")
@_options
def explain(what: str, store: Path | None, as_json: bool) -> None:
    """Say why certificates can be relied upon, or cannot.

    Of a certificate in a file, of all of a two-letter country, or of those whose SHA-256 or key identifier begins with
    these hexadecimal digits.
    """
    from limen.trust import explain as explained  # noqa: PLC0415

    with _opened(store) as opened:
        certificates = _asked(opened, what)
        told = [explained(opened, one, datetime.date.today()) for one in certificates]
        broken = [f"{one.source}: {one.reason}" for one in opened.broken()] if _is_country(what) else []
    if as_json:
        _print({"certificates": [_explanation(one) for one in told]})
        return
    for one in told:
        click.echo("\n".join(_explained(one)) + "\n")
    for line in broken[:_MOST_SHOWN]:
        click.echo(printable(f"not usable, of whatever country: {line}"))
    usable = sum(one.usable for one in told)
    click.echo(f"{len(told)} certificates, {usable} can be relied upon")


@trust.command()
@click.argument("first", metavar="SOURCE_A")
@click.argument("second", metavar="SOURCE_B")
@_options
def diff(first: str, second: str, store: Path | None, as_json: bool) -> None:
    """Say which certificates only one of two sources holds. The exit code is 1 where there are any."""
    with _opened(store) as opened:
        sides = [
            {one.certificate.sha256: one.certificate for one in opened.held(source=name)} for name in (first, second)
        ]
    only = [[side[key] for key in side if key not in other] for side, other in (sides, sides[::-1])]
    if as_json:
        _print({name: [_certificate(one) for one in found] for name, found in zip(("a", "b"), only, strict=True)})
    else:
        for mark, found in zip("-+", only, strict=True):
            for one in found:
                click.echo(f"{mark} {_line(_certificate(one))}")
        both = len(sides[0].keys() & sides[1].keys())
        click.echo(f"{len(only[0])} only in {first}, {len(only[1])} only in {second}, {both} in both")
    click.get_current_context().exit(Exit.IRREGULAR if any(only) else Exit.CLEAR)


@trust.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="Those of one source alone.")
@click.option("--country", metavar="XX", help="Those of one country alone.")
@_options
def export(path: Path, source: str | None, country: str | None, store: Path | None, as_json: bool) -> None:
    """Write certificates into a folder, or into a .pem or .zip file."""
    from limen.trust.exporting import export as write  # noqa: PLC0415

    with _opened(store) as opened:
        held = opened.held(source=source, country=country.upper() if country else None)
        count = write((one.certificate for one in held), path)
    if as_json:
        _print({"path": str(path), "certificates": count})
    else:
        click.echo(f"{count} certificates are in {path}")


@trust.command()
@click.argument("source")
@_options
def remove(source: str, store: Path | None, as_json: bool) -> None:
    """Forget a source, and what came with no other."""
    with _opened(store) as opened:
        gone = opened.remove(source)
    if as_json:
        _print({"removed": source, "certificates": gone})
    else:
        click.echo(f"{source} is forgotten, and with it {gone} certificates")


@contextmanager
def _opened(path: Path | None, *, create: bool = False) -> Iterator[TrustStore]:
    from limen.trust import TrustError, TrustStore  # noqa: PLC0415

    try:
        with TrustStore.open(path, create=create) as store:
            yield store
    except (TrustError, OSError) as error:
        said = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise Failed(printable(f"{said}.")) from error


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Every file with the name of its source; those of a folder are named by it, too."""
    for path in paths:
        if path.is_dir():
            for file in sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith(".")):
                yield f"{path.resolve().name}/{file.relative_to(path)}", file
        else:
            yield path.name, path


def _named(source: str | None, name: str, count: int) -> str:
    if source is None:
        return name
    return source if count == 1 else f"{source}/{name.rsplit('/', 1)[-1]}"


def _tell(report: ImportReport) -> None:
    parts = [
        f"{count} {word if count == 1 else words}"
        for count, word, words in (
            (report.authorities, "authority's certificate", "authorities' certificates"),
            (report.signers, "signer's certificate", "signers' certificates"),
            (report.crls, "revocation list", "revocation lists"),
            (report.deviations, "deviation", "deviations"),
        )
        if count
    ]
    known = f" ({report.known} known before)" if report.known else ""
    click.echo(printable(f"{report.source}: {', '.join(parts)}{known}"))
    for one in (report.lists or [])[:_MOST_SHOWN]:
        click.echo(printable(f"  {one.kind} signed by {one.signer}: {one.ground}"))
    for line in (report.broken or [])[:_MOST_SHOWN]:
        click.echo(printable(f"  left out: {line}"))
    if len(report.broken or []) > _MOST_SHOWN:
        click.echo(f"  and {len(report.broken or []) - _MOST_SHOWN} more were left out")


def _list_sources(store: TrustStore, as_json: bool) -> None:
    sources = store.sources()
    countries = store.countries()
    if as_json:
        _print({"store": str(store.path), "countries": list(countries), "sources": [_source(one) for one in sources]})
        return
    for one in sources:
        counts = f"{one.authorities} authorities, {one.signers} signers, {one.crls} revocation lists"
        more = f", {one.deviations} deviations" if one.deviations else ""
        broken = f", {one.broken} not usable" if one.broken else ""
        click.echo(printable(f"{one.name}: {counts}{more}{broken}; imported {one.imported}"))
        for made in one.lists[:_MOST_SHOWN]:
            signed = f" on {made.signed[:10]}" if made.signed else ""
            click.echo(printable(f"  {made.kind} signed{signed} by {made.signer}: {made.ground}"))
    click.echo(f"{len(sources)} sources, authorities of {len(countries)} countries, in {store.path}")


def _is_country(what: str) -> bool:
    return len(what) == 2 and what.isalpha() and not Path(what).exists()


def _asked(store: TrustStore, what: str) -> list[Certificate]:
    from limen.icao.pki import Certificate  # noqa: PLC0415
    from limen.trust import UnknownError  # noqa: PLC0415
    from limen.trust.sorting import Found, sort  # noqa: PLC0415

    if _is_country(what):
        found = [one.certificate for one in store.held(country=what.upper())]
        if not found:
            have = ", ".join(store.countries()) or "none"
            raise UnknownError(f"there is no certificate of {what.upper()} (have: {have})")
        return found
    path = Path(what)
    if path.is_file():
        pieces = list(sort(path.read_bytes(), path.name))
        found = [one.piece for one in pieces if isinstance(one, Found) and isinstance(one.piece, Certificate)]
        if not found:
            why = next((one.reason for one in pieces if not isinstance(one, Found)), "it holds a list")
            raise UnknownError(f"{path} is no certificate: {why}")
        return found
    digits = what.replace(":", "").replace(" ", "")
    if len(digits) >= 4 and all(char in "0123456789abcdefABCDEF" for char in digits):
        found = [one.certificate for one in store.find(digits)]
        if found:
            return found
    raise UnknownError(f"there is no file {what}, and no certificate whose digest begins so")


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "country": certificate.country,
        "subject": str(certificate.subject),
        "issuer": str(certificate.issuer),
        "serial": f"{certificate.serial:X}" if certificate.serial >= 0 else str(certificate.serial),
        "not_before": certificate.not_before.date().isoformat(),
        "not_after": certificate.not_after.date().isoformat(),
        "key_identifier": certificate.ski.hex() if certificate.ski else None,
        "sha256": certificate.sha256.hex(),
    }


def _line(certificate: dict[str, Any]) -> str:
    validity = f"{certificate['not_before']} to {certificate['not_after']}"
    return printable(f"{certificate['sha256'][:16]}  {validity}  {certificate['subject']}")


def _explained(one: Explanation) -> Iterator[str]:
    certificate = one.certificate
    told = _certificate(certificate)
    yield printable(f"{told['subject']}")
    yield f"  {'CAN' if one.usable else 'CANNOT'} be relied upon: {printable(one.why)}"
    yield printable(f"  kind       {one.kind}, {one.key}")
    yield f"  valid      {told['not_before']} to {told['not_after']}"
    yield printable(f"  issuer     {told['issuer']}, serial number {told['serial']}")
    yield f"  SHA-256    {told['sha256']}"
    if told["key_identifier"]:
        yield f"  key        {told['key_identifier']}"
    for source, role in one.roles:
        yield printable(f"  held       as {role} by {source}")
    for above in one.chain:
        yield printable(f"  signed by  {above.subject} ({above.sha256.hex()[:16]})")
    for other in one.conflicts[:_MOST_SHOWN]:
        yield printable(f"  conflict   {other.sha256.hex()[:16]} has the same key identifier and another key")
    for quirk in one.quirks:
        yield printable(f"  oddity     {quirk}")


def _explanation(one: Explanation) -> dict[str, Any]:
    return _certificate(one.certificate) | {
        "kind": one.kind,
        "key": one.key,
        "usable": one.usable,
        "why": one.why,
        "sources": {source: role.value for source, role in one.roles},
        "chain": [above.sha256.hex() for above in one.chain],
        "conflicts": [other.sha256.hex() for other in one.conflicts],
        "quirks": list(one.quirks),
    }


def _report(report: ImportReport) -> dict[str, Any]:
    return {
        "source": report.source,
        "authorities": report.authorities,
        "signers": report.signers,
        "crls": report.crls,
        "deviations": report.deviations,
        "known": report.known,
        "lists": [_list(one) for one in report.lists or []],
        "broken": report.broken or [],
    }


def _list(one: Any) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "country": one.country,
        "signer": one.signer,
        "signed": one.signed,
        "ground": one.ground.value,
        "entries": one.entries,
        "notes": list(one.notes),
    }


def _source(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "file": one.file,
        "sha256": one.sha256,
        "imported": one.imported.isoformat(),
        "authorities": one.authorities,
        "signers": one.signers,
        "crls": one.crls,
        "deviations": one.deviations,
        "broken": one.broken,
        "lists": [_list(made) for made in one.lists],
    }


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=True, separators=(",", ":")))
