package import OddityDatasets
internal import OddityFailures
internal import OddityFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file of what `inspect --json` prints of a table, as far as it is read back.
package struct SchemaFile: Decodable {
    package let schema: Schema

    /// The schema in a file.
    ///
    /// - Throws: `FileError` and `MisplacedFile`.
    package static func read(_ path: String) throws -> Schema {
        let bytes = try smallFile(path)
        guard let schema = decode(bytes) else {
            throw MisplacedFile(
                description:
                    "\(shownPath(path)): this is no schema; write one with oddity inspect DATA --json"
            )
        }
        return schema
    }

    /// The schema in the bytes of a file; nil where they hold none.
    package static func decode(_ bytes: [UInt8]) -> Schema? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard bytes.count <= smallFileLimit,
            let schema = try? decoder.decode(SchemaFile.self, from: Data(bytes)).schema,
            !schema.columns.isEmpty, Set(schema.names).count == schema.names.count
        else { return nil }
        return schema
    }
}

/// More is no file that a person wrote.
private let smallFileLimit = 64 << 20

/// The bytes of a file that a person may have written, and some more of a larger one.
///
/// - Throws: `FileError`.
func smallFile(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path: path)
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while case let count = try file.read(into: block), count > 0, bytes.count <= smallFileLimit {
        bytes.append(contentsOf: block[..<count])
    }
    return bytes
}
