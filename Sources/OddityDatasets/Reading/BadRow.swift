/// A row that could not be read and was left out.
public struct BadRow: Equatable, Sendable {
    /// What is wrong with it, where, and how to fix it.
    public let error: DatasetError

    /// The number of the row in its file, counted from 1, where bad rows count.
    public let row: Int?

    /// Creates the report of a row.
    public init(error: DatasetError, row: Int? = nil) {
        self.error = error
        self.row = row
    }

    /// The physical line, counted from 1, on which the row starts.
    public var line: Int? { error.location?.line }

    /// What is wrong and how to fix it, in one line.
    public var reason: String { error.message }
}

extension DatasetError {
    /// Whether the rows after the one at fault can be read.
    var isOfOneRow: Bool {
        switch code {
        case .zeroByte, .invalidUTF8, .unterminatedQuote, .textAfterQuote, .recordTooLong,
            .raggedRow, .notANumber, .infiniteNumber, .invalidJSON, .nestedValue,
            .duplicateColumn:
            true
        default: false
        }
    }

    /// Whether the reader still stands at the record, of which the end was not found.
    var leavesRecord: Bool {
        switch code {
        case .zeroByte, .unterminatedQuote, .textAfterQuote, .recordTooLong: true
        default: false
        }
    }
}
