extension TableSummary {
    /// Decides what columns are used as by what was seen in them and what the options say.
    init(
        file: String,
        format: TableFormat,
        dialect: CSVDialect?,
        rowCount: Int,
        names: [String],
        profiles: [ColumnProfile],
        options: ReadingOptions
    ) throws(DatasetError) {
        let declarations = try options.declarations(names: names, file: file)
        let preference = NotationPreference(options, profiles)
        let pinned = try options.pinnedColumns(names: names, file: file)
        var columns: [ColumnSchema] = []
        var statistics: [ColumnStatistics] = []
        for (index, (name, profile)) in zip(names, profiles).enumerated() {
            let decision = ColumnDecision(
                name: name,
                profile: profile,
                file: file,
                preference: preference
            )
            let declaration = declarations[name]
            let column: ColumnSchema
            if declaration == nil, let pinned {
                column = pinned[index]
            } else {
                column = try decision.decide(declaration)
            }
            if column.kind == .categorical, let text = profile.firstInvalid {
                var location = text.location
                location.column = name
                throw .invalidUTF8(at: location)
            }
            columns.append(column)
            statistics.append(ColumnStatistics(column, profile))
        }
        self.init(
            file: file,
            format: format,
            dialect: dialect,
            rowCount: rowCount,
            schema: Schema(columns: columns),
            statistics: statistics
        )
    }
}

extension ColumnDecision {
    fileprivate func decide(
        _ declaration: ReadingOptions.Declaration?
    ) throws(DatasetError) -> ColumnSchema {
        switch declaration {
        case .ignored: column(.ignored, "as asked")
        case .label: column(.ignored, "the label")
        case .categorical: column(.categorical, "as asked")
        case .numeric: try declaredNumeric()
        case .time: .calendar(name)
        case nil: try decide()
        }
    }
}

extension ColumnStatistics {
    fileprivate init(_ column: ColumnSchema, _ profile: ColumnProfile) {
        let numbers = profile.summary(column.notation)
        // Among numbers, what is none is missing; a column of text has it as it stands.
        let others = profile.others(column.notation)
        let isNumeric = column.kind == .numeric
        let missing = isNumeric ? others.count : 0
        // The few numbers in a column of text say nothing of it.
        let isOfNumbers =
            numbers.count > 0 && (isNumeric || numbers.count == profile.presentCount)
        let distinctTexts = isNumeric ? others.texts.count + others.distinctWordCount : 0
        self.init(
            name: column.name,
            presentCount: profile.presentCount - missing,
            missingCount: profile.missingCount + missing,
            numberCount: numbers.count,
            minimum: isOfNumbers ? numbers.minimum : nil,
            maximum: isOfNumbers ? numbers.maximum : nil,
            mean: isOfNumbers ? numbers.mean : nil,
            distinctCount: profile.hasManyLevels
                ? profile.distinctCount : profile.distinctCount - distinctTexts,
            isDistinctCountExact: !profile.hasManyLevels,
            examples: profile.examples
        )
    }
}

extension RowReader {
    /// Adds what is in each column of the rows that are left.
    func add(
        to columns: inout [ColumnProfile],
        missing: MissingTokens
    ) throws(DatasetError) {
        // A local array is changed in place without a look at who else holds it.
        var profiles = columns
        columns = []
        defer { columns = profiles }
        for index in profiles.indices {
            profiles[index].origin.file = records.source.path
            profiles[index].origin.hasLines = records.source.hasLines
        }
        while true {
            switch try next() {
            case .end, .notYet: return
            case .blank: profiles[0].addMissing()
            case .row:
                for index in profiles.indices {
                    let content = trimmingBlanks(records.content(index))
                    if missing.contains(content) {
                        profiles[index].addMissing()
                    } else if records.fields[index].style.isEscaped {
                        records.unescaped(index).withUnsafeBufferPointer {
                            profiles[index].add($0, line: records.recordLine, row: rowCount)
                        }
                    } else {
                        profiles[index].add(content, line: records.recordLine, row: rowCount)
                    }
                }
            }
        }
    }
}
