"""The printable brief: a country, an issuer, a method or everything, in some months, on one to three pages.

    wanted = Wanted("issuer", "UTO", month, months=3, marking=Marking.GREEN)
    made = make(wanted, officer)          checks, counts, writes, records

- `asking`: what is wanted. `gathering`: its figures, all of them from `trends.counting`. `wording`: sentences.
- `as_pdf`, `brief.typ`: the paper. `making`: the one function that a page calls.

docs/briefs.md says what a brief may hold, and why.
"""
