public import OddityDatasets
public import OddityFailures
internal import OddityFiles

/// What is wrong with a series, where, and how to fix it.
public struct SeriesError: Failure, Equatable {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no column of that name.
        case unknownColumn
        /// The options contradict one another or the data.
        case conflictingOptions
        /// There is no row, or no time in any.
        case noRows
        /// A row has no time.
        case missingTime
        /// A row does not say which entity it is of.
        case missingEntity
        /// There are more entities than can be followed.
        case tooManyEntities
        /// A row is earlier than the one before.
        case outOfOrder
        /// Two rows of an entity have the same time.
        case duplicateTime
        /// The steps in time differ too much.
        case irregularSampling
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and how to fix it, in one line without the location.
    public let message: String
    /// Where it is wrong.
    public let location: DataLocation?

    /// Creates an error.
    public init(_ code: Code, _ message: String, at location: DataLocation? = nil) {
        self.code = code
        self.message = message
        self.location = location
    }
}

extension SeriesError: CustomStringConvertible {
    /// One line: the location, what is wrong, and how to fix it.
    public var description: String {
        guard let location else { return message }
        var text = location.file == "-" ? "standard input" : printable(location.file, limit: 1_024)
        if let line = location.line {
            text += ":\(line)"
        } else if let row = location.row {
            text += ": row \(row)"
        }
        if let column = location.column { text += ": column \(quoted(column))" }
        return "\(text): \(message)"
    }
}

extension SeriesError {
    /// The caller for choices of columns, else the series.
    public var blame: Blame {
        switch code {
        case .unknownColumn, .conflictingOptions: .caller
        case .noRows, .missingTime, .missingEntity, .tooManyEntities, .outOfOrder, .duplicateTime,
            .irregularSampling:
            .data
        }
    }

    /// Whether it tells a place.
    public var namesItsFile: Bool { location != nil }
}
