"""Train the reader on shards of lines, on one process or several that share the work, or on a GPU.

usage: python -m training.train --lines FOLDER --out FOLDER [--start READER_fp32.onnx] [--steps N] [--minutes M]
       [--processes 2] [--threads 1] [--columns 8192] [--workers 0] [--rate 0.0005] [--seed 1]
A state is written every few minutes; the same command goes on from it. The learning rate falls to nothing at the end
of the steps, or of the minutes. `--start`: from a reader that was exported before, else from nothing.
With a GPU: one process, `--columns 65536 --workers 4`.
"""

import argparse
import copy
import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor, nn

from training.feeding import Batch, feed
from training.network import FRAME, Reader, load_onnx

SAVE_SECONDS, SAY_STEPS = 180, 20
WARM_UP_STEPS = 200
# The weights that are kept are an average over the last steps.
AVERAGE = 0.998


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; `columns` of a batch (8192: some 40 cells' lines), `workers` that make batches."""

    lines: Path
    out: Path
    start: Path | None
    steps: int
    minutes: float
    processes: int
    threads: int
    columns: int
    workers: int
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


def loss_of(reader: nn.Module, batch: Batch) -> Tensor:
    """CTC's loss a character."""
    device = next(reader.parameters()).device
    pictures = batch.pictures.to(device, non_blocking=True).float() / 255
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        logits = reader(pictures.to(memory_format=torch.channels_last))
    logs = logits.float().log_softmax(-1).transpose(0, 1)
    frames = torch.full((len(pictures),), pictures.shape[3] // FRAME)
    classes = batch.classes.to(device, non_blocking=True)
    loss = nn.functional.ctc_loss(logs, classes, frames, batch.lengths, reduction="none", zero_infinity=True)
    return loss.sum() / max(1, int(batch.lengths.sum()))


def train(rank: int, options: Options) -> None:
    """One process's share of the work; the first also says and saves how far it is."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    _meet(rank, options.processes)
    supply = feed(options.lines, options.columns, (options.seed, rank), options.workers)
    state = _begin(options, supply)
    began, saved, seen = time.monotonic() - state.seconds, time.monotonic(), 0
    losses: deque[Tensor] = deque(maxlen=SAY_STEPS)
    while (share := _share(state, options, time.monotonic() - began)) < 1:
        batch = next(supply)
        losses.append(_step(state, batch, share, options))
        seen += len(batch.lengths) * options.processes
        state.seconds = time.monotonic() - began
        if rank == 0 and state.step % SAY_STEPS == 0:
            loss = torch.stack(tuple(losses)).mean()
            print(f"{state.step} {share:.3f} loss {loss:.4f} {seen} lines", flush=True)
        if rank == 0 and time.monotonic() - saved > SAVE_SECONDS:
            save(state, options.out)
            saved = time.monotonic()
    if rank == 0:
        save(state, options.out)


def _meet(rank: int, processes: int) -> None:
    if processes == 1:
        return
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    dist.init_process_group("gloo", rank=rank, world_size=processes)


def _begin(options: Options, supply: Iterator[Batch]) -> State:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader = Reader()
    if options.start:
        usual = [next(supply).pictures[:8, :, :, :64] for _ in range(40)]
        load_onnx(reader, options.start, torch.cat(usual).float() / 255)
    reader.to(device, memory_format=torch.channels_last)
    state = State(reader, copy.deepcopy(reader), torch.optim.AdamW(reader.parameters(), lr=0, weight_decay=0.01))
    if (path := options.out / "state.pt").exists():
        kept = torch.load(path, map_location=device)
        reader.load_state_dict(kept["reader"])
        state.average.load_state_dict(kept["average"])
        state.optimiser.load_state_dict(kept["optimiser"])
        state.step, state.seconds = kept["step"], kept["seconds"]
    if options.processes > 1:
        # All begin with the first one's weights.
        for value in reader.state_dict().values():
            dist.broadcast(value, 0)
    return state


def _share(state: State, options: Options, seconds: float) -> float:
    """How far the run is, the same in all processes."""
    share = seconds / (60 * options.minutes) if options.minutes else state.step / options.steps
    if options.processes == 1:
        return share
    value = torch.tensor([share])
    dist.broadcast(value, 0)
    return float(value)


def _step(state: State, batch: Batch, share: float, options: Options) -> Tensor:
    state.reader.train()
    # Full rate for the first two fifths, then down to nothing.
    rate = options.rate * min(1.0, (state.step + 1) / WARM_UP_STEPS, max(0.0, 1 - share) / 0.6)
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    loss = loss_of(state.reader, batch)
    state.optimiser.zero_grad()
    loss.backward()
    if options.processes > 1:
        _share_gradients(state.reader, options.processes)
    nn.utils.clip_grad_norm_(state.reader.parameters(), 1.0)
    state.optimiser.step()
    state.step += 1
    _average(state)
    return loss.detach()


def _share_gradients(reader: Reader, count: int) -> None:
    """Each process goes by the mean of all gradients, sent in one piece."""
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
    parser.add_argument("--columns", type=int, default=8192)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    options = Options(**vars(parser.parse_args()))
    if options.processes == 1:
        train(0, options)
        return
    torch.multiprocessing.spawn(train, args=(options,), nprocs=options.processes)


if __name__ == "__main__":
    main()
