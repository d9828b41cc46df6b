internal import OddityDatasets
public import OddityFailures

/// Why a table does not fit a preparation.
public enum PreparationError: Failure, Equatable {
    /// The table has no rows to learn from.
    case noRows
    /// No column can be used.
    case noUsableColumns
    /// Columns the model needs are not in the table.
    case missingColumns([String])
    /// A column holds text where numbers were learned, or the reverse.
    case wrongKind(column: String, expected: String)
    /// A number is infinite.
    case notFinite(column: String, row: Int)
    /// A value is missing where the policy is to refuse that.
    case missingValue(column: String, row: Int)
    /// A text is no time, or nothing tells how times are written.
    case invalidTime(column: String, row: Int?, String)
    /// The times of a column lie so near to one another that no hour, weekday or month comes again.
    case nothingRepeats(column: String, seconds: Double)
    /// A number of principal components that cannot be kept.
    case invalidComponentCount(Int)
    /// A share of the variance that cannot be kept.
    case invalidVarianceShare(Double)
    /// Stored principal components whose parts do not belong together.
    case inconsistentComponents(String)
    /// The clipping limit is not a positive, finite number.
    case invalidClipping(Double)
}

extension PreparationError: CustomStringConvertible {
    /// One line: what was wrong, where, and how to fix it.
    public var description: String {
        switch self {
        case .noRows:
            "the table has no rows: give at least one row of normal data"
        case .noUsableColumns:
            "no column can be used: all are ignored or hold the same value in every row"
        case .missingColumns(let names):
            "the model needs columns that the table lacks: \(listedNames(names))"
        case .wrongKind(let column, let expected):
            "column \(quoted(column)) must hold \(expected), as it did in training"
        case .notFinite(let column, let row):
            "column \(quoted(column)), row \(row): the number is infinite; replace it or leave it empty"
        case .missingValue(let column, let row):
            "column \(quoted(column)), row \(row): the value is missing; fill it in, or choose the median "
                + "or mean for missing values"
        case .invalidTime(let column, let row, let problem):
            "column \(quoted(column))\(row.map { ", row \($0)" } ?? ""): \(problem)"
        case .nothingRepeats(let column, let seconds):
            "column \(quoted(column)): the times span \(shortText((seconds / 86_400 * 100).rounded() / 100)) days without "
                + "times of day, or less than one, so no hour, weekday or month comes twice; leave the column out"
        case .invalidComponentCount(let count):
            "\(count) principal components: give a whole number above 0"
        case .invalidVarianceShare(let share):
            "principal components for \(share) of the variance: give a number above 0 and at most 1"
        case .inconsistentComponents(let flaw):
            "the stored principal components are damaged: \(flaw); fit the model anew"
        case .invalidClipping(let limit):
            "clipping at \(limit) deviations: give a finite number above 0"
        }
    }
}

extension PreparationError {
    /// The caller for settings, else the table.
    public var blame: Blame {
        switch self {
        case .invalidClipping, .invalidComponentCount, .invalidVarianceShare: .caller
        case .noRows, .noUsableColumns, .missingColumns, .wrongKind, .notFinite, .missingValue,
            .invalidTime, .nothingRepeats, .inconsistentComponents:
            .data
        }
    }
}
