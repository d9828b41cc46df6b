"""Writes a network 30-64-32-64-30 and its squared error as ONNX: what ONNX Runtime has to do, and nothing else.

    make_network.py network.onnx
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZES = [30, 64, 32, 64, 30]

random = np.random.default_rng(0)
nodes, constants, value = [], [], "x"
for layer, (inputs, outputs) in enumerate(zip(SIZES, SIZES[1:])):
    for name, shape in ((f"w{layer}", (inputs, outputs)), (f"b{layer}", (outputs,))):
        values = random.normal(0, inputs**-0.5, shape).astype(np.float32)
        constants.append(numpy_helper.from_array(values, name))
    nodes.append(helper.make_node("Gemm", [value, f"w{layer}", f"b{layer}"], [f"y{layer}"]))
    value = f"y{layer}"
    if layer < len(SIZES) - 2:
        nodes.append(helper.make_node("Relu", [value], [f"r{layer}"]))
        value = f"r{layer}"
constants.append(numpy_helper.from_array(np.array([1]), "columns"))
nodes += [
    helper.make_node("Sub", ["x", value], ["difference"]),
    helper.make_node("Mul", ["difference", "difference"], ["square"]),
    helper.make_node("ReduceMean", ["square", "columns"], ["error"], keepdims=0),
]
graph = helper.make_graph(
    nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", SIZES[0]])],
    [helper.make_tensor_value_info("error", TensorProto.FLOAT, ["rows"])], constants,
)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), sys.argv[1])
