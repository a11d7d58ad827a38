"""A trained reader as ONNX, in fp32 and in int8.

usage: python -m training.export --state FOLDER/state.pt --lines FOLDER --out FOLDER
Batch normalisation is folded into the weights. Int8: static, per channel, calibrated on training lines.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from training.lines import read_shard
from training.network import Convolution, Reader, Residual

FP32, INT8 = "reader_fp32.onnx", "reader_int8.onnx"
CALIBRATION_LINES = 320
OPSET, IR_VERSION = 17, 8


class _Graph:
    """Nodes and weights while a graph is being written."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, **attributes: list[int] | int) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def convolution(self, part: Convolution, source: str, name: str) -> str:
        weights, bias = (value.detach().numpy() for value in part.folded())
        inputs = [source, self.weight(f"{name}.weights", weights), self.weight(f"{name}.bias", bias)]
        layer = part.weights
        high, wide = (int(pad) for pad in layer.padding)
        result = self.node("Conv", inputs, name, strides=list(layer.stride), pads=[high, wide, high, wide])
        return self.node("Relu", [result], f"{name}.relu") if part.is_bent else result


def write_onnx(reader: Reader, path: Path) -> None:
    """Write the reader as fp32: input `x` (n, 1, 40, w), output `y` (n, w/4, classes)."""
    graph, value = _Graph(), "x"
    for index, part in enumerate(reader.body):
        name = f"body.{index}"
        if isinstance(part, Residual):
            inner = graph.convolution(part.first, value, f"{name}.first")
            sum_ = graph.node("Add", [value, graph.convolution(part.second, inner, f"{name}.second")], f"{name}.sum")
            value = graph.node("Relu", [sum_], f"{name}.relu")
        else:
            assert isinstance(part, Convolution)
            value = graph.convolution(part, value, name)
    axis = graph.weight("axis", np.array([2], np.int64))
    value = graph.node("Transpose", [graph.node("Squeeze", [value, axis], "flat")], "frames", perm=[0, 2, 1])
    weights, bias = reader.head.weight.detach().numpy().T.copy(), reader.head.bias.detach().numpy()
    value = graph.node("MatMul", [value, graph.weight("head.weights", weights)], "head.product")
    graph.node("Add", [value, graph.weight("head.bias", bias)], "y")
    lines = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, 40, "w"])
    logits = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", "t", len(bias)])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "reader", [lines], [logits], graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


class _Calibration(CalibrationDataReader):
    """Training lines, one a call."""

    def __init__(self, folder: Path) -> None:
        self._inputs = _pictures(folder)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        return next(self._inputs, None)


def _pictures(folder: Path) -> Iterator[dict[str, NDArray[np.float32]]]:
    for line in read_shard(sorted(folder.glob("*.npy"))[0])[:CALIBRATION_LINES]:
        yield {"x": np.asarray(line.image, dtype=np.float32)[None, None] / 255}


def quantise(fp32: Path, int8: Path, lines: Path) -> None:
    """Write the int8 reader."""
    quantize_static(
        str(fp32),
        str(int8),
        _Calibration(lines),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )


def main() -> None:
    """Export the averaged weights of a state."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(torch.load(options.state, map_location="cpu")["average"])
    reader.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    write_onnx(reader, options.out / FP32)
    quantise(options.out / FP32, options.out / INT8, options.lines)


if __name__ == "__main__":
    main()
