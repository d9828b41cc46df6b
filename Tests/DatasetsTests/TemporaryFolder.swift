import CZlib
import Datasets

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that lasts as long as this object.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/oddity-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw DatasetError(.writeFailed, "no temporary folder")
        }
        path = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// The names of all files in the folder, hidden ones too.
    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file and returns its path.
    func write(_ bytes: [UInt8], as name: String = "data.csv") -> String {
        let path = path + "/" + name
        guard let file = fopen(path, "wb") else { return path }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return path
    }

    /// Writes a text file and returns its path.
    func write(_ text: String, as name: String = "data.csv") -> String {
        write(Array(text.utf8), as: name)
    }

    /// Writes a gzip file and returns its path.
    func writeCompressed(_ text: String, as name: String = "data.csv.gz") -> String {
        let path = path + "/" + name
        let file = gzopen(path, "wb")
        let bytes = Array(text.utf8)
        gzwrite(file, bytes, UInt32(bytes.count))
        gzclose(file)
        return path
    }

    /// The bytes of a file.
    func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, file), count > 0 {
            bytes += block[..<count]
        }
        return bytes
    }

    /// The text of a file.
    func readText(_ path: String) -> String {
        String(decoding: read(path), as: UTF8.self)
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
