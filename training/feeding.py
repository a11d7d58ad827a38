"""Batches of lines for the trainer, made in processes beside it where there are processors to spare."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from extractors.arrays import Grey
from training.alphabet import encode
from training.lines import Line, read_shard

Noise = np.random.Generator
# Beyond a line's end lies paper, which the reader's input has at 20 of 255.
PAPER = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures (lines, 1, 40, W; uint8), the lines' classes one after the other, and how many each line has."""

    pictures: Tensor
    classes: Tensor
    lengths: Tensor


def feed(folder: Path, columns: int, seed: tuple[int, ...], workers: int) -> Iterator[Batch]:
    """Endless batches of at most so many columns; `workers` processes make them, with 0 this one does."""
    loader: DataLoader[Batch] = DataLoader(
        _Batches(folder, columns, seed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=8 if workers else None,
    )
    return iter(loader)


class _Batches(IterableDataset[Batch]):
    def __init__(self, folder: Path, columns: int, seed: tuple[int, ...]) -> None:
        self._folder, self._columns, self._seed = folder, columns, seed

    def __iter__(self) -> Iterator[Batch]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        noise = np.random.default_rng([*self._seed, worker.id if worker else 0])
        while True:
            # Looked up each time round: shards may still be coming.
            shards = sorted(self._folder.glob("*.npy"))
            if not shards:
                time.sleep(1)
            for index in noise.permutation(len(shards)):
                yield from _batches_of(read_shard(shards[index]), self._columns, noise)


def _batches_of(lines: list[Line], columns: int, noise: Noise) -> Iterator[Batch]:
    groups = _by_width(lines, columns, noise)
    for group in noise.permutation(len(groups)):
        yield _batch([lines[index] for index in groups[group]], noise)


def _by_width(lines: list[Line], columns: int, noise: Noise) -> list[list[int]]:
    widths = np.array([line.image.shape[1] for line in lines]) + noise.uniform(0, 24, len(lines))
    groups: list[list[int]] = [[]]
    for index in np.argsort(widths):
        if (len(groups[-1]) + 1) * widths[index] > columns and groups[-1]:
            groups.append([])
        groups[-1].append(int(index))
    return groups


def _batch(lines: list[Line], noise: Noise) -> Batch:
    images = [_varied(np.asarray(line.image), noise) for line in lines]
    width = -(-max(image.shape[1] for image in images) // 16) * 16
    pictures = np.full((len(images), 1, 40, width), PAPER, np.uint8)
    for picture, image in zip(pictures, images, strict=True):
        picture[0, :, : image.shape[1]] = image
    classes = [encode(line.text) for line in lines]
    flat = torch.tensor([index for line in classes for index in line], dtype=torch.long)
    return Batch(torch.from_numpy(pictures), flat, torch.tensor([len(line) for line in classes]))


def _varied(image: Grey, noise: Noise) -> Grey:
    """The line a little wider or narrower, paler or darker, higher or lower: no two times the same."""
    dice = noise.random(3)
    if dice[0] < 0.5:
        image = cv2.resize(image, (max(16, round(image.shape[1] * noise.uniform(0.9, 1.1))), 40))
    if dice[1] < 0.3:
        image = np.roll(image, int(noise.choice((-1, 1))), axis=0)
    if dice[2] < 0.4:
        paler = (image.astype(np.float32) - PAPER) * noise.uniform(0.8, 1.1) + PAPER
        image = np.clip(paler, 0, 255).astype(np.uint8)
    return image
