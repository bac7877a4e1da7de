"""Invented data of the style guide. Nobody and no document in it exists."""

from __future__ import annotations

from typing import Any

PLACES = [
    ("THBKK", "Bangkok Suvarnabhumi", "TH · BKK", 13.69, 100.75, 214),
    ("THDMK", "Bangkok Don Mueang", "TH · DMK", 13.91, 100.6, 61),
    ("THHKT", "Phuket", "TH · HKT", 8.11, 98.31, 38),
    ("VNSGN", "Ho Chi Minh City", "VN · SGN", 10.82, 106.65, 97),
    ("VNHAN", "Hanoi Noi Bai", "VN · HAN", 21.22, 105.81, 84),
    ("MYKUL", "Kuala Lumpur", "MY · KUL", 2.75, 101.71, 133),
    ("IDCGK", "Jakarta Soekarno-Hatta", "ID · CGK", -6.13, 106.66, 76),
    ("LKCMB", "Colombo", "LK · CMB", 7.18, 79.88, 58),
    ("AUSYD", "Sydney", "AU · SYD", -33.94, 151.18, 44),
    ("FJNAN", "Nadi", "FJ · NAN", -17.76, 177.44, 9),
    ("AEDXB", "Dubai", "AE · DXB", 25.25, 55.36, 121),
    ("DEFRA", "Frankfurt", "DE · FRA", 50.03, 8.57, 35),
]
"""Code, name, hint, latitude, longitude, count."""

AREAS = [("THA", 313), ("VNM", 181), ("MYS", 133), ("IDN", 76), ("LKA", 58), ("AUS", 44), ("ARE", 121), ("D", 35)]

REGIONS = [
    {
        "x": 0.06,
        "y": 0.22,
        "w": 0.25,
        "h": 0.5,
        "label": "Photo",
        "text": "Laminate lifted around the photo",
    },
    {"x": 0.365, "y": 0.255, "w": 0.2, "h": 0.055, "label": "Surname", "text": "Letters of another font"},
]

REPORTS: list[dict[str, Any]] = [
    {"reference": "R26-7KQ2MB", "issuer": "UTO", "what": "Photo substitution", "where": "Bangkok Suvarnabhumi",
     "on": "2026-11-24", "state": "released", "marking": "green"},
    {"reference": "R26-9XH4TD", "issuer": "UTO", "what": "Counterfeit data page", "where": "Kuala Lumpur",
     "on": "2026-11-23", "state": "proposed", "marking": "amber"},
    {"reference": "R26-3MWC8P", "issuer": "UTO", "what": "Visa, altered dates", "where": "Colombo",
     "on": "2026-11-21", "state": "draft", "marking": "amber_strict"},
    {"reference": "R26-5ZL1VE", "issuer": "UTO", "what": "Impostor", "where": "Hanoi Noi Bai",
     "on": "2026-11-20", "state": "recalled", "marking": "red"},
    {"reference": "R26-2RJ6NA", "issuer": "UTO", "what": "Fantasy document", "where": "Sydney",
     "on": "2026-11-18", "state": "released", "marking": "clear"},
]  # fmt: skip

MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02}" for month in range(12, 35)]
LIGHTS = {"white": "White light", "uv": "Ultraviolet", "ir": "Infrared"}
_LOOK = {
    "white": ("#dfe9ef", "#9db8c9", "#22303c", "#b9c9d4"),
    "uv": ("#1b1147", "#3d2aa8", "#7ef0c0", "#2a1d6b"),
    "ir": ("#d7d7d7", "#c4c4c4", "#2b2b2b", "#bdbdbd"),
}


def chart(kind: str) -> dict[str, Any]:
    """The figures of one chart, as the loader takes them."""
    if kind == "map":
        points = [
            {"lat": lat, "lon": lon, "value": count, "label": name, "url": f"?place={code}"}
            for code, name, _, lat, lon, count in PLACES
        ]
        return {"points": points, "areas": [{"code": c, "value": n, "label": c, "url": f"?c={c}"} for c, n in AREAS]}
    if kind == "bar":
        return {"unit": "Place", "items": [{"label": p[1], "value": p[5], "url": f"?place={p[0]}"} for p in PLACES[:8]]}
    waves = [("Counterfeit", 31, 7), ("Forgery", 22, 5), ("Impostor", 12, 3)]
    series = [
        {"name": name, "values": [level + (at * step) % 11 + (18 if at in {17, 18, 19} and level == 22 else 0)
                                  for at, _ in enumerate(MONTHS)]}
        for name, level, step in waves
    ]  # fmt: skip
    return {
        "unit": "Month",
        "categories": MONTHS,
        "series": series,
        "urls": [f"?month={month}" for month in MONTHS],
        "marks": [{"from": "2026-06", "to": "2026-08", "label": "Surge"}],
    }


def picture(light: str) -> str:
    """A drawing of a data page that no State issues, as it might look in one light."""
    paper, wave, ink, frame = _LOOK.get(light, _LOOK["white"])
    waves = "".join(
        f'<path d="M0 {y} Q 150 {y - 30} 300 {y} T 600 {y} T 900 {y}" fill="none" stroke="{wave}" stroke-width="2"/>'
        for y in range(20, 560, 18)
    )
    rows = [("UTOPIA", 340, 70, 34), ("Surname", 340, 150, 15), ("ERIKSSON", 340, 178, 26),
            ("Given names", 340, 220, 15),
            ("ANNA MARIA", 340, 248, 26), ("Nationality", 340, 290, 15), ("UTOPIAN", 340, 318, 26),
            ("P&lt;UTOERIKSSON&lt;&lt;ANNA&lt;MARIA&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;", 40, 500, 28),
            ("L898902C36UTO7408122F1204159&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;", 40, 545, 28)]  # fmt: skip
    text = "".join(
        f'<text x="{x}" y="{y}" font-family="monospace" font-size="{size}" fill="{ink}">{words}</text>'
        for words, x, y, size in rows
    )
    face = (
        f'<rect x="50" y="130" width="230" height="290" fill="{frame}"/>'
        f'<circle cx="165" cy="245" r="62" fill="{wave}"/>'
        f'<path d="M75 420a90 90 0 0 1 180 0z" fill="{wave}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600" viewBox="0 0 900 600">'
        f'<rect width="900" height="600" fill="{paper}"/>{waves}{face}{text}</svg>'
    )
