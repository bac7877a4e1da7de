"""`limen reference` and `limen signature`, as an examiner uses them, on captures in files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest
from click.testing import CliRunner, Result

from limen.cli import main
from limen.reference import trial
from limen.specimen import apply_fraud, capture_lights, make

MODEL = "UTO P TD3 2020"
LEARNED, FRESH, PRESS = (51, 52, 53), (61, 62), (71, 72)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of captures under three lights: learned/, fresh/ and press/."""
    place = tmp_path_factory.mktemp("captures")
    for name, seeds in (("learned", LEARNED), ("fresh", FRESH), ("press", PRESS)):
        (place / name).mkdir()
        for seed in seeds:
            specimen = make("TD3", seed, "UTO", ppi=330)
            specimen = apply_fraud(specimen, "bright-paper", seed) if name == "press" else specimen
            for light, taken in capture_lights(specimen, seed, ppi=330).items():
                image = cv2.cvtColor(taken.image, cv2.COLOR_RGB2BGR)
                cv2.imwrite(str(place / name / f"{seed}.{light.value}.png"), image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return place


Limen = Callable[..., Result]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store for all: learning takes seconds."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def limen(store: Path, monkeypatch: pytest.MonkeyPatch) -> Limen:
    """The command; two captures are enough to measure with."""
    monkeypatch.setattr(trial, "LEAST_CAPTURES", 2)

    def run(*arguments: object, code: int = 0, at: Path = store) -> Result:
        done = CliRunner().invoke(main, list(map(str, arguments)), env={"LIMEN_REFERENCES": str(at)})
        assert done.exit_code == code, done.output
        assert "Traceback" not in done.output
        return done

    return run


@pytest.fixture
def learned(limen: Limen, store: Path, shown: Path) -> None:
    """A reference in the store, on trial."""
    if not (store / "UTO_P_TD3_2020.limenref").exists():
        limen("reference", "learn", MODEL, shown / "learned", "--by", "post 7")
    limen("reference", "demote", MODEL)


@pytest.mark.usefixtures("learned")
def test_a_reference_is_measured_before_it_counts(limen: Limen, shown: Path) -> None:
    """On captures that it was not learned from; each step can be read, as text and as JSON."""
    (row,) = json.loads(limen("reference", "list", "--json").stdout)["references"]
    assert (row["name"], row["standing"]["status"], row["captures"]) == (MODEL, "evaluatory", 3)
    again = limen("reference", "promote", MODEL, shown / "learned", code=2)
    assert "3 of the captures were used to make UTO P TD3 2020" in again.stderr
    told = json.loads(limen("reference", "promote", MODEL, shown / "fresh", "--by", "chief", "--json").stdout)
    assert [one["rejected"] for one in told["captures"]] == [False, False]
    assert told["standing"]["status"] == "promoted"
    text = limen("reference", "show", MODEL).stdout
    assert "promoted (0 of 2 rejected, 0.0% (0.0% to 84.2%))" in text
    assert "promoted by chief on" in text
    assert "(UV, LU, IS) fluorescent print" in text
    assert "learned    " in text
    assert "portrait" in text


@pytest.mark.usefixtures("learned")
def test_one_that_rejects_is_not_promoted_and_says_why(limen: Limen, shown: Path) -> None:
    """Captures of another print: each is named with what deviates, and the exit code says so."""
    done = limen("reference", "promote", MODEL, shown / "press", code=1)
    assert done.stdout.count("rejected: ") == 2
    assert "71" in done.stdout
    assert "It is not promoted" in done.stdout
    assert "evaluatory (2 of 2 rejected" in limen("reference", "list").stdout


@pytest.mark.usefixtures("learned")
def test_too_few_captures_measure_nothing(limen: Limen, shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least number is asked for."""
    monkeypatch.setattr(trial, "LEAST_CAPTURES", 20)
    done = limen("reference", "promote", MODEL, shown / "fresh", code=2)
    assert "Only 2 captures could be judged: measure on at least 20" in done.stderr


@pytest.mark.usefixtures("learned")
def test_a_reference_is_drawn(limen: Limen, tmp_path: Path) -> None:
    """A picture that an examiner can look at."""
    limen("reference", "show", MODEL, "--out", tmp_path / "utopia.png")
    image = cv2.imread(str(tmp_path / "utopia.png"))
    assert image.shape[1] > 1400
    assert image.std() > 20


@pytest.mark.usefixtures("learned")
def test_it_is_handed_on_with_its_origin(limen: Limen, shown: Path, tmp_path: Path) -> None:
    """Signed; on trial where it arrives, unless the origin's key is trusted there; passed on as it came."""
    key = limen("reference", "key", tmp_path / "key.pem").stdout.strip()
    limen("reference", "promote", MODEL, shown / "fresh")
    signed, other = tmp_path / "signed.limenref", tmp_path / "other"
    limen("reference", "export", MODEL, signed, "--key", tmp_path / "key.pem", "--name", "Utopia")
    limen("reference", "import", signed, at=other)
    assert "evaluatory; 3 captures, " in (line := limen("reference", "list", at=other).stdout)
    assert f"from Utopia ({key[:8]})" in line
    assert "claim      promoted (0 of 2" in limen("reference", "show", MODEL, at=other).stdout
    assert "is kept already" in limen("reference", "import", signed, at=other, code=2).stderr
    limen("reference", "import", signed, "--trust-origin", key, "--replace", at=other)
    assert "promoted (0 of 2" in limen("reference", "list", at=other).stdout
    limen("reference", "export", MODEL, tmp_path / "on.limenref", at=other)
    assert (tmp_path / "on.limenref").read_bytes() == signed.read_bytes()
    unsigned = tmp_path / "unsigned.limenref"
    assert "not signed" in limen("reference", "export", MODEL, unsigned).stdout
    assert "Nobody signed" in limen("reference", "import", unsigned, at=tmp_path / "third", code=2).stderr
    signed.write_bytes(signed.read_bytes()[:-100])
    assert "damaged" in limen("reference", "import", signed, at=tmp_path / "third", code=2).stderr
    limen("reference", "remove", MODEL, at=other)
    assert "0 references" in limen("reference", "list", at=other).stdout


def test_what_is_called_wrongly_is_one_sentence(limen: Limen, shown: Path, tmp_path: Path) -> None:
    """No model, no such model, nothing to learn from."""
    assert 'say "UTO P TD3 2020"' in limen("reference", "show", "Utopia", code=2).stderr
    assert "No reference of QVA P TD3" in limen("reference", "show", "QVA P TD3", code=2).stderr
    (tmp_path / "text.png").write_text("no image")
    done = limen("reference", "learn", "QVA P TD3", tmp_path / "text.png", code=2)
    assert "left out: " in done.stderr
    assert "at least 3 documents, here are 0" in done.stderr
    done = limen("reference", "learn", "QVA P TD3", shown / "learned", code=2)
    assert "is of UTO P TD3 by its zone" in done.stderr


@pytest.fixture
def press(limen: Limen, store: Path, shown: Path) -> None:
    """A signature in the store, on trial."""
    if not (store / "signatures" / "press_12.limensig").exists():
        mark = "paper:30,4,40,6:uv:glow"
        limen(
            "signature", "make", "press 12", "--model", "UTO P TD3", "--region", mark, shown / "press",
            "--genuine", shown / "learned", "--advice", "Refer to the document desk.", "--source", "case 4",
        )  # fmt: skip
    limen("signature", "demote", "press 12")


@pytest.mark.usefixtures("press")
def test_a_signature_is_measured_before_it_counts(limen: Limen, shown: Path) -> None:
    """It hits its press, none of the genuine, and may not be measured on what it was made with."""
    assert "TLP:AMBER" in (text := limen("signature", "show", "press 12").stdout)
    assert "press      2 of 2 captures hit" in text
    assert "genuine    0 of 3 captures hit" in text
    assert limen("signature", "test", "press 12", shown / "press", code=1).stdout.count("hit: ") == 2
    assert limen("signature", "test", "press 12", shown / "fresh").stdout.count("none: ") == 2
    assert "were used to make" in limen("signature", "promote", "press 12", shown / "learned", code=2).stderr
    limen("signature", "promote", "press 12", shown / "fresh")
    (row,) = json.loads(limen("signature", "list", "--json").stdout)["signatures"]
    assert (row["name"], row["standing"]["status"], row["tlp"]) == ("press 12", "promoted", "amber")


@pytest.mark.usefixtures("press")
def test_a_signature_is_handed_on_with_its_origin(limen: Limen, tmp_path: Path) -> None:
    """Signed, on trial where it arrives, and forgotten when asked."""
    limen("reference", "key", tmp_path / "key.pem")
    file, other = tmp_path / "press.limensig", tmp_path / "other"
    limen("signature", "export", "press 12", file, "--key", tmp_path / "key.pem", "--name", "Utopia")
    assert "signed by  Utopia" in limen("signature", "import", file, at=other).stdout
    assert (
        "press 12: UTO P TD3 front, 1 of 1 marks; evaluatory, from Utopia"
        in limen("signature", "list", at=other).stdout
    )
    limen("signature", "remove", "press 12", at=other)
    assert "0 signatures" in limen("signature", "list", at=other).stdout
    file.write_bytes(file.read_bytes().replace(b"case 4", b"case 5"))
    assert "seal does not hold" in limen("signature", "import", file, at=other, code=2).stderr


@pytest.mark.parametrize("mark", ["paper", "paper:1,2,3:uv:glow", "paper:1,2,3,4:x:glow", "paper:1,2,3,4:uv:magic"])
def test_a_mark_that_is_none_is_one_sentence(limen: Limen, shown: Path, mark: str) -> None:
    """It says how to write one."""
    done = limen("signature", "make", "p", "--model", "TD3", "--region", mark, shown / "press", code=2)
    assert "is no mark: " in done.stderr
