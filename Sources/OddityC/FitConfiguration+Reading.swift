internal import OddityDatasets
internal import OddityRecords

extension FitConfiguration {
    /// What should not be found out from the values of columns.
    ///
    /// - Parameter categories: Columns that are categories if no option speaks of them.
    func readingOptions(categories: [String] = []) throws -> ReadingOptions {
        let decimal: NumberNotation.DecimalMark? = try options.named(.decimal)
        let thousands: NumberNotation.GroupMark? = try options.named(.thousands)
        guard
            !(thousands == .comma && decimal == .comma
                || thousands == .point && decimal == .point)
        else { throw InvalidArgument("options decimal and thousands name the same mark") }
        var result = ReadingOptions(
            missingTokens: try options.texts(.missing)
                .reduce(MissingTokens.standard) { $0.adding($1) },
            decimalMark: decimal,
            thousandsMark: thousands,
            ignoredColumns: try options.texts(.ignore),
            categoricalColumns: try options.texts(.categorical),
            numericColumns: try options.texts(.numeric),
            calendarColumns: try options.texts(.timeFeatures),
            labelColumn: try options.text(.label),
            schema: try options.schema()
        )
        guard result.schema == nil else { return result }
        let named = try Set(
            result.ignoredColumns + result.categoricalColumns + result.numericColumns
                + result.calendarColumns
                + [FitOption.label, .time, .entity].compactMap { try options.text($0) }
        )
        result.categoricalColumns += categories.filter { !named.contains($0) }
        return result
    }

    /// How times are written; nil to find it out.
    func timeFormat() throws -> TimestampFormat? {
        let order: TimeOrder? = try options.named(.timeOrder)
        let format: TimestampFormat? = try options.named(.timeFormat)
        guard order == nil || format == nil else {
            throw InvalidArgument(
                "option time_order is for dates and time_format for numbers; give one"
            )
        }
        return order?.format ?? format
    }

    /// The zone of times that are written without an offset; nil for UTC.
    func timeZone() throws -> TimeZoneRules? {
        try options.text(.timeZone).map { try TimeZoneRules(named: $0) }
    }

    /// The column of known answers, and what they mean; nil where none was named.
    func labelFilter() throws -> LabelFilter? {
        guard let column = try options.text(.label) else {
            guard let stray = options.firstGiven(of: .positive, .normal) else { return nil }
            throw InvalidArgument("option \(stray.rawValue) needs label, the column of labels")
        }
        return LabelFilter(
            column: column,
            positive: try options.text(.positive),
            normal: try options.text(.normal)
        )
    }
}

extension Options<FitOption> {
    /// What columns are used as; nil to find it out.
    fileprivate func schema() throws -> Schema? {
        guard let value = value(.schema) else { return nil }
        guard case .object = value, let schema = try SchemaFile.decode(value.encoded()) else {
            throw invalid(.schema, "what oddity_inspect returns")
        }
        return schema
    }
}
