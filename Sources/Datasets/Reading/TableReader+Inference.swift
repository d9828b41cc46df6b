extension TableReader {
    /// Reads the whole file once to learn what is in its columns, and goes back to the start.
    ///
    /// Standard input and other streams are kept in a temporary file for the second pass. See
    /// ``ColumnSchema/reason`` for why a column is used as it is; the options can say otherwise.
    ///
    /// - Throws: ``DatasetError`` if there are no data rows, a row is malformed, or a column of
    ///   numbers holds a value that is none.
    public func inferSchema() throws -> TableSummary {
        let declarations = try options.declarations(names: columnNames, file: path)
        try prepareForTwoPasses()
        try beginRows()
        let profiles = try profileColumns()
        guard rows.rowCount > 0 else { throw noRows() }

        var columns: [ColumnSchema] = []
        var statistics: [ColumnStatistics] = []
        for (name, profile) in zip(columnNames, profiles) {
            let (kind, reason) = try decide(name, profile, declarations[name])
            columns.append(ColumnSchema(name: name, kind: kind, reason: reason))
            statistics.append(ColumnStatistics(name: name, profile: profile))
        }
        let rowCount = rows.rowCount
        knownRowCount = rowCount
        return TableSummary(
            file: path,
            dialect: dialect,
            rowCount: rowCount,
            schema: Schema(columns: columns),
            statistics: statistics
        )
    }

    private func profileColumns() throws(DatasetError) -> [ColumnProfile] {
        let records = rows.records
        let missing = options.missingTokens
        var profiles = [ColumnProfile](repeating: ColumnProfile(), count: columnNames.count)
        while true {
            switch try rows.next() {
            case .end, .notYet: return profiles
            case .blank: profiles[0].addMissing()
            case .row:
                for index in profiles.indices {
                    let content = trimmingBlanks(records.content(index))
                    if missing.contains(content) {
                        profiles[index].addMissing()
                    } else if records.fields[index].style == .escaped {
                        records.undoubled(content).withUnsafeBufferPointer {
                            profiles[index].add($0, line: records.recordLine, row: rows.rowCount)
                        }
                    } else {
                        profiles[index].add(
                            content,
                            line: records.recordLine,
                            row: rows.rowCount
                        )
                    }
                }
            }
        }
    }

    private func decide(
        _ name: String,
        _ profile: ColumnProfile,
        _ declaration: ReadingOptions.Declaration?
    ) throws(DatasetError) -> (kind: ColumnKind, reason: String) {
        let decision = ColumnDecision(name: name, profile: profile, file: path)
        switch declaration {
        case .ignored: return (.ignored, "as asked")
        case .label: return (.ignored, "the label")
        case .categorical: return (.categorical, "as asked")
        case .numeric:
            try decision.requireNumbers()
            return (.numeric, "as asked")
        case nil: return try decision.decide()
        }
    }
}

extension ColumnStatistics {
    init(name: String, profile: ColumnProfile) {
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
