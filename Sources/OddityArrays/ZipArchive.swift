internal import COddityZip

/// A zip archive of arrays (`.npz`), through libzip.
final class ZipArchive {
    /// An array of the archive that has the wanted dimensions.
    struct Entry {
        var index: UInt64
        var name: String
        var header: ArrayHeader
    }

    /// More entries are not looked at.
    private static let maximumEntryCount = 10_000

    let path: String
    private let content: ArrayContent
    private let archive: OpaquePointer

    init(path: String, content: ArrayContent) throws(ArrayError) {
        self.path = path
        self.content = content
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
            var error = zip_error_t()
            zip_error_init_with_code(&error, code)
            defer { zip_error_fini(&error) }
            throw .damagedArchive(String(cString: zip_error_strerror(&error)))
        }
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    /// Whether every member is an array by its name; an archive that cannot be listed is judged by its first one.
    static func holdsOnlyArrays(path: String, prefix: [UInt8]) -> Bool {
        guard let archive = zip_open(path, ZIP_RDONLY, nil) else {
            guard prefix.count > 30 else { return false }
            let length = Int(prefix[26]) | Int(prefix[27]) << 8
            return prefix[30...].prefix(length).reversed().starts(with: ".npy".utf8.reversed())
        }
        defer { zip_discard(archive) }
        let count = min(Int(zip_get_num_entries(archive, 0)), maximumEntryCount)
        return count > 0
            && (0..<UInt64(count)).allSatisfy {
                zip_get_name(archive, $0, 0).map { String(cString: $0).hasSuffix(".npy") } == true
            }
    }

    /// The arrays of the wanted dimensions.
    func fittingArrays() throws -> [Entry] {
        var entries: [Entry] = []
        let count = min(Int(zip_get_num_entries(archive, 0)), Self.maximumEntryCount)
        for index in 0..<UInt64(max(count, 0)) {
            guard let text = zip_get_name(archive, index, 0) else { continue }
            let name = String(cString: text)
            guard name.hasSuffix(".npy") else { continue }
            // Arrays beside them may be of any kind, such as text.
            guard let header = try? ArrayHeader.read(ZipSource(self, index).prefix(), for: content),
                content.dimensions.contains(header.shape.count)
            else { continue }
            entries.append(Entry(index: index, name: String(name.dropLast(4)), header: header))
        }
        return entries
    }

    /// The array of a name, or the only one of the wanted dimensions.
    func array(named wanted: String?) throws -> ZipSource {
        if let wanted {
            let index = zip_name_locate(archive, wanted + ".npy", 0)
            guard index >= 0 else {
                throw ArrayError(
                    .ambiguousArray,
                    "there is no array \"\(wanted)\"; name one of those in the file"
                )
            }
            return try ZipSource(self, UInt64(index))
        }
        let entries = try fittingArrays()
        guard let first = entries.first else {
            // A damaged array says more than its absence.
            let count = zip_get_num_entries(archive, 0)
            if count == 1, let only = try? ZipSource(self, 0) { return only }
            throw ArrayError(
                .ambiguousArray,
                "no array has \(content.layout); save the \(content.name) so"
            )
        }
        guard entries.count == 1 else {
            let names = entries.prefix(5).map(\.name).joined(separator: ", ")
            throw ArrayError(
                .ambiguousArray,
                "several arrays hold \(content.name) (\(names)); name one of them"
            )
        }
        return try ZipSource(self, first.index)
    }

    /// The bytes of one entry, decompressed.
    final class ZipSource: ArrayByteSource {
        private let owner: ZipArchive
        private let entry: OpaquePointer
        var path: String { owner.path }

        init(_ owner: ZipArchive, _ index: UInt64) throws(ArrayError) {
            self.owner = owner
            guard let entry = zip_fopen_index(owner.archive, index, 0) else {
                throw .damagedArchive(String(cString: zip_strerror(owner.archive)))
            }
            self.entry = entry
        }

        deinit { zip_fclose(entry) }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
            let count = zip_fread(entry, buffer.baseAddress, UInt64(buffer.count))
            guard count >= 0 else {
                throw ArrayError.damagedArchive(String(cString: zip_file_strerror(entry)))
            }
            return Int(count)
        }
    }
}

extension ArrayError {
    static func damagedArchive(_ reason: String) -> ArrayError {
        ArrayError(.damaged, "the compressed data is damaged (\(reason)); copy the file again")
    }
}
