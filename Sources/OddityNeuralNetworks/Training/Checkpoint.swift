internal import OddityLinearAlgebra

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A training between two epochs: resuming from it gives the bits of a training never interrupted.
///
/// Numbers are encoded as bits, so that any `Codable` format keeps them exactly.
public struct Checkpoint: Codable, Equatable, Sendable {
    /// The network that is trained.
    public let description: NetworkDescription
    /// The finished epochs.
    public let epoch: Int
    /// The finished steps.
    public let step: Int
    /// One record for each finished epoch.
    public let history: [EpochRecord]
    /// The epoch with the smallest loss, from 1; 0 before the first one.
    public let bestEpoch: Int
    let bestLoss: Double?
    let parameters: FloatBlock
    let state: FloatBlock
    let moments: [FloatBlock]
    let bestParameters: FloatBlock?
    let bestState: FloatBlock?
}

/// Floats encoded as the bits of each number, least significant byte first.
struct FloatBlock: Codable, Equatable, Sendable {
    let values: [Float]

    init(_ buffer: AlignedBuffer) {
        values = Array(buffer.elements)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let data = try container.decode(Data.self)
        guard data.count % 4 == 0 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\(data.count) bytes are no whole floats"
            )
        }
        let bytes = Array(data)
        values = stride(from: 0, to: bytes.count, by: 4).map { i in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[i + $1]) << (8 * $1) }
            return Float(bitPattern: bits)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * values.count)
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }

    static func == (left: FloatBlock, right: FloatBlock) -> Bool {
        left.values.elementsEqual(right.values) { $0.bitPattern == $1.bitPattern }
    }
}
