"""`limen specimen card`: an emulated document with a chip, and the PKI it was issued under."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from limen.specimen.chip import CardSpec, IssuedDocument, VpcdPlayer

# Spelt out so that --help needs nothing but click; a test compares them with limen.specimen.chip.
ACCESS: Final = ("plain", "bac", "pace-gm", "pace-im", "pace-cam")
CIPHERS: Final = ("3des", "aes-128", "aes-192", "aes-256")
PROOFS: Final = ("aa-rsa", "aa-ecdsa", "ca", "ca-v2")
SCHEMES: Final = ("rsa", "rsa-pss", "ecdsa")
HASHES: Final = ("sha1", "sha224", "sha256", "sha384", "sha512")
DEFECTS: Final = (
    "wrong-hash", "changed-dg1", "swapped-dg2", "wrong-signature", "wrong-digest", "expired-signer", "revoked-signer",
    "forged-signer", "signer-not-for-signing", "unknown-issuer", "cloned-aa", "cloned-ca", "truncated-file",
    "other-mrz", "missing-group", "com-tells-more", "card-access-changed",
)  # fmt: skip
QUIRKS: Final = (
    "no-master-file", "no-directory", "limited-le", "no-extended", "exact-le", "no-short-identifiers",
    "der-signature", "pace-refused", "bare-status", "plain-data-type", "signer-by-key", "turned-name",
    "packed-dates", "long-dg2",
)  # fmt: skip

_Kind = TypeVar("_Kind")


class Failed(click.ClickException):
    """The command cannot go on; one line says why."""

    exit_code = 2


def _several(name: str, target: str, values: tuple[str, ...], help: str) -> Callable[[Any], Any]:
    return click.option(name, target, multiple=True, type=click.Choice(values), help=help)


def _one(name: str, target: str, values: tuple[str, ...], default: str, help: str) -> Callable[[Any], Any]:
    return click.option(
        name, target, type=click.Choice(values, case_sensitive=False), default=default, show_default=True, help=help
    )


def _numbers(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        return tuple(sorted({int(part) for part in value.split(",")}))
    except ValueError:
        raise click.BadParameter("numbers with commas between them, such as 1,2,11") from None


@click.command("card")
@click.option(
    "--format", type=click.Choice(("TD1", "TD2", "TD3"), case_sensitive=False), default="TD3", show_default=True
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="What decides all the rest.")
@click.option("--issuer", default="UTO", show_default=True, help="Issuer's code, as specimen list has it.")
@_several("--access", "access", ACCESS, "How the chip is opened; repeatable. [default: pace-gm and bac]")
@_one("--cipher", "cipher", CIPHERS, "aes-128", "Of PACE and chip authentication.")
@click.option(
    "--domain", type=click.IntRange(0, 18), default=13, show_default=True, help="Standardized domain parameters."
)
@_several("--proof", "proofs", PROOFS, "How the chip proves that it is no copy; repeatable.")
@click.option("--groups", default="1,2,11,12", show_default=True, metavar="N,N", callback=_numbers, help="Data groups.")
@click.option("--portrait", type=click.IntRange(2_000, 200_000), default=15_000, show_default=True, help="Its octets.")
@click.option("--jpeg2000", is_flag=True, help="Encode the portrait as JPEG 2000.")
@_one("--signature", "scheme", SCHEMES, "ecdsa", "Of all signers.")
@_one("--hash", "hash", HASHES, "sha256", "Of signatures and of data groups.")
@click.option("--curve", default="secp256r1", show_default=True, help="Of ECDSA signers.")
@click.option("--explicit", is_flag=True, help="Spell the parameters of that curve out.")
@_several("--defect", "defects", DEFECTS, "What is wrong with the document; repeatable.")
@_several("--quirk", "quirks", QUIRKS, "A habit of chips in the field; repeatable.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Folder for PKI and files."
)
@click.option("--play", is_flag=True, help="Put the card into the virtual reader (vpcd of pcscd) until Ctrl-C.")
@click.option("--port", type=click.IntRange(1, 65535), default=35963, show_default=True, help="Of vpcd.")
@click.option("--delay", type=click.FloatRange(0, 60), default=0.0, metavar="SECONDS", help="Before each answer.")
@click.option("--leave-after", type=click.IntRange(0), metavar="N", help="Leave the reader at the command after N.")
def card(*, out: Path | None, play: bool, port: int, delay: float, leave_after: int | None, **options: Any) -> None:
    """Make a document with a chip, genuine or with defects, and play it.

    Into DIR go the certificates and lists of its issuer (pki), the chip's files (dump) and the printed zone
    (mrz.txt). The same options give the same document.

    \b
    Examples:
      limen specimen card --out made --proof ca
      limen specimen card --access pace-cam --defect cloned-ca --play
    """
    if out is None and not play:
        raise click.UsageError("Say --out DIR, --play, or both.")
    document = _issued(options)
    click.echo("\n".join((*document.mrz, f"CAN {document.can}")))
    if out is not None:
        _write(out, document)
    if play:
        from limen.specimen.chip import VpcdPlayer  # noqa: PLC0415

        _play(document, VpcdPlayer(document.card, port=port, delay=delay, leave_after=leave_after), port)


def _issued(options: dict[str, Any]) -> IssuedDocument:
    from limen.specimen import SpecimenError  # noqa: PLC0415
    from limen.specimen.chip import make_card  # noqa: PLC0415

    try:
        return make_card(_specification(options))
    except SpecimenError as error:
        raise Failed(str(error)) from None


def _specification(options: dict[str, Any]) -> CardSpec:
    from limen.specimen.chip import (  # noqa: PLC0415
        Access,
        CardSpec,
        Cipher,
        Defect,
        Proof,
        Quirk,
        Scheme,
        Signing,
    )

    def each(kind: Callable[[str], _Kind], name: str) -> tuple[_Kind, ...]:
        return tuple(dict.fromkeys(kind(value) for value in options[name]))

    return CardSpec(
        format=options["format"].upper(),
        seed=options["seed"],
        issuer=options["issuer"],
        access=each(Access, "access") or (Access.PACE_GM, Access.BAC),
        domain=options["domain"],
        cipher=Cipher(options["cipher"]),
        proofs=each(Proof, "proofs"),
        groups=options["groups"],
        jpeg2000=options["jpeg2000"],
        portrait_octets=options["portrait"],
        signing=Signing(Scheme(options["scheme"]), options["hash"], options["curve"], explicit=options["explicit"]),
        hash=options["hash"],
        defects=each(Defect, "defects"),
        quirks=each(Quirk, "quirks"),
    )


def _write(out: Path, document: IssuedDocument) -> None:
    from limen.specimen.chip import write_document  # noqa: PLC0415

    try:
        paths = write_document(out, document)
    except OSError as error:
        raise Failed(f"cannot write {error.filename or out}: {error.strerror or error}") from None
    click.echo(f"{len(paths)} files are in {out}. To verify them:")
    click.echo(f"  limen trust import --store trust.sqlite {out / 'pki'}")
    click.echo(f"  limen verify --trust trust.sqlite {out / 'dump'}")


def _play(document: IssuedDocument, player: VpcdPlayer, port: int) -> None:
    try:
        player.connect()
    except OSError as error:
        raise Failed(
            f"no virtual reader on port {port} ({error.strerror or error}): start pcscd with vsmartcard-vpcd installed"
        ) from None
    click.echo("The card is in the virtual reader until Ctrl-C. To read it:")
    click.echo(f"  limen verify --chip --mrz {shlex.quote(''.join(document.mrz))}")
    try:
        player.play()
    except KeyboardInterrupt:
        pass
    finally:
        player.stop()
    click.echo(f"\nThe card is out again; it answered {player.commands} commands.")
