import COddityZlib
import OddityDatasets
import TestSupport

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension TemporaryFolder {
    /// Writes a gzip file and returns its path.
    func writeCompressed(_ text: String, as name: String = "data.csv.gz") -> String {
        let path = path + "/" + name
        let file = gzopen(path, "wb")
        let bytes = Array(text.utf8)
        gzwrite(file, bytes, UInt32(bytes.count))
        gzclose(file)
        return path
    }
}

/// Reads text as a file of its own.
func readTable(
    _ text: String,
    options: ReadingOptions = ReadingOptions(),
    keeping: Set<String> = []
) throws -> Table {
    let folder = try TemporaryFolder()
    return try Table.reading(path: folder.write(text), options: options, keeping: keeping).table
}

/// What is found out from text as a file of its own.
func summarize(_ text: String, options: ReadingOptions = ReadingOptions()) throws -> TableSummary {
    let folder = try TemporaryFolder()
    return try TableReader(path: folder.write(text), options: options).inferSchema()
}

/// The error that reading a text as a file throws, with the folder's path cut from its location.
func errorReading(
    _ bytes: [UInt8],
    options: ReadingOptions = ReadingOptions()
) throws -> DatasetError? {
    let folder = try TemporaryFolder()
    do {
        _ = try Table.reading(path: folder.write(bytes), options: options)
        return nil
    } catch let error as DatasetError {
        var location = error.location
        location?.file = "data.csv"
        return DatasetError(error.code, error.message, at: location)
    }
}

/// The error that reading a text as a file throws, with the folder's path cut from its location.
func errorReading(
    _ text: String,
    options: ReadingOptions = ReadingOptions()
) throws -> DatasetError? {
    try errorReading(Array(text.utf8), options: options)
}

/// Numbers that depend on nothing but a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A value from JSON.
func decoded<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json))
}
