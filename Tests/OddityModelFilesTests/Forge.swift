@testable import OddityModelFiles

/// Makes files that the writer would never make.
struct Forge {
    struct Entry {
        var name: String
        var type = "F32"
        var shape = "[2]"
        var begin: String
        var end: String
    }

    var format: String? = "oddity"
    var version: String? = "1"
    var manifest: String? = "{}"
    /// `nil` computes the right one for `tensors` that are as they say.
    var checksum: String?
    var extraHeader = ""
    var entries = [Entry(name: "weights", begin: "0", end: "8")]
    var data: [UInt8] = [0, 0, 128, 63, 0, 0, 0, 64]

    var header: String {
        let metadata = [
            ("format", format), ("format_version", version),
            ("manifest", manifest?.replacing("\"", with: "\\\"")),
            ("checksum", checksum ?? computedChecksum),
        ].compactMap { key, value in value.map { "\"\(key)\":\"\($0)\"" } }
        let tensors = entries.map {
            ",\"\($0.name)\":{\"dtype\":\"\($0.type)\",\"shape\":\($0.shape),"
                + "\"data_offsets\":[\($0.begin),\($0.end)]}"
        }
        return "{\"__metadata__\":{\(metadata.joined(separator: ","))}\(tensors.joined())"
            + "\(extraHeader)}"
    }

    var bytes: [UInt8] { Self.file(header: Array(header.utf8), data: data) }

    static func file(header: [UInt8], data: [UInt8] = []) -> [UInt8] {
        var length = UInt64(header.count).littleEndian
        return withUnsafeBytes(of: &length) { Array($0) } + header + data
    }

    private var computedChecksum: String {
        var checksum = Checksum()
        let shapes = entries.map { entry in
            let numbers = entry.shape.split { !"-0123456789".contains($0) }
            return (entry.name, entry.type, numbers.compactMap { Int($0) })
        }
        checksum.update(manifest: manifest ?? "", tensors: shapes)
        data.withUnsafeBytes { checksum.update($0) }
        return checksum.text
    }
}

/// The code of the error that reading these bytes gives; `nil` when they are read.
func readingCode(_ bytes: [UInt8]) -> ModelFileError.Code? {
    do {
        _ = try ModelArchive(decoding: bytes)
        return nil
    } catch let error as ModelFileError {
        precondition(!error.message.contains { $0.isNewline }, "messages are one line")
        return error.code
    } catch {
        return nil
    }
}

struct SampleManifest: Codable, Equatable {
    var name = "pump “7”\n\\ \u{1}/é🙂"
    var threshold = 0.125
    var columns = ["a", "b"]
}

/// An archive with every element type, an empty tensor and a single number.
func sampleArchive() throws -> ModelArchive {
    try ModelArchive(
        encoding: SampleManifest(),
        tensors: [
            Tensor(name: "bytes", values: [UInt8]([1, 2, 255])),
            Tensor(
                name: "layers/0 \"weight\"",
                shape: [2, 3],
                values: [Float]([1, -2, 3, 0, 0.5, 9])
            ),
            Tensor(name: "empty", shape: [0, 4], values: [Float]()),
            Tensor(name: "mean", shape: [2], values: [Double.pi, -1e300]),
            Tensor(name: "count", shape: [], values: [Int64.min]),
            Tensor(name: "levels", shape: [1, 1, 2], values: [Int32.max, -7]),
        ]
    )
}
