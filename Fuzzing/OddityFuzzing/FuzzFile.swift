import OddityPlatform

/// A file in memory, for readers that take a path.
enum FuzzFile {
    private static let folder: String = {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        let path = "\(parent)/oddity-fuzz-\(getpid())"
        mkdir(path, 0o700)
        return path
    }()

    /// Calls `body` with the path of a file of these bytes.
    static func with(_ bytes: [UInt8], named name: String = "input", _ body: (String) -> Void) {
        let path = folder + "/" + name
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(file >= 0, "no file could be made in \(folder)")
        var written = 0
        while written < bytes.count {
            let part = bytes.withUnsafeBytes {
                write(file, $0.baseAddress.map { $0 + written }, bytes.count - written)
            }
            precondition(part > 0, "no room in \(folder)")
            written += part
        }
        close(file)
        body(path)
    }
}
