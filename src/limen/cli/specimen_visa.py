"""`limen specimen visa`: a sealed visa label, and the passport that it belongs to."""

from __future__ import annotations

from pathlib import Path

import click

from limen.cli.specimen_card import Failed

_DEFECTS = ("altered-page", "lifted-seal", "changed-seal")


@click.command()
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="What decides all the rest.")
@click.option("--issuer", default="UTO", show_default=True, help="Issuer's code (see list).")
@click.option(
    "--format", "kind", type=click.Choice(["MRV-A", "MRV-B"]), default="MRV-A", show_default=True, help="Of the visa."
)
@click.option("--defect", type=click.Choice(_DEFECTS), help="What is wrong with it.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", required=True, help="Folder.")
def visa(seed: int, issuer: str, kind: str, defect: str | None, out: Path) -> None:
    """Make a visa with a visible digital seal, its issuer's PKI, and the zone of its holder's passport."""
    from PIL import Image  # noqa: PLC0415

    from limen.specimen import SpecimenError  # noqa: PLC0415
    from limen.specimen.chip import CardSpec, make_card  # noqa: PLC0415
    from limen.specimen.chip.visa import SealDefect, sealed_visa  # noqa: PLC0415
    from limen.specimen.chip.writing import published  # noqa: PLC0415

    try:
        document = make_card(CardSpec(seed=seed, issuer=issuer))
        made = sealed_visa(document, defect=SealDefect(defect) if defect else None, format=kind)
    except SpecimenError as error:
        raise Failed(f"{error}.") from error
    try:
        (out / "pki").mkdir(parents=True, exist_ok=True)
        Image.fromarray(made.image).save(out / "visa.png", dpi=(300, 300))
        (out / "passport.txt").write_text("".join(f"{line}\n" for line in made.passport), "ascii")
        for name, data in {**published(document.pki), "seal-signer.cer": made.sealed.signer.der}.items():
            (out / "pki" / name).write_bytes(data)
    except OSError as error:
        raise Failed(f"cannot write {error.filename or out}: {error.strerror or error}") from None
    click.echo(f"A sealed visa is in {out}. To verify it:")
    click.echo(f"  limen trust import --store trust.sqlite {out / 'pki'}")
    click.echo(f"  limen verify --trust trust.sqlite --passport {out / 'passport.txt'} {out / 'visa.png'}")
