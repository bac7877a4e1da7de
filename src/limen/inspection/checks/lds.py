"""The chip's files, each by itself and held against one another: Doc 9303-10, 4.6 and 4.7."""

from __future__ import annotations

from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.outcome import Outcome, fine, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

_PROTECTED = frozenset({3, 4})
"""Fingerprints and irises, which the issuer lets only some States read."""


@check(
    code="lds.com",
    title="Do the list of files and the signed list name the same data groups?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-10, 4.6.1 and 4.6.2.3",
    undetermined="EF.COM or EF.SOD was not read",
)
def com(context: Context) -> Outcome:
    """EF.COM is not signed; a list that differs hides a file or claims one."""
    listed, signed = context.opened.com, context.opened.signed
    if listed is None or signed is None:
        raise CannotTell("EF.COM and EF.SOD were not both read, so that their lists cannot be compared.")
    theirs, ours = set(listed.data_groups), set(signed)
    if theirs == ours:
        return fine("EF.COM and EF.SOD name the same data groups.")
    parts = []
    if theirs - ours:
        parts.append(f"EF.COM names {_groups(theirs - ours)}, which EF.SOD does not sign")
    if ours - theirs:
        parts.append(f"EF.SOD signs {_groups(ours - theirs)}, which EF.COM does not name")
    return Outcome(Verdict.FAILED, "; ".join(parts) + ".", found=_groups(theirs), expected=_groups(ours))


@check(
    code="lds.complete",
    title="Is each data group there that was signed?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-10, 4.6.2.3",
    undetermined="EF.SOD was not read, the reading broke off, or a saved copy lacks DG1 or DG2",
)
def complete(context: Context) -> Outcome:
    """DG3 and DG4 are kept for those whom the issuer admits; what was not asked for is not missed."""
    contents = context.opened
    if contents.signed is None:
        raise CannotTell("EF.SOD was not read, so that it is not known which data groups there should be.")
    evidence = contents.evidence
    absent = sorted(set(contents.signed) - set(contents.groups) - _PROTECTED)
    tried = [number for number in absent if f"EF.DG{number}" in evidence.missing]
    if evidence.aborted and absent:
        raise CannotTell(f"Before the reading broke off, these were not read: {_groups(absent)}.")
    if evidence.live and tried:
        details = tuple(f"DG{number}: {evidence.missing[f'EF.DG{number}']}" for number in tried)
        return Outcome(Verdict.FAILED, f"Signed, and not on the chip: {_groups(tried)}.", details=details)
    needed = sorted({1, 2}.intersection(absent))
    if needed:
        return unclear(f"Signed, and not among the files: {_groups(needed)}.")
    unread = f" Not asked for: {_groups(absent)}." if absent else ""
    return fine(f"Each data group that was asked for is there.{unread}")


@check(
    code="lds.form",
    title="Is each file written as the standard says?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-10, 4.6 and 4.7",
    undetermined="a file cannot be taken apart",
)
def form(context: Context) -> Outcome:
    """A file of an odd form is the issuer's doing where its hash was signed, and says nothing against it."""
    contents = context.opened
    zone = contents.mrz
    notes = tuple(f"{name}: {note}" for name, part in contents.parsed.items() for note in part.notes)
    if zone is not None:
        notes += tuple(f"DG1: {problem.message}" for problem in zone.problems)
    if contents.faults:
        faults = tuple(f"{name}: {why}" for name, why in contents.faults.items())
        return unclear(f"{' and '.join(contents.faults)} cannot be taken apart.", details=faults + notes)
    return fine("Each file that was looked into is written as the standard says.", details=notes)


@check(
    code="lds.card_access",
    title="Does the chip offer the access protocols that were signed?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-11, 4.4.1 and 9.2",
    undetermined="DG14 was signed and not read",
)
def card_access(context: Context) -> Outcome:
    """EF.CardAccess is not signed, so that a weaker protocol could be slipped in; DG14 repeats it, signed."""
    contents = context.opened
    if contents.card_access is None:
        if "EF.CardAccess" in contents.faults:
            raise CannotTell(f"EF.CardAccess cannot be taken apart: {contents.faults['EF.CardAccess']}")
        raise NotSupported("The chip has no EF.CardAccess.")
    if contents.dg14 is None:
        if contents.signed is not None and 14 not in contents.signed:
            raise NotSupported("The document has no DG14 to hold EF.CardAccess against.")
        raise CannotTell("DG14 was not read, so that EF.CardAccess cannot be held against it.")
    offered, signed = set(contents.card_access.infos.pace), set(contents.dg14.infos.pace)
    if not signed:
        raise NothingToCheck("DG14 tells nothing of PACE")
    added = offered - signed
    if added:
        names = ", ".join(sorted(str(one) for one in added))
        return Outcome(Verdict.FAILED, f"EF.CardAccess offers PACE otherwise than was signed in DG14: {names}.")
    return fine("EF.CardAccess offers PACE as was signed in DG14.")


def _groups(numbers: set[int] | list[int]) -> str:
    return ", ".join(f"DG{number}" for number in sorted(numbers))
