internal import OddityDatasets
internal import OdditySeries

/// A column of times of day beside the column of dates that was named as the time.
struct TimeOfDay {
    let dates: String
    let times: String

    /// Nil unless the dates have no times, and another column has nothing else.
    init?(beside dates: String, in summary: TableSummary) {
        let examples = Dictionary(
            summary.statistics.map { ($0.name, $0.examples) },
            uniquingKeysWith: { first, _ in first }
        )
        guard let own = examples[dates], !own.isEmpty, !own.contains(where: { $0.contains(":") }),
            let column = summary.schema.columns.first(where: { column in
                column.role == .timeOfDay && column.name != dates
            })
        else { return nil }
        (self.dates, times) = (dates, column.name)
    }

    /// Names the option that joins the two where rows of one date are refused.
    static func hinting<Value>(_ column: TimeOfDay?, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as SeriesError where column != nil {
            guard let column, [.duplicateTime, .noRows].contains(error.code) else { throw error }
            throw SeriesError(
                error.code,
                "many rows have the same date, and column \(quoted(column.times)) has their times of day; give"
                    + " --time \(quoted(column.dates + "+" + column.times))",
                at: DataLocation(file: error.location?.file ?? "", column: column.dates)
            )
        }
    }
}
