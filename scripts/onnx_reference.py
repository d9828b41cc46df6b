"""What a model file knows that its ONNX file can be checked by: reference data with their scores, and the columns that rows have."""
import json, random, struct

import numpy as np
import onnx
import onnxruntime

TYPES = {"F32": "<f4", "F64": "<f8"}


class Model:
    """The parts of a model file, which is one of safetensors with a manifest in its header."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.start = 8 + struct.unpack("<Q", self.bytes[:8])[0]
        self.header = json.loads(self.bytes[8:self.start])
        self.manifest = json.loads(self.header["__metadata__"]["manifest"])

    def tensor(self, name):
        entry = self.header[name]
        first, last = (self.start + offset for offset in entry["data_offsets"])
        return np.frombuffer(self.bytes[first:last], TYPES[entry["dtype"]]).reshape(entry["shape"])

    @property
    def data(self):
        """What the model judges, in words."""
        return "images" if self.manifest["detector"] == "images" else "rows"

    @property
    def rule(self):
        """What the decision looks at: falseAlarmRate, score or error."""
        return next(iter(self.manifest["decisionRule"]))


def reference_outputs(model, path):
    """What an ONNX file says of a model's reference data: label, scores and p-values.

    These are prepared rows or images, so that they go in behind the preparation; the file tells where that is.
    """
    file = onnx.load(path)
    places = {entry.key: entry.value for entry in file.metadata_props}
    if model.data == "images":
        shape = model.manifest["shape"]
        pixels = model.tensor("reference.pictures").reshape(-1, shape["height"], shape["width"], shape["channels"])
        inputs = {places["image"]: np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))}
    else:
        features = model.tensor("reference.features")
        # None of their cells is evidence by itself.
        inputs = {places["features"]: features, places["evidence"]: np.zeros((len(features), 1))}
    session = onnxruntime.InferenceSession(behind(file, inputs).SerializeToString(), providers=["CPUExecutionProvider"])
    return [part[:, 0] for part in session.run(None, inputs)]


def behind(file, inputs):
    """The part of a graph that depends on some tensors alone."""
    graph = file.graph
    makers = {name: node for node in graph.node for name in node.output}
    needed, waiting = set(), [output.name for output in graph.output]
    while waiting:
        name = waiting.pop()
        if name in makers and name not in inputs and makers[name].name not in needed:
            needed.add(makers[name].name)
            waiting += makers[name].input
    nodes = [node for node in graph.node if node.name in needed]
    taken = {name for node in nodes for name in node.input}
    constants = [constant for constant in graph.initializer if constant.name in taken]
    del graph.node[:], graph.initializer[:], graph.input[:]
    graph.node.extend(nodes)
    graph.initializer.extend(constants)
    for name, values in inputs.items():
        kind = onnx.helper.np_dtype_to_tensor_dtype(values.dtype)
        graph.input.append(onnx.helper.make_tensor_value_info(name, kind, ["rows", *values.shape[1:]]))
    return file


def made_rows(model, count=400, seed=0):
    """Rows of a model's columns, made of what it learned of each: usual values, limits and beyond, missing and unknown ones."""
    rng = random.Random(seed)
    columns = model.manifest["preparer"]["columns"]
    names = [column["name"] for column in columns]
    rows = []
    while len(rows) < count:
        row = [cell(column["encoder"], rng, rng.random() < 0.1) for column in columns]
        # A line without anything is no row.
        if any(row):
            rows.append(row)
    return names, rows


def cell(encoder, rng, is_odd):
    (kind, inner), = encoder.items()
    inner = inner["_0"]
    fixed = inner["missingValues"] == "error"
    if kind == "categorical":
        levels = inner["levels"] + ([""] if inner["missingIsLevel"] else [])
        return rng.choice(levels + ["never seen"] * (is_odd and not fixed) + [""] * (is_odd and not fixed))
    (content, held), = inner["content"].items()
    if content == "alwaysMissing":
        return "1" if is_odd else ""
    if not is_odd:
        if content == "constant":
            return repr(held["_0"])
        if rng.random() < inner["missingShare"]:
            return ""
        # Between two values that were learned, or one of them.
        values = (inner.get("distribution") or {}).get("values") or [inner["low"], inner["high"]]
        place = rng.randrange(len(values))
        share = rng.choice([0, rng.random()])
        return repr(values[place] * (1 - share) + values[max(place - 1, 0)] * share)
    width = inner["high"] - inner["low"] or 1
    return rng.choice([repr(inner["low"]), repr(inner["high"] + width * rng.random() * 10), repr(inner["low"] - width)]
                      + [""] * (not fixed))
