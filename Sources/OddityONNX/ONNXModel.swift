public import OddityDetectors
internal import OddityFiles
internal import SwiftProtobuf

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A detector in the format of ONNX (Open Neural Network Exchange), for engines that know nothing of Oddity.
///
///     let detector = try FittedTableDetector(reading: "model.safetensors")
///     try ONNXModel(detector).write(to: "model.onnx")
///
/// Preparation, networks, calibration, p-value and verdict are inside. There is one input for each column, under its name and
/// of shape [rows, 1]: numbers of double precision, NaN where a value is missing; categories as strings, empty where a value is
/// missing. The outputs are `label` (1 for an anomaly, else 0; 64-bit integers), `scores` (single precision) and `p_value`
/// (double precision), each of shape [rows, 1].
///
/// It uses operators of opset 18, and of version 3 of `ai.onnx.ml`. Engines round otherwise than Oddity, so that scores agree to about
/// a ten-thousandth.
///
/// The metadata name the tensors where preparation ends: `features` (rows × features, single precision), and `evidence` (of each row,
/// how many of its cells training could not have produced; double precision).
///
/// Source: the specification of ONNX, https://onnx.ai/onnx/.
public struct ONNXModel: Sendable {
    private let model: Onnx_ModelProto

    /// Writes a detector's arithmetic as a graph.
    ///
    /// - Throws: ``ONNXError`` for what cannot be written.
    public init(_ detector: FittedTableDetector) throws {
        var model = Onnx_ModelProto()
        // The version of the format that belongs to opset 18.
        model.irVersion = 8
        model.opsetImport = [("", 18 as Int64), ("ai.onnx.ml", 3)].map { domain, version in
            var operators = Onnx_OperatorSetIdProto()
            operators.domain = domain
            operators.version = version
            return operators
        }
        let producer = detector.provenance.producer.split(separator: " ", maxSplits: 1)
        model.producerName = producer.first.map(String.init) ?? ""
        model.producerVersion = producer.count > 1 ? String(producer[1]) : ""
        let built = try TableGraph(detector).built()
        model.graph = built.graph
        model.metadataProps = built.landmarks.map { key, name in
            var entry = Onnx_StringStringEntryProto()
            entry.key = key
            entry.value = name
            return entry
        }
        self.model = model
    }

    /// Writes any model's arithmetic as a graph.
    ///
    /// - Throws: ``ONNXError`` for what cannot be written.
    public init(_ model: Model) throws {
        guard case .table(let detector) = model else {
            throw ONNXError.kind(type(of: model.detector).kind.plural)
        }
        try self.init(detector)
    }

    /// The bytes of the file; the same detector gives the same bytes.
    ///
    /// - Throws: `BinaryEncodingError` for more than two gigabytes.
    public func encoded() throws -> Data {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        return try model.serializedData(options: options)
    }

    /// Writes the file, completely or not at all.
    ///
    /// - Parameter path: where to; `-` is standard output.
    /// - Throws: `FileError` if it cannot be written.
    public func write(to path: String) throws {
        let bytes = try encoded()
        let file = try OutputFile(path: path, isDurable: true)
        try bytes.withUnsafeBytes { try file.append($0) }
        try file.close()
    }
}
