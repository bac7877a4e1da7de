"""Worked examples of Doc 9303, 8th edition, and published specimens of holders who do not exist: facts."""

from __future__ import annotations

# Doc 9303-4, Appendix B; 9303-5, Appendix B; 9303-6, Appendix B; 9303-7, Appendix B.
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)
# Doc 9303-8, Appendix: emergency travel document of TD2 size with the code PU.
EMERGENCY = (
    "PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F2606277<<<<<<<8",
)
# Doc 9303-11, Appendix D: document numbers of more than nine characters.
TD1_LONG = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)
TD2_LONG = (
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
    "D23145890<UTO3407127M95071227349<<<8",
)

STANDARD = {"TD1": TD1, "TD2": TD2, "TD3": TD3, "MRV-A": MRV_A, "MRV-B": MRV_B}

# Published specimens.
BELGIUM_OLD = "IDBEL000590240<6013<<<<<<<<<<<"
"""The upper line of BEL-BO-03003."""
BELGIUM_NEW = (
    "IDBEL600001795<0152<<<<<<<<<<<",
    "1301014F2311207BEL130101987398",
    "SPECIMEN<<SPECIMEN<<<<<<<<<<<<",
)
PORTUGAL = (
    "I<PRT000024759<ZZ72<<<<<<<<<<<",
    "8010100F2006017PRT<<<<<<<<<<<8",
    "CARLOS<MONTEIRO<<AMELIA<VANESS",
)
GERMANY = (
    "IDD<<L01XPVM8J2<<<<<<<<<<<<<<<",
    "8308126<3108011D<<2108<<<<<<<5",
    "MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
)
FRANCE_1988 = (
    "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
    "8806923102858CORINNE<<<<<<<6512068F6",
)
FRANCE_DRIVING = ("D1FRA13AA000026181231MARTIN<<9",)
SWITZERLAND_DRIVING = (
    "AAA001D<<",
    "FACHE305142128097<<800126<<<<<",
    "MARCHAND<<FABIENNE<<<<<<<<<<<<",
)
SLOVAKIA_1993 = (
    "I<SVKNOVAK<<JAN<<<<<<<<<<<<<<<<<<<",
    "123456<AA5SVK8110251M1801020749313",
)
RUSSIA_DOMESTIC = (
    "PNRUSZDRIL7K<<SERGEQ<ANATOL9EVI3<<<<<<<<<<<<",
    "3919353498RUS7207233M<<<<<<<4151218910003<50",
)

NATIONAL = {
    "FRA-ID-1988": FRANCE_1988,
    "FRA-DRIVING": FRANCE_DRIVING,
    "CHE-DRIVING": SWITZERLAND_DRIVING,
    "SVK-ID-1993": SLOVAKIA_1993,
    "RUS-INTERNAL": RUSSIA_DOMESTIC,
}
