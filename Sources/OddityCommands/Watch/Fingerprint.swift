internal import OddityFiles

/// A number that tells bytes apart: FNV-1a of 64 bits.
struct Fingerprint: Codable, Equatable {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325
    private(set) var count = 0

    init() {}

    /// Of some bytes.
    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Of a whole file.
    init(ofFile path: String) throws {
        let file = try InputFile(path: path, requiresRegularFile: true)
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let length = try block.withUnsafeMutableBytes { try file.read(into: $0) }
            guard length > 0 else { return }
            for byte in block[..<length] { add(byte) }
        }
    }

    private mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
        count += 1
    }
}

/// What a file is known by: its first bytes, and the last ones before a position.
struct FileMark: Equatable {
    /// So many bytes of each are looked at.
    static let size = 4_096

    /// The position.
    let length: Int
    let start: Fingerprint
    let end: Fingerprint

    /// What a file is known by that holds nothing yet.
    init() {
        length = 0
        start = Fingerprint()
        end = Fingerprint()
    }

    /// What a state says of a file.
    init(length: Int, start: Fingerprint, end: Fingerprint) {
        self.length = length
        self.start = start
        self.end = end
    }

    /// Looks at a file; nil where it is shorter than the position.
    init?(of file: InputFile, at length: Int) throws {
        guard length >= 0, file.size ?? 0 >= length else { return nil }
        let first = try file.bytes(in: 0..<min(length, FileMark.size))
        let last = try file.bytes(in: max(0, length - FileMark.size)..<length)
        // It may be cut off while it is read.
        guard first.count + last.count == 2 * min(length, FileMark.size) else { return nil }
        self.length = length
        start = Fingerprint(first)
        end = Fingerprint(last)
    }

    /// Looks at the file of a path; nil where there is none, or it is shorter than the position.
    init?(ofFile path: String, at length: Int) throws {
        guard Folder.kind(of: path) == .file else { return nil }
        let file = try InputFile(path: path, requiresRegularFile: true)
        try self.init(of: file, at: length)
    }

    /// Whether the numbers can belong together.
    var isPossible: Bool {
        let count = min(max(length, 0), FileMark.size)
        return length >= 0 && start.count == count && end.count == count
    }

    /// Whether a file with these first bytes, of which there are at least ``size`` unless it has fewer, may be the same.
    func begins(like bytes: some Collection<UInt8>) -> Bool {
        let count = min(length, FileMark.size)
        return bytes.count >= count && Fingerprint(bytes.prefix(count)) == start
    }

    /// Whether a path leads to a file that was the same up to the position.
    func isOf(_ path: String) throws -> Bool {
        try FileMark(ofFile: path, at: length) == self
    }
}

extension InputFile {
    /// The bytes of a range, as far as the file has them.
    fileprivate func bytes(in range: Range<Int>) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        let count = try bytes.withUnsafeMutableBytes { try read(into: $0, at: range.lowerBound) }
        return Array(bytes[..<count])
    }
}
