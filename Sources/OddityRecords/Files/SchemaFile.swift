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

    /// More is no schema.
    private static let sizeLimit = 64 << 20

    /// The schema in a file.
    ///
    /// - Throws: `FileError` and `MisplacedFile`.
    package static func read(_ path: String) throws -> Schema {
        let file = try InputFile(path: path)
        var bytes: [UInt8] = []
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { block.deallocate() }
        while case let count = try file.read(into: block), count > 0, bytes.count <= sizeLimit {
            bytes.append(contentsOf: block[..<count])
        }
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
        guard bytes.count <= sizeLimit,
            let schema = try? decoder.decode(SchemaFile.self, from: Data(bytes)).schema,
            !schema.columns.isEmpty, Set(schema.names).count == schema.names.count
        else { return nil }
        return schema
    }
}
