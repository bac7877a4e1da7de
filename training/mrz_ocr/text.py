"""Random lines of machine readable zones: what the recogniser is taught to spell.

Most lines look like real ones, so that the net learns the usual neighbourhoods; every sixth is drawn at random, so
that it learns to look at the pixels rather than to guess from the neighbourhood. Check digits are mostly right, but
the net sees one crop at a time and has no way to use them.
"""

from __future__ import annotations

from random import Random

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
FILLER = "<"
EXTRA = "ÑÄÖÜ"
"""Letters outside the alphabet of Doc 9303-3, 4.3, that some issuers printed all the same."""

ALPHABET = FILLER + DIGITS + LETTERS + EXTRA
"""Class k of the net, from 1 on, is ALPHABET[k - 1]; class 0 is the blank of CTC."""

STATES = (
    "UTO D<< FRA GBR USA CAN ESP ITA NLD BEL POL CZE HRV LTU LVA EST FIN SWE NOR DNK ISL IRL PRT AUT CHE LUX GRC HUN "
    "ROU BGR SRB UKR RUS TUR ISR QAT ARE IND CHN JPN KOR TWN THA VNM IDN AUS NZL BRA ARG MEX COL PER CHL ZAF EGY MAR "
    "NGA KEN SEN CIV XXA XXX UNO EUE RKS MYS LKA KHM LAO MMR PHL SGP"
).split()
_WEIGHTS = (7, 3, 1)


def _check_digit(text: str) -> str:
    values = ((DIGITS + LETTERS).find(c) if c != FILLER else 0 for c in text)
    return str(sum(max(value, 0) * _WEIGHTS[i % 3] for i, value in enumerate(values)) % 10)


class Writer:
    """Writes random zones from one generator."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def of(self, alphabet: str, count: int) -> str:
        return "".join(self.rng.choices(alphabet, k=count))

    def word(self) -> str:
        """A name of unlikely spelling; O, I and S come often, since digits resemble them."""
        pool = LETTERS if self.rng.random() < 0.5 else "AAEEIIOOOOUSSZBGQDLNRTMCKHIOS"
        return self.of(pool, self.rng.randint(2, 11))

    def name(self, width: int) -> str:
        primary = FILLER.join(self.word() for _ in range(self.rng.choice((1, 1, 1, 2))))
        secondary = FILLER.join(self.word() for _ in range(self.rng.choice((0, 1, 1, 2, 2, 3))))
        return f"{primary}<<{secondary}".ljust(width, FILLER)[:width]

    def date(self) -> str:
        if self.rng.random() < 0.03:
            return self.rng.choice((self.of(DIGITS, 2) + "<<<<", self.of(DIGITS, 4) + "<<", "<<<<<<", "000000"))
        return f"{self.rng.randint(0, 99):02}{self.rng.randint(1, 12):02}{self.rng.randint(1, 31):02}"

    def number(self) -> str:
        kind = self.rng.randrange(7)
        if kind == 0:
            return self.of(DIGITS, 9)
        if kind == 1:
            return self.of(LETTERS, 2) + self.of(DIGITS, 7)
        if kind == 2:
            return self.of(LETTERS, 1) + self.of(DIGITS, 8)
        if kind == 3:
            return self.of(DIGITS + LETTERS, 9)
        if kind == 4:
            return self.of("0OQDCG1IL7T2Z5S8B6", 9)
        if kind == 5:
            return self.of("0" * 20 + DIGITS, 9)
        return (self.of(LETTERS, self.rng.choice((0, 1, 2))) + self.of(DIGITS, self.rng.randint(5, 6))).ljust(9, FILLER)

    def optional(self, width: int) -> str:
        if self.rng.random() < 0.4:
            return FILLER * width
        pool = self.rng.choice((DIGITS, LETTERS + DIGITS, DIGITS + FILLER, LETTERS + DIGITS + FILLER))
        return self.of(pool, self.rng.randint(1, width)).ljust(width, FILLER)

    def zone(self) -> list[str]:
        """Two or three lines of one of the five formats."""
        state, nation = self.rng.choice(STATES), self.rng.choice(STATES)
        number, birth, expiry = self.number(), self.date(), self.date()
        sex = self.rng.choice("MF<X")
        person = birth + _check_digit(birth) + sex + expiry + _check_digit(expiry)
        shape = self.rng.random()
        if shape < 0.5:
            code = self.rng.choice(("P<", "P<", "PA", "PO", "PD", "PN", "PP", "PC", "V<", "VC", "PM", "PS"))
            optional = self.optional(14)
            second = number + _check_digit(number) + nation + person + optional
            second += self.rng.choice((_check_digit(optional), FILLER))
            composite = _check_digit(second[0:10] + second[13:20] + second[21:43])
            return [
                code + state + self.name(39),
                second + (composite if code[0] == "P" else self.of(DIGITS + "<", 1)),
            ]
        if shape < 0.65:
            code = self.rng.choice(("I<", "ID", "AC", "V<", "VC", "IR", "PA"))
            second = number + _check_digit(number) + nation + person + self.optional(7)
            return [
                code + state + self.name(31),
                second + _check_digit(second[0:10] + second[13:20] + second[21:35]),
            ]
        code = self.rng.choice(("I<", "ID", "IR", "AR", "AC", "IO", "C1", "AF"))
        first = code + state + number + _check_digit(number) + self.optional(15)
        return [
            first,
            person[:7] + person[7:] + nation + self.optional(11) + self.of(DIGITS, 1),
            self.name(30),
        ]

    def noise(self) -> list[str]:
        """Lines without any grammar."""
        width = self.rng.choice((30, 36, 44))
        pool = self.rng.choice(
            (ALPHABET[:37], LETTERS + DIGITS, ALPHABET, "O0OQDCG0", "1IL7TJ", "5S2Z8B6G", "<" * 9 + "KCA4L")
        )
        return [self.of(pool, width) for _ in range(3)]

    def lines(self) -> tuple[list[str], int]:
        """A zone's lines, and which of them to read."""
        lines = self.noise() if self.rng.random() < 0.17 else self.zone()
        chosen = self.rng.randrange(len(lines))
        if self.rng.random() < 0.03:
            at = self.rng.randrange(len(lines[chosen]))
            lines[chosen] = lines[chosen][:at] + self.rng.choice(EXTRA) + lines[chosen][at + 1 :]
        return lines, chosen
