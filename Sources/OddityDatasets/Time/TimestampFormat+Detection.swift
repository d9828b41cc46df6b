extension TimestampFormat {
    /// Finds out how the times of a column are written.
    ///
    /// The unit of numbers is told by the largest: below 10^11 they are seconds, below 10^14
    /// milliseconds, below 10^17 microseconds, else nanoseconds. Whether the day or the month comes first in
    /// `3/4/2024` is told by the values: one above 12 is a day, and dots come after a day. Where nothing
    /// tells, the column is refused.
    ///
    /// - Parameters:
    ///   - column: The times; missing ones are passed over.
    ///   - file: The file to name in errors.
    ///   - firstRow: The index in the file of the column's first row, counted from 0.
    ///   - allowsTimesOfDay: Whether times without a date will do.
    /// - Returns: The format; nil if there is no time in the column.
    /// - Throws: ``TimeError`` naming the row and the text that is no time, or that contradicts others.
    public static func detected(
        in column: Column,
        file: String = "the table",
        firstRow: Int = 0,
        allowsTimesOfDay: Bool = false
    ) throws -> TimestampFormat? {
        let location = DataLocation(file: file, column: column.name)
        var detector = TimestampDetector(location: location, allowsTimesOfDay: allowsTimesOfDay)
        switch column.values {
        case .numeric(let numbers):
            for number in numbers where !number.isNaN { detector.add(number) }
        case .categorical(let codes, let levels):
            for (row, code) in codes.enumerated() where code >= 0 {
                try detector.add(levels[Int(code)], row: firstRow + row + 1)
            }
        case .text(let texts):
            for (row, text) in texts.enumerated() {
                if let text { try detector.add(text, row: firstRow + row + 1) }
            }
        }
        return try detector.format()
    }
}
