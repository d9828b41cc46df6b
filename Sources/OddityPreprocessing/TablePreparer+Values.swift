public import OddityDatasets
internal import OddityLinearAlgebra

/// A cell of a table, in the column's own units.
public enum CellValue: Codable, Sendable, Equatable {
    /// A number.
    case number(Double)
    /// A category.
    case category(String)
    /// A time, of which the hour, the weekday and the month are looked at.
    case time(CalendarTime)
    /// No value.
    case missing
}

extension CellValue: CustomStringConvertible {
    /// The value as a person would write it: numbers with at most six significant digits.
    public var description: String {
        switch self {
        case .number(let value): shortText(value)
        case .category(let level): level
        case .time(let time): time.description
        case .missing: "missing"
        }
    }
}

extension Column {
    /// The value of a row.
    public func cellValue(at row: Int) -> CellValue {
        switch values {
        case .numeric(let numbers): numbers[row].isNaN ? .missing : .number(numbers[row])
        case .categorical(let codes, let levels):
            codes[row] < 0 ? .missing : .category(levels[Int(codes[row])])
        case .text(let texts): texts[row].map(CellValue.category) ?? .missing
        }
    }
}

extension PreparedColumn {
    /// The value of a row of the column in a table: of a time its place in the calendar.
    package func cellValue(of source: Column, at row: Int) -> CellValue {
        let value = source.cellValue(at: row)
        guard case .calendar(let encoder) = encoder, case .category(let text) = value else {
            return value
        }
        return encoder.time(of: text).map(CellValue.time) ?? value
    }
}

extension TablePreparer {
    /// The value that a row of features, such as a network's reconstruction, stands for: the inverse
    /// of ``applied(to:)``.
    ///
    /// - Parameters:
    ///   - column: the position among ``columns``.
    ///   - features: one row, ``featureCount`` numbers.
    package func value(ofColumn column: Int, in features: UnsafePointer<Float>) -> CellValue {
        let own = features + offsets[column]
        switch columns[column].encoder {
        case .numeric(let encoder):
            return encoder.value(of: own).map(CellValue.number) ?? .missing
        case .categorical(let encoder):
            return encoder.level(of: own).map(CellValue.category) ?? .missing
        case .calendar(let encoder):
            return .time(encoder.time(of: own))
        }
    }

    /// Writes the features of a value: what ``applied(to:)`` makes of a cell.
    ///
    /// - Parameters:
    ///   - value: a number, a category, or a missing value, as the column is.
    ///   - column: the position among ``columns``.
    ///   - features: one row, ``featureCount`` numbers; those of the column are overwritten.
    package func write(
        _ value: CellValue,
        ofColumn column: Int,
        to features: UnsafeMutablePointer<Float>
    ) {
        let target = features + offsets[column]
        let own: Matrix
        switch columns[column].encoder {
        case .numeric(let encoder):
            if case .number(let number) = value {
                own = encoder.applied(to: [number])
            } else {
                own = encoder.applied(to: [.nan])
            }
        case .categorical(let encoder):
            if case .category(let level) = value {
                own = encoder.applied(to: [0], levels: [level])
            } else {
                own = encoder.applied(to: [-1], levels: [])
            }
        case .calendar(let encoder):
            var place: CalendarTime?
            if case .time(let time) = value { place = time }
            encoder.write(place, to: target)
            return
        }
        for i in 0..<own.columnCount { target[i] = own[0, i] }
    }
}
