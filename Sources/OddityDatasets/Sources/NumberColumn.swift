extension ColumnSchema {
    /// What a column is used as whose values are numbers already, as those of an array are.
    ///
    /// - Parameters:
    ///   - declaration: What the caller says of it.
    ///   - count: The number of values that are not missing.
    static func ofNumbers(
        _ name: String,
        _ declaration: ReadingOptions.Declaration?,
        count: Int
    ) -> ColumnSchema {
        switch declaration {
        case .ignored: ColumnSchema(name: name, kind: .ignored, reason: "as asked")
        case .label: ColumnSchema(name: name, kind: .ignored, reason: "the label")
        case .categorical: ColumnSchema(name: name, kind: .categorical, reason: "as asked")
        case .time: .calendar(name)
        case .numeric, nil:
            count == 0
                ? ColumnSchema(name: name, kind: .ignored, reason: emptyReason)
                : ColumnSchema(name: name, kind: .numeric, reason: "all values are numbers")
        }
    }
}

extension ColumnStatistics {
    /// What was seen in a column whose values are numbers already.
    init(name: String, _ numbers: NumberSummary, missingCount: Int) {
        let isThere = numbers.count > 0
        self.init(
            name: name,
            presentCount: numbers.count,
            missingCount: missingCount,
            numberCount: numbers.count,
            minimum: isThere ? numbers.minimum : nil,
            maximum: isThere ? numbers.maximum : nil,
            mean: isThere ? numbers.mean : nil,
            distinctCount: !isThere ? 0 : numbers.minimum == numbers.maximum ? 1 : 2,
            isDistinctCountExact: false,
            examples: []
        )
    }
}
