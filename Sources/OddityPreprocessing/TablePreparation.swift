public import OddityDatasets

/// An estimator that learns to turn tables into the rows of a network: missing values, scaling,
/// clipping, features of categories, and a watch over what never changed.
///
/// It learns from training rows only; the result is stored in the model and applied to all others.
public struct TablePreparation: Codable, Sendable, Equatable {
    /// What to do with missing values; the median by default.
    public var missingValues: MissingValuePolicy
    /// How to scale numeric columns; standardized by default.
    public var scaling: ScalingMethod
    /// The distance from the training mean, in training standard deviations, to which wilder values
    /// are pulled; 20 by default.
    ///
    /// Beyond ``largestClippingLimit`` it has the effect of that.
    public var clippingLimit: Double
    /// How columns of times are written; nil to find it out.
    public var timeFormat: TimestampFormat?
    /// The zone of the clock by which times with an offset and numbers are looked at; nil for UTC.
    public var timeZone: TimeZoneRules?

    /// The distance to which values are pulled in any case, a million standard deviations: products of
    /// larger ones leave the range of the network's numbers.
    public static let largestClippingLimit = 1e6

    /// Makes an estimator.
    public init(
        missingValues: MissingValuePolicy = .median,
        scaling: ScalingMethod = .standardize,
        clippingLimit: Double = 20,
        timeFormat: TimestampFormat? = nil,
        timeZone: TimeZoneRules? = nil
    ) {
        self.missingValues = missingValues
        self.scaling = scaling
        self.clippingLimit = clippingLimit
        self.timeFormat = timeFormat
        self.timeZone = timeZone
    }

    /// Learns from a table of normal rows.
    ///
    /// Columns that its schema ignores are left out.
    ///
    /// - Throws: ``PreparationError`` if there are no rows or no usable columns, a number is infinite,
    ///   or a value is missing where the policy refuses that.
    /// - Complexity: O(rows × columns × log rows).
    public func fitted(to table: Table) throws -> TablePreparer {
        guard table.rowCount > 0 else { throw PreparationError.noRows }
        guard clippingLimit > 0, clippingLimit.isFinite else {
            throw PreparationError.invalidClipping(clippingLimit)
        }
        var columns: [PreparedColumn] = []
        let schemas = table.schema.columnsByName
        for column in table.columns {
            let isTime = schemas[column.name]?.kind == .time
            guard
                let encoder = isTime
                    ? try calendar(for: column, firstRow: table.firstRow)
                    : try encoder(for: column, firstRow: table.firstRow)
            else { continue }
            columns.append(PreparedColumn(name: column.name, encoder: encoder))
        }
        let preparer = TablePreparer(columns: columns).reading(numbersAs: table.schema)
        guard preparer.featureCount > 0 else { throw PreparationError.noUsableColumns }
        return preparer
    }

    private func calendar(
        for column: Column,
        firstRow: Int
    ) throws -> PreparedColumn.Encoder {
        try check(
            column.texts ?? [],
            column: column.name,
            firstRow: firstRow,
            policy: missingValues
        )
        let encoding = CalendarEncoding(
            missingValues: missingValues,
            format: timeFormat,
            zone: timeZone
        )
        return .calendar(try encoding.fitted(to: column, firstRow: firstRow))
    }

    private func encoder(for column: Column, firstRow: Int) throws -> PreparedColumn.Encoder? {
        switch column.values {
        case .numeric(let values):
            try check(values, column: column.name, firstRow: firstRow, policy: missingValues)
            let encoding = NumericEncoding(
                missingValues: missingValues,
                scaling: scaling,
                clippingLimit: min(clippingLimit, TablePreparation.largestClippingLimit)
            )
            return .numeric(encoding.fitted(to: values))
        case .categorical(let codes, let levels):
            try check(codes, column: column.name, firstRow: firstRow, policy: missingValues)
            let encoding = CategoricalEncoding(missingValues: missingValues, scaling: scaling)
            return .categorical(encoding.fitted(to: codes, levels: levels))
        case .text: return nil
        }
    }
}

/// Refuses infinite numbers unless they are evidence, and missing ones where the policy says so.
///
/// Rows are counted from 1.
func check(
    _ values: [Double],
    column: String,
    firstRow: Int,
    policy: MissingValuePolicy,
    allowsInfinities: Bool = false
) throws {
    for (index, value) in values.enumerated() where !value.isFinite {
        let row = firstRow + index + 1
        if value.isInfinite, allowsInfinities { continue }
        if value.isInfinite { throw PreparationError.notFinite(column: column, row: row) }
        if policy == .error { throw PreparationError.missingValue(column: column, row: row) }
    }
}

/// Refuses missing times where the policy says so.
///
/// Rows are counted from 1.
func check(
    _ texts: [String?],
    column: String,
    firstRow: Int,
    policy: MissingValuePolicy
) throws {
    guard policy == .error, let index = texts.firstIndex(of: nil) else { return }
    throw PreparationError.missingValue(column: column, row: firstRow + index + 1)
}

/// Refuses missing categories where the policy says so.
///
/// Rows are counted from 1.
func check(
    _ codes: [Int32],
    column: String,
    firstRow: Int,
    policy: MissingValuePolicy
) throws {
    guard policy == .error, let index = codes.firstIndex(where: { $0 < 0 }) else { return }
    throw PreparationError.missingValue(column: column, row: firstRow + index + 1)
}
