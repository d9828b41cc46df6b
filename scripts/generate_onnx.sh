#!/usr/bin/env bash
# Remakes Sources/OddityONNX/Generated, the messages of ONNX in Swift, from the specification's onnx-ml.proto as the Python package onnx has it.
# Only needed for another version of that or of swift-protobuf. Needs protoc (apt-get install protobuf-compiler), and a package that was built.
set -euo pipefail
cd "$(dirname "$0")/.."
version=1.23.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --no-compile --disable-pip-version-check "onnx==$version"
cp "$work"/env/lib/python3*/site-packages/onnx/onnx-ml.proto "$work"
cp -r .build/checkouts/swift-protobuf "$work/swift-protobuf"
"${SWIFT:-swift}" build -c release --package-path "$work/swift-protobuf" --product protoc-gen-swift
protoc --proto_path="$work" --plugin="$work/swift-protobuf/.build/release/protoc-gen-swift" \
    --swift_opt=Visibility=Internal --swift_opt=UseAccessLevelOnImports=true \
    --swift_out=Sources/OddityONNX/Generated "$work/onnx-ml.proto"
