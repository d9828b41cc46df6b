package import OddityDatasets
internal import OddityFailures

/// How many rows a day brings, by a column of their times.
package struct RowRate {
    private let column: String
    private var texts: [String?] = []

    package init(column: String) { self.column = column }

    /// Takes the times of a chunk.
    package mutating func append(_ chunk: Table) {
        texts += chunk[column]?.texts ?? []
    }

    /// The rows of a day: as many as there are, over the days from the first to the last.
    ///
    /// The last time lasts as long as the others do on average, so that rows of thirty dates are those of thirty days.
    package func perDay(file: String) throws -> Double {
        let format = try TimestampFormat.detected(in: Column(column, text: texts), file: file)
        let times = Set(texts.compactMap { text in text.flatMap { format?.instant(of: $0) } })
        guard let first = times.min(), let last = times.max(), first < last else {
            throw RowRateUnknown(column: column, file: file)
        }
        let count = Double(times.count)
        let days = Double(last.nanoseconds - first.nanoseconds) / 86_400e9 * count / (count - 1)
        return Double(texts.count { $0 != nil }) / days
    }
}

/// Times that do not tell how many rows a day has.
private struct RowRateUnknown: Failure {
    let column, file: String

    var description: String {
        "\(DataLocation(file: file, column: column)): two different times are needed to tell how many rows a day has; give "
            + "their number with --rows-per-day"
    }
    var blame: Blame { .data }
    var namesItsFile: Bool { true }
}
