extension TableSummary {
    /// Decides what columns are used as by what was seen in them and what the options say.
    init(
        file: String,
        dialect: CSVDialect?,
        rowCount: Int,
        names: [String],
        profiles: [ColumnProfile],
        declarations: [String: ReadingOptions.Declaration]
    ) throws(DatasetError) {
        var columns: [ColumnSchema] = []
        var statistics: [ColumnStatistics] = []
        for (name, profile) in zip(names, profiles) {
            let decision = ColumnDecision(name: name, profile: profile, file: file)
            let (kind, reason) = try decision.decide(declarations[name])
            if kind == .categorical, let text = profile.firstInvalid {
                throw .invalidUTF8(
                    at: DataLocation(file: file, line: text.line, row: text.row, column: name)
                )
            }
            columns.append(ColumnSchema(name: name, kind: kind, reason: reason))
            statistics.append(ColumnStatistics(name: name, profile: profile))
        }
        self.init(
            file: file,
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
    ) throws(DatasetError) -> (kind: ColumnKind, reason: String) {
        switch declaration {
        case .ignored: return (.ignored, "as asked")
        case .label: return (.ignored, "the label")
        case .categorical: return (.categorical, "as asked")
        case .numeric:
            try requireNumbers()
            return (.numeric, "as asked")
        case nil: return try decide()
        }
    }
}

extension ColumnStatistics {
    fileprivate init(name: String, profile: ColumnProfile) {
        let hasNumbers = profile.numberCount > 0
        self.init(
            name: name,
            presentCount: profile.presentCount,
            missingCount: profile.missingCount,
            numberCount: profile.numberCount,
            minimum: hasNumbers ? profile.minimum : nil,
            maximum: hasNumbers ? profile.maximum : nil,
            mean: hasNumbers ? profile.mean : nil,
            distinctCount: profile.distinctCount,
            isDistinctCountExact: !profile.hasManyLevels,
            examples: profile.examples
        )
    }
}

extension RowReader {
    /// What is in each column of the rows that are left.
    func profiles(missing: MissingTokens) throws(DatasetError) -> [ColumnProfile] {
        var profiles = [ColumnProfile](repeating: ColumnProfile(), count: columnCount)
        while true {
            switch try next() {
            case .end, .notYet: return profiles
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
