"""Trains the recogniser: python train.py RUN_DIR [--steps N] [--minutes M] [--workers W] [--seed S].

Seeds are fixed: worker w of seed s renders the stream s * 1000 + w, and the examples of one worker come in order; with
one worker a run repeats itself on the same machine and versions. `--minutes` shortens the schedule to the time given,
by the pace of the first steps. The checkpoint RUN_DIR/last.pt is written every 500 steps.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing as mp
import time
from pathlib import Path

import numpy as np
import torch
from net import Recogniser
from text import ALPHABET
from torch import nn

BATCH = 32
PEAK = 2.5e-3
STYLE_WEIGHT = 0.5


def _render(queue: mp.Queue, seed: int) -> None:
    import cv2
    from render import Renderer

    cv2.setNumThreads(1)
    renderer = Renderer(seed)
    while True:
        samples = [renderer.sample() for _ in range(BATCH)]
        labels = [[ALPHABET.index(c) + 1 for c in text] for _, text, _ in samples]
        queue.put((np.stack([crop for crop, _, _ in samples])[:, None], labels, [float(o) for _, _, o in samples]))


def greedy(scores: torch.Tensor) -> list[str]:
    """The best class of every frame, repeats and blanks dropped."""
    texts = []
    for row in scores.argmax(2).tolist():
        kept = [k for k, before in zip(row, [0, *row], strict=False) if k and k != before]
        texts.append("".join(ALPHABET[k - 1] for k in kept))
    return texts


def rate(done: float) -> float:
    """One cycle: up over the first tenth, then down along a cosine."""
    return max(done / 0.05, 0.02) if done < 0.05 else max(0.5 + 0.5 * math.cos(math.pi * (done - 0.05) / 0.95), 0.002)


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    queue: mp.Queue = mp.Queue(16)
    for worker in range(args.workers):
        mp.Process(target=_render, args=(queue, args.seed * 1000 + worker), daemon=True).start()
    net = Recogniser().to(memory_format=torch.channels_last)
    if args.resume:
        net.load_state_dict(torch.load(args.resume))
    print("parameters", sum(p.numel() for p in net.parameters()), flush=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK, weight_decay=1e-3)
    ctc, style = nn.CTCLoss(zero_infinity=True, reduction="none"), nn.BCEWithLogitsLoss()
    start, step, recent = time.time(), 0, []
    while True:
        done = step / args.steps if not args.minutes else (time.time() - start) / 60 / args.minutes
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = args.peak * rate(done)
        crops, labels, ocrb = queue.get()
        images = torch.from_numpy(crops).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
            scores, look = net(images)
        logp = scores.float().log_softmax(2).transpose(0, 1)
        lengths = torch.tensor([len(t) for t in labels])
        each = ctc(
            logp,
            torch.tensor([label for line in labels for label in line]),
            torch.full((len(labels),), logp.shape[0]),
            lengths,
        )
        loss = (each / lengths.clamp(min=30)).mean()  # by character; an empty crop counts as a short line
        loss = loss + STYLE_WEIGHT * style(look.float(), torch.tensor(ocrb))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        recent.append(loss.item())
        step += 1
        if step % 250 == 0:
            truth = ["".join(ALPHABET[k - 1] for k in t) for t in labels]
            exact = sum(a == b for a, b in zip(greedy(scores.detach().float()), truth, strict=True))
            kind = ((look > 0) == (torch.tensor(ocrb) > 0.5)).float().mean().item()
            pace = (time.time() - start) / step * 1000
            print(
                f"{step} loss {np.mean(recent[-250:]):.4f} exact {exact}/{len(truth)} style {kind:.2f} {pace:.0f} ms",
                flush=True,
            )
            torch.save(net.state_dict(), Path(args.run) / "last.pt")
    torch.save(net.state_dict(), Path(args.run) / "last.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run")
    parser.add_argument("--steps", type=int, default=30_000)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peak", type=float, default=PEAK)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--resume")
    arguments = parser.parse_args()
    Path(arguments.run).mkdir(parents=True, exist_ok=True)
    train(arguments)
