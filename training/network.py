"""The reader's network: pictures of lines 40 high → logits of a class every fourth column."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.alphabet import CLASSES

FRAME = 4
Shape = tuple[int, int]


class Convolution(nn.Module):
    """Convolution, batch normalisation and, but before an addition, ReLU."""

    def __init__(
        self, inner: int, outer: int, kernel: Shape, stride: Shape, pad: Shape, *, is_bent: bool = True
    ) -> None:
        super().__init__()
        self.weights = nn.Conv2d(inner, outer, kernel, stride, pad, bias=False)
        self.norm = nn.BatchNorm2d(outer)
        self.is_bent = is_bent

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.norm(self.weights(x))
        return torch.relu(y) if self.is_bent else y

    def folded(self) -> tuple[Tensor, Tensor]:
        """Weights and bias that do the same without normalisation."""
        scale = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        return self.weights.weight * scale[:, None, None, None], self.norm.bias - self.norm.running_mean * scale

    @torch.no_grad()
    def unfold(self, weights: Tensor, bias: Tensor, x: Tensor) -> None:
        """Take weights and bias without normalisation, and normalise so that nothing changes on pictures like `x`."""
        self.weights.weight.copy_(weights)
        y = self.weights(x)
        mean, variance = y.mean((0, 2, 3)), y.var((0, 2, 3))
        self.norm.running_mean.copy_(mean)
        self.norm.running_var.copy_(variance)
        self.norm.weight.copy_(torch.sqrt(variance + self.norm.eps))
        self.norm.bias.copy_(mean + bias)


class Residual(nn.Module):
    """Two convolutions whose result is added to what went in."""

    def __init__(self, width: int, kernel: Shape, pad: Shape) -> None:
        super().__init__()
        self.first = Convolution(width, width, kernel, (1, 1), pad)
        self.second = Convolution(width, width, kernel, (1, 1), pad, is_bent=False)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.second(self.first(x)))


class Reader(nn.Module):
    """(lines, 1, 40, W) ink bright → (lines, W/4, classes) logits; class 0 is CTC's blank."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            Convolution(1, 24, (5, 5), (2, 2), (2, 2)),
            Convolution(24, 64, (3, 3), (2, 2), (1, 1)),
            Residual(64, (3, 3), (1, 1)),
            Convolution(64, 96, (3, 3), (2, 1), (1, 1)),
            Residual(96, (3, 3), (1, 1)),
            Convolution(96, 224, (5, 1), (1, 1), (0, 0)),
            *(Residual(224, (1, 5), (0, 2)) for _ in range(3)),
        )
        self.head = nn.Linear(224, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.head(self.body(x).squeeze(2).transpose(1, 2))
        return logits

    def convolutions(self) -> list[Convolution]:
        return [part for part in self.modules() if isinstance(part, Convolution)]


def load_onnx(reader: Reader, path: Path, pictures: Tensor) -> None:
    """Start from an exported fp32 reader of the same shape; `pictures` are usual ones, to normalise on."""
    import onnx

    graph = onnx.load(str(path)).graph
    arrays = {entry.name: torch.tensor(np.array(onnx.numpy_helper.to_array(entry))) for entry in graph.initializer}
    pairs = [(arrays[n.input[1]], arrays[n.input[2]]) for n in graph.node if n.op_type == "Conv"]
    # Each sees what the ones before it, already set, make of the pictures.
    waiting = iter(pairs)
    hooks = [
        part.register_forward_pre_hook(lambda module, x: module.unfold(*next(waiting), x[0]))
        for part in reader.convolutions()
    ]
    reader.eval()
    with torch.no_grad():
        reader.body(pictures)
        product = next(node for node in graph.node if node.op_type == "MatMul")
        # Characters that came into the alphabet since begin as unlikely ones.
        known = len(arrays[product.input[1]].T)
        reader.head.weight[known:] = 0
        reader.head.bias[known:] = -6
        reader.head.weight[:known].copy_(arrays[product.input[1]].T)
        addition = [node for node in graph.node if node.op_type == "Add"][-1]
        reader.head.bias[:known].copy_(arrays[next(name for name in addition.input if name in arrays)])
    _remove(hooks)


def _remove(hooks: Iterable["torch.utils.hooks.RemovableHandle"]) -> None:
    for hook in hooks:
        hook.remove()
