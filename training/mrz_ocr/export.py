"""Writes the trained net as ONNX with half-precision weights: python export.py RUN_DIR/last.pt mrz.onnx."""

from __future__ import annotations

import sys

import onnx
import torch
from net import Recogniser

net = Recogniser()
net.load_state_dict(torch.load(sys.argv[1]))
net.eval()
torch.onnx.export(
    net, (torch.zeros(2, 1, 32, 640),), sys.argv[2], input_names=["lines"], output_names=["scores", "style"],
    dynamic_axes={"lines": {0: "n"}, "scores": {0: "n"}, "style": {0: "n"}}, opset_version=17, dynamo=False,
)  # fmt: skip
model = onnx.load(sys.argv[2])
onnx.checker.check_model(model)
del model.metadata_props[:]
model.doc_string = ""
onnx.save(model, sys.argv[2])
print(sys.argv[2], len(model.SerializeToString()), "bytes")
