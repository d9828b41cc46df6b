internal import OddityDatasets
internal import OddityRecords

/// Tells of rows that could not be read, and counts them.
struct BadRowReport {
    /// So many are told one by one; the rest is only counted.
    let limit: Int
    let path: String
    /// How its lines begin.
    let prefix: String
    private(set) var count = 0

    init(path: String, limit: Int = 100, prefix: String = "oddity") {
        (self.path, self.limit, self.prefix) = (path, limit, prefix)
    }

    mutating func add(_ rows: [BadRow]) {
        for row in rows {
            count += 1
            if count <= limit { Console.error("\(prefix): \(row.error)") }
            if count == limit {
                Console.error("note: further bad rows are left out and counted only")
            }
        }
    }

    /// What to add to a sentence; nothing where all rows could be read.
    var text: String { count == 0 ? "" : "; \(counted(count, "bad row")) left out" }
}
