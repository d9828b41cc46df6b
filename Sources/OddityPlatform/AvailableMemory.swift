/// The memory that a process may still take.
package enum AvailableMemory {
    /// The bytes that can be asked for at once without the system refusing them or ending the process.
    ///
    /// The least of what is free, what the limit of the address space (`ulimit -v`) leaves, and what the
    /// control group leaves; nil where the system does not tell.
    package static var byteCount: Int? {
        [free, addressSpace, controlGroup].compactMap { $0 }.min()
    }

    /// A number of bytes for a person: `7.2 GB`.
    package static func text(_ byteCount: Int) -> String {
        guard byteCount >= 1_000_000 else { return "\(byteCount) bytes" }
        let unit = byteCount >= 1_000_000_000 ? 1_000_000_000 : 1_000_000
        // Whole tenths, in integers: the count may be beyond what a Double holds exactly.
        return
            "\(byteCount / unit).\(byteCount % unit / (unit / 10)) \(unit == 1_000_000 ? "MB" : "GB")"
    }

    private static var free: Int? {
        let lines = firstBytes("/proc/meminfo").split(separator: "\n")
        let counts = lines.compactMap { line -> Int? in
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0] == "MemAvailable:" || words[0] == "SwapFree:" else {
                return nil
            }
            return Int(words[1]).map { $0 << 10 }
        }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }

    private static var addressSpace: Int? {
        var limit = rlimit()
        #if os(Linux)
            guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else {
                return nil
            }
        #else
            guard getrlimit(RLIMIT_AS, &limit) == 0 else { return nil }
        #endif
        guard let bytes = Int(exactly: limit.rlim_cur), bytes < 1 << 60 else { return nil }
        let pages = firstBytes("/proc/self/statm").split(separator: " ").first.flatMap { Int($0) }
        return max(0, bytes - (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))))
    }

    private static var controlGroup: Int? {
        guard let limit = number("/sys/fs/cgroup/memory.max"),
            let used = number("/sys/fs/cgroup/memory.current")
        else { return nil }
        return max(0, limit - used)
    }

    private static func number(_ path: String) -> Int? {
        Int(firstBytes(path).prefix { $0.isNumber })
    }

    private static func firstBytes(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
