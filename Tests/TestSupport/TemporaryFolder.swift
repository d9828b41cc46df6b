import OddityPlatform

/// A folder that lasts as long as this object.
package final class TemporaryFolder {
    package let path: String

    package init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        var template = Array("\(parent)/oddity-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw NoTemporaryFolder()
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
    package var names: [String] {
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
    @discardableResult
    package func write(_ bytes: [UInt8], as name: String = "data.csv") -> String {
        let path = path + "/" + name
        guard let file = fopen(path, "wb") else { return path }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return path
    }

    /// Writes a text file and returns its path.
    @discardableResult
    package func write(_ text: String, as name: String = "data.csv") -> String {
        write(Array(text.utf8), as: name)
    }

    /// Makes a named pipe and returns its path.
    package func makePipe() -> String {
        let path = path + "/pipe"
        mkfifo(path, 0o600)
        return path
    }

    /// The bytes of a file.
    package func read(_ path: String) -> [UInt8] {
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
    package func readText(_ path: String) -> String {
        String(decoding: read(path), as: UTF8.self)
    }
}

/// The system refused to make a folder.
struct NoTemporaryFolder: Error {}
