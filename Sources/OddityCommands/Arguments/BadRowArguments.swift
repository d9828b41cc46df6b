internal import ArgumentParser
internal import OddityDatasets
internal import OddityRecords

/// What becomes of rows that cannot be read.
struct BadRowArguments: ParsableArguments {
    /// What becomes of a row that cannot be read.
    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case stop, skip, null
    }

    @Option(
        help: ArgumentHelp(
            "What to do with a row that cannot be read: null (it gets its line without a score, and the reason), skip (it gets none), or stop (default: null).",
            valueName: "policy"
        )
    )
    var onBadRow: Policy?

    var policy: Policy { onBadRow ?? .null }
}

/// The bad rows of a run: tells of the first ones, counts them all, and fails where there are no others.
struct BadRows {
    let policy: BadRowArguments.Policy
    private var report: BadRowReport
    private var first: DatasetError?
    private var goodCount = 0

    init(_ arguments: BadRowArguments, path: String) {
        policy = arguments.policy
        report = BadRowReport(path: path, limit: 10, prefix: "warning")
    }

    /// Rows that could be read.
    mutating func count(_ rows: Table) { goodCount += rows.rowCount }

    /// A row that could not be read.
    ///
    /// - Throws: its error, where bad rows stop the run.
    mutating func add(_ row: BadRow) throws {
        guard policy != .stop else { throw row.error }
        if first == nil { first = row.error }
        report.add([row])
    }

    /// Fails where no row could be read.
    func checkSomeAreGood() throws {
        guard goodCount == 0, let first else { return }
        throw DatasetError(
            first.code,
            report.count == 1
                ? first.message
                : "\(first.message); none of \(counted(report.count, "row")) could be read",
            at: first.location
        )
    }

    /// What to add to a sentence; nothing where all rows could be read.
    var text: String {
        guard report.count > 0 else { return "" }
        let what = policy == .null ? "without a score" : "left out"
        return "; \(counted(report.count, "row")) \(what): could not be read"
    }
}
