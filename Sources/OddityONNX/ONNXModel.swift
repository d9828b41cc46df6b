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
/// Preparation, networks, calibration, p-value and verdict are inside. Of tables there is one input for each column, under its name
/// and of shape [rows, 1]: numbers of double precision, NaN where a value is missing; categories as strings, empty where a value is
/// missing. Of images there is one input, `pixels`, of shape [rows, channels, height, width]: single precision, 0 (black) to 1, of
/// the size that the detector looks at. The outputs are `label` (1 for an anomaly, else 0; 64-bit integers), `scores` (single
/// precision) and `p_value` (double precision), each of shape [rows, 1].
///
/// It uses operators of opset 18, and of version 3 of `ai.onnx.ml`. Engines round otherwise than Oddity, so that scores agree to about
/// a ten-thousandth.
///
/// The metadata name the tensors where preparation ends: of images `image`; of tables `features` (rows × features, single
/// precision), and `evidence` (of each row, how many of its cells training could not have produced; double precision).
///
/// Source: the specification of ONNX, https://onnx.ai/onnx/.
public struct ONNXModel: Sendable {
    private let model: Onnx_ModelProto

    /// Writes the arithmetic of a detector of tables as a graph.
    ///
    /// - Throws: ``ONNXError`` for what cannot be written.
    public init(_ detector: FittedTableDetector) throws {
        self.init(try TableGraph(detector).built(), of: detector.provenance)
    }

    /// Writes the arithmetic of a detector of images as a graph, from pixels of its size on.
    ///
    /// - Throws: ``ONNXError`` for what cannot be written, `ImageError` for a mask that does not fit.
    public init(_ detector: FittedImageDetector) throws {
        self.init(try ImageGraph(detector).built(), of: detector.provenance)
    }

    /// Writes any model's arithmetic as a graph.
    ///
    /// - Throws: ``ONNXError`` for what cannot be written.
    public init(_ model: Model) throws {
        switch model {
        case .table(let detector): try self.init(detector)
        case .images(let detector): try self.init(detector)
        case .series: throw ONNXError.series
        }
    }

    private init(_ builder: GraphBuilder, of provenance: Provenance) {
        var model = Onnx_ModelProto()
        // The version of the format that belongs to opset 18.
        model.irVersion = 8
        model.opsetImport = [("", 18 as Int64), ("ai.onnx.ml", 3)].map { domain, version in
            var operators = Onnx_OperatorSetIdProto()
            operators.domain = domain
            operators.version = version
            return operators
        }
        let producer = provenance.producer.split(separator: " ", maxSplits: 1)
        model.producerName = producer.first.map(String.init) ?? ""
        model.producerVersion = producer.count > 1 ? String(producer[1]) : ""
        model.graph = builder.graph
        model.metadataProps = builder.landmarks.map { key, name in
            var entry = Onnx_StringStringEntryProto()
            entry.key = key
            entry.value = name
            return entry
        }
        self.model = model
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
