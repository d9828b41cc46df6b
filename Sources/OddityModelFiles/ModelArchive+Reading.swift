#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ModelArchive {
    /// Reads a file and checks all of it.
    ///
    /// Every number in the file is checked against the size of the file before it is used, so a
    /// damaged or hostile file gives an error and takes no more memory than its own size.
    ///
    /// - Parameter path: The file.
    /// - Throws: `ModelFileError`; each kind of damage has its own code.
    public init(reading path: String) throws {
        do throws(ModelFileError) {
            var source = try FileSource(path: path)
            try self.init(from: &source, path: path)
        } catch {
            throw error.at(path)
        }
    }

    /// Reads the bytes of a file, with the same checks.
    ///
    /// - Parameter bytes: All bytes of the file.
    /// - Throws: `ModelFileError`; each kind of damage has its own code.
    public init(decoding bytes: [UInt8]) throws {
        var source = MemorySource(bytes)
        try self.init(from: &source, path: nil)
    }

    private init(from source: inout some ByteSource, path: String?) throws(ModelFileError) {
        let header = try Self.readHeader(from: &source)
        let dataSize = source.size - 8 - header.count
        let parser = try HeaderParser(header)
        let (manifest, version, expected) = try Self.checkedMetadata(parser.metadata)
        let layouts = try parser.tensors.checkedInOrder(dataSize: dataSize)

        var checksum = Checksum()
        checksum.update(
            manifest: manifest,
            tensors: layouts.map { ($0.name, $0.elementTypeName, $0.shape) }
        )
        var blocks: [Tensor.Values] = []
        for layout in layouts {
            let (type, count) = try layout.checked()
            let values = try source.readValues(of: type, count: count)
            try values.withBytes { bytes throws(ModelFileError) in checksum.update(bytes) }
            blocks.append(values)
        }
        var tensors: [Tensor] = []
        for (layout, values) in zip(layouts, blocks) {
            tensors.append(try Tensor(checking: layout.name, shape: layout.shape, values: values))
        }
        guard checksum.text == expected else {
            throw ModelFileError(
                .checksumMismatch,
                "the content does not match its checksum (\(checksum.text), not "
                    + "\(ModelFileError.quoted(expected))): the file was damaged or edited; "
                    + "copy it again or make the model anew"
            )
        }
        try self.init(
            manifest: Data(manifest.utf8),
            tensors: tensors,
            formatVersion: version,
            path: path
        )
    }

    static func readHeader(
        from source: inout some ByteSource
    ) throws(ModelFileError) -> [UInt8] {
        guard source.size >= 8 else {
            throw ModelFileError(
                .tooShort,
                "the file has \(source.size) bytes, too few for a model; this is not a model "
                    + "file, or its copy was cut short"
            )
        }
        let prefix = try source.readValues(UInt8.self, count: 8)
        let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length >= 2, length <= UInt64(headerLimit) else {
            throw ModelFileError(
                .headerLength,
                "the header claims \(length) bytes, and 2 to \(headerLimit) are allowed; "
                    + "this is not a model file"
            )
        }
        guard length <= UInt64(source.size - 8) else {
            throw ModelFileError(
                .truncatedHeader,
                "the header has \(length) bytes, but the file ends after \(source.size - 8) of "
                    + "them; copy it again, completely"
            )
        }
        return try source.readValues(UInt8.self, count: Int(length))
    }

    private static func checkedMetadata(
        _ metadata: [String: String]?
    ) throws(ModelFileError) -> (manifest: String, version: Int, checksum: String) {
        func entry(_ key: String) throws(ModelFileError) -> String {
            guard let value = metadata?[key] else {
                throw ModelFileError(
                    .missingMetadata,
                    "the header has no “\(key)” in its metadata; this is a safetensors file, but "
                        + "not a model of this program"
                )
            }
            return value
        }
        let format = try entry(HeaderCoding.format)
        guard format == formatName else {
            throw ModelFileError(
                .wrongFormat,
                "the file's format is \(ModelFileError.quoted(format)), not “\(formatName)”; "
                    + "give a model made by this program"
            )
        }
        let version = try entry(HeaderCoding.formatVersion)
        guard let number = Int(version), number >= 1, String(number) == version else {
            throw ModelFileError(
                .malformedMetadata,
                "the format version is \(ModelFileError.quoted(version)), not a whole number from "
                    + "1 up; \(TensorLayout.damaged)"
            )
        }
        guard number <= formatVersion else {
            throw ModelFileError(
                .newerVersion,
                "the file has format version \(number), made by a newer version of this program, "
                    + "which reads up to \(formatVersion); update the program"
            )
        }
        return (try entry(HeaderCoding.manifest), number, try entry(HeaderCoding.checksum))
    }
}
