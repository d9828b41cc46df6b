internal import OddityDatasets

/// Tells of rows that could not be read, and counts them.
struct BadRowReport {
    /// So many are told one by one; the rest is only counted.
    static let limit = 100

    let path: String
    private(set) var count = 0

    init(path: String) { self.path = path }

    mutating func add(_ rows: [BadRow]) {
        for row in rows {
            count += 1
            if count <= Self.limit { Console.error("oddity: \(row.error)") }
            if count == Self.limit {
                Console.error("note: further bad rows are left out and counted only")
            }
        }
    }

    /// What to add to a sentence; nothing where all rows could be read.
    var text: String { count == 0 ? "" : "; \(counted(count, "bad row")) left out" }
}
