"""Train the reader on shards of lines, on one process or several that share the work.

usage: python -m training.train --lines FOLDER --out FOLDER [--start READER_fp32.onnx] [--steps N] [--minutes M]
       [--processes 2] [--threads 1] [--rate 0.0005] [--seed 1]
A state is written every few minutes; the same command goes on from it. The learning rate falls to nothing at the end
of the steps, or of the minutes. `--start`: from a reader that was exported before, else from nothing.
"""

import argparse
import copy
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn

from training.alphabet import encode
from training.lines import Line, read_shard
from training.network import FRAME, Reader, load_onnx

# Columns of a batch and process: some 40 cells' lines.
BATCH_COLUMNS = 8192
SAVE_SECONDS, SAY_STEPS = 180, 20
WARM_UP_STEPS = 60
# The weights that are kept are an average over the last steps.
AVERAGE = 0.998


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    lines: Path
    out: Path
    start: Path | None
    steps: int
    minutes: float
    processes: int
    threads: int
    rate: float
    seed: int


@dataclass
class State:
    """What a run goes on from: both sets of weights, the optimiser, how far it is (0 to 1)."""

    reader: Reader
    average: Reader
    optimiser: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0


def batches(folder: Path, noise: np.random.Generator) -> Iterator[tuple[Tensor, list[str]]]:
    """Endless batches of lines of like width, in another order each time round, each line a little otherwise."""
    while True:
        # Looked up each time round: shards may still be coming.
        for path in noise.permutation(np.array([str(shard) for shard in sorted(folder.glob("*.npy"))])):
            lines = read_shard(Path(path))
            groups = _by_width(lines, noise)
            for group in noise.permutation(len(groups)):
                yield _batch([lines[index] for index in groups[group]], noise)


def _by_width(lines: list[Line], noise: np.random.Generator) -> list[list[int]]:
    widths = np.array([line.image.shape[1] for line in lines]) + noise.uniform(0, 24, len(lines))
    groups: list[list[int]] = [[]]
    for index in np.argsort(widths):
        if (len(groups[-1]) + 1) * widths[index] > BATCH_COLUMNS and groups[-1]:
            groups.append([])
        groups[-1].append(int(index))
    return groups


