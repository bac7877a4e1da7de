"""`--trace`: how long each stage of an examination took, the loading of models apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.cli.examine import Examined

_WIDTH = 22
_NESTED = "checks:"


def trace_lines(examined: Examined) -> tuple[str, ...]:
    """Return one line for each stage, in milliseconds of the clock and of the processor, then the sum."""
    if examined.found is None:
        return ()
    rows: list[tuple[str, float, float | None]] = [("decode", examined.timing.decode, None)]
    rows += [(stage.name, stage.wall, stage.cpu) for stage in examined.found.stages]
    whole = [row for row in rows if not row[0].startswith(_NESTED)]
    lines = [f"{'stage':<{_WIDTH}}{'ms':>9}{'CPU ms':>9}"]
    lines += [_line(f"  {name}" if name.startswith(_NESTED) else name, wall, cpu) for name, wall, cpu in rows]
    lines.append(_line("sum", sum(wall for _, wall, _ in whole), sum(cpu or 0.0 for _, _, cpu in whole)))
    loaded = [(name, took) for name, took in examined.found.loads if took >= 1]
    if loaded:
        lines.append("loaded before, once: " + ", ".join(f"{name} {took:.0f} ms" for name, took in loaded))
    return tuple(lines)


def _line(name: str, wall: float, cpu: float | None) -> str:
    return f"{name:<{_WIDTH}}{wall:>9.1f}" + (f"{cpu:>9.1f}" if cpu is not None else "")
