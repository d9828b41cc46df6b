internal import OddityFiles

extension ModelArchive {
    /// Writes the file, completely or not at all.
    ///
    /// Bytes go to a temporary file in the same directory, are brought to the disk, and only then
    /// take the name; on any failure the temporary file is removed and an older model stays.
    ///
    /// - Parameter path: Where to; an existing file is replaced and passes on its mode, a device or
    ///   a pipe is written directly, and `-` is standard output.
    /// - Throws: `ModelFileError` with code `inputOutput`, `notARegularFile`, or `headerLength` when
    ///   the manifest is too long.
    public func write(to path: String) throws {
        do throws(ModelFileError) {
            let header = try encodedHeader()
            do throws(FileError) {
                try write(header: header, to: OutputFile(path: path, isDurable: true))
            } catch {
                throw ModelFileError(error)
            }
        } catch {
            throw error.at(path)
        }
    }

    private func write(header: [UInt8], to file: OutputFile) throws(FileError) {
        try Tensor.Values.uint8(header).withBytes { bytes throws(FileError) in
            try file.append(bytes)
        }
        for tensor in tensors {
            try tensor.values.withBytes { bytes throws(FileError) in try file.append(bytes) }
        }
        try file.close()
    }

    /// The bytes of the file.
    ///
    /// - Returns: What `write(to:)` writes; the same archive always gives the same bytes.
    /// - Throws: `ModelFileError` with code `headerLength` when the manifest is too long.
    public func encoded() throws -> [UInt8] {
        var bytes = try encodedHeader()
        for tensor in tensors {
            tensor.values.withBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private func encodedHeader() throws(ModelFileError) -> [UInt8] {
        // Before any work: escaping only makes it longer.
        try Self.checkHeader(size: manifest.count)
        let text = String(decoding: manifest, as: UTF8.self)
        var checksum = Checksum()
        checksum.update(
            manifest: text,
            tensors: tensors.map { ($0.name, $0.elementType.rawValue, $0.shape) }
        )
        for tensor in tensors {
            try tensor.values.withBytes { bytes throws(ModelFileError) in checksum.update(bytes) }
        }
        let header = HeaderCoding.encode(
            metadata: [
                (HeaderCoding.format, Self.formatName),
                (HeaderCoding.formatVersion, String(Self.formatVersion)),
                (HeaderCoding.manifest, text),
                (HeaderCoding.checksum, checksum.text),
            ],
            tensors: tensors
        )
        try Self.checkHeader(size: header.count - 8)
        return header
    }

    private static func checkHeader(size: Int) throws(ModelFileError) {
        guard size <= headerLimit else {
            throw ModelFileError(
                .headerLength,
                "the manifest makes a header of \(size) bytes or more, and a model may have "
                    + "\(headerLimit); keep large data in tensors"
            )
        }
    }
}