def _batch(lines: list[Line], noise: np.random.Generator) -> tuple[Tensor, list[str]]:
    images = [_varied(np.asarray(line.image), noise) for line in lines]
    width = -(-max(image.shape[1] for image in images) // 16) * 16
    # Beyond a line's end lies paper, which the reader's input has at 20 of 255.
    batch = np.full((len(images), 1, 40, width), 20, np.uint8)
    for row, image in zip(batch, images, strict=True):
        row[0, :, : image.shape[1]] = image
    return torch.from_numpy(batch).float() / 255, [line.text for line in lines]


def _varied(image: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", noise: np.random.Generator) -> np.ndarray:
    """The line a little wider or narrower, paler or darker, higher or lower: no two times the same."""
    import cv2

    dice = noise.random(3)
    if dice[0] < 0.5:
        image = cv2.resize(image, (max(16, round(image.shape[1] * noise.uniform(0.9, 1.1))), 40))
    if dice[1] < 0.3:
        image = np.roll(image, int(noise.choice((-1, 1))), axis=0)
    if dice[2] < 0.4:
        image = np.clip((image.astype(np.float32) - 20) * noise.uniform(0.8, 1.1) + 20, 0, 255).astype(np.uint8)
    return image


def loss_of(reader: nn.Module, pictures: Tensor, texts: list[str]) -> Tensor:
    """CTC's loss a character."""
    logs = reader(pictures).log_softmax(-1).transpose(0, 1)
    targets = [encode(text) for text in texts]
    frames = torch.full((len(texts),), pictures.shape[3] // FRAME)
    lengths = torch.tensor([len(target) for target in targets])
    flat = torch.tensor([index for target in targets for index in target], dtype=torch.long)
    loss = nn.functional.ctc_loss(logs, flat, frames, lengths, reduction="none", zero_infinity=True)
    return loss.sum() / max(1, int(lengths.sum()))


def train(rank: int, options: Options) -> None:
    """One process's share of the work; the first also says and saves how far it is."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    _meet(rank, options.processes)
    noise = np.random.default_rng([options.seed, rank])
    supply = batches(options.lines, noise)
    state = _begin(options, supply)
    began, saved, seen, losses = time.monotonic() - state.seconds, time.monotonic(), 0, []
    while (share := _share(state, options, time.monotonic() - began)) < 1:
        pictures, texts = next(supply)
        losses.append(_step(state, pictures, texts, share, options))
        seen += len(texts) * options.processes
        state.seconds = time.monotonic() - began
        if rank == 0 and state.step % SAY_STEPS == 0:
            print(f"{state.step} {share:.3f} loss {np.mean(losses[-SAY_STEPS:]):.4f} {seen} lines", flush=True)
        if rank == 0 and time.monotonic() - saved > SAVE_SECONDS:
            save(state, options.out)
            saved = time.monotonic()
    if rank == 0:
        save(state, options.out)


def _meet(rank: int, processes: int) -> None:
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    dist.init_process_group("gloo", rank=rank, world_size=processes)


def _begin(options: Options, supply: Iterator[tuple[Tensor, list[str]]]) -> State:
    reader = Reader()
    if options.start:
        load_onnx(reader, options.start, torch.cat([next(supply)[0][:8, :, :, :64] for _ in range(40)]))
    state = State(reader, copy.deepcopy(reader), torch.optim.AdamW(reader.parameters(), lr=0, weight_decay=0.01))
    if (path := options.out / "state.pt").exists():
        kept = torch.load(path)
        reader.load_state_dict(kept["reader"])
        state.average.load_state_dict(kept["average"])
        state.optimiser.load_state_dict(kept["optimiser"])
        state.step, state.seconds = kept["step"], kept["seconds"]
    # All processes begin with the first one's weights.
    for value in reader.state_dict().values():
        dist.broadcast(value, 0)
    return state


def _share(state: State, options: Options, seconds: float) -> float:
    """How far the run is, the same in all processes."""
    share = seconds / (60 * options.minutes) if options.minutes else state.step / options.steps
    value = torch.tensor([share])
    dist.broadcast(value, 0)
    return float(value)


def _step(state: State, pictures: Tensor, texts: list[str], share: float, options: Options) -> float:
    state.reader.train()
    # Full rate for the first two fifths, then down to nothing.
    rate = options.rate * min(1.0, (state.step + 1) / WARM_UP_STEPS, max(0.0, 1 - share) / 0.6)
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    loss = loss_of(state.reader, pictures, texts)
    state.optimiser.zero_grad()
    loss.backward()
    _share_gradients(state.reader)
    nn.utils.clip_grad_norm_(state.reader.parameters(), 1.0)
    state.optimiser.step()
    state.step += 1
    _average(state)
    return float(loss.detach())


def _share_gradients(reader: Reader) -> None:
    """Each process goes by the mean of all gradients, sent in one piece."""
    count = dist.get_world_size()
    if count == 1:
        return
    gradients = [weight.grad for weight in reader.parameters() if weight.grad is not None]
    flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
    dist.all_reduce(flat)
    flat /= count
    start = 0
    for gradient in gradients:
        gradient.copy_(flat[start : start + gradient.numel()].view_as(gradient))
        start += gradient.numel()


@torch.no_grad()
def _average(state: State) -> None:
    keep = min(AVERAGE, (1 + state.step) / (10 + state.step))
    for mean, value in zip(state.average.state_dict().values(), state.reader.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(value, 1 - keep)


def save(state: State, folder: Path) -> None:
    """Write the state in one move."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / "state.part"
    torch.save(
        {
            "reader": state.reader.state_dict(),
            "average": state.average.state_dict(),
            "optimiser": state.optimiser.state_dict(),
            "step": state.step,
            "seconds": state.seconds,
        },
        draft,
    )
    draft.replace(folder / "state.pt")


def main() -> None:
    """Start the processes."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    options = Options(**vars(parser.parse_args()))
    torch.multiprocessing.spawn(train, args=(options,), nprocs=options.processes)


if __name__ == "__main__":
    main()
