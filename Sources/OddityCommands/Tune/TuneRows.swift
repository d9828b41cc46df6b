internal import OddityDatasets
internal import OddityModelSelection
internal import OddityRecords

/// The rows of a search: to train on, to choose by, and to judge the choice.
struct TuneRows {
    let train: Table
    let summary: TableSummary
    let validation: LabeledRows?
    let test: LabeledRows?
    /// What was left out of the training rows, for a person.
    let lines: [String]

    /// - Parameter label: the column of answers, which is left out of the training rows.
    init(
        train path: String,
        label: String?,
        judging: JudgingArguments,
        options: ReadingOptions,
        memory: MemoryBudget,
        seed: UInt64
    ) throws {
        let reader = try openTable(path, options)
        let found = try reader.inferSchema()
        let schema = Schema(columns: found.schema.columns.filter { $0.name != label })
        let filter = label.flatMap { label in
            found.schema.names.contains(label)
                ? LabelFilter(column: label, positive: judging.positive, normal: nil) : nil
        }
        summary = found.without(column: label)
        let (sample, note) = try memory.rows(
            of: reader,
            summary,
            keeping: Set([filter?.column].compactMap { $0 }),
            seed: seed
        )
        let (kept, labelLines) =
            try filter?.applied(to: sample.rows, file: path) ?? (sample.rows, [])
        train = kept
        lines = [note].compactMap { $0 } + labelLines
        guard let file = judging.validation, let label else {
            (validation, test) = (nil, nil)
            return
        }
        let used = Schema(columns: schema.columns.filter { $0.kind != .ignored })
        func read(_ path: String) throws -> LabeledRows {
            try LabeledRows(
                reading: path,
                schema: used,
                labels: Labels(column: label, positive: judging.positive),
                options: options
            )
        }
        let rows = try read(file)
        if let file = judging.test {
            (validation, test) = (rows, try read(file))
        } else {
            (validation, test) = try rows.split(testShare: judging.testShare ?? 0.5, seed: seed)
        }
    }
}

extension LabeledRows {
    /// Reads rows and their labels.
    ///
    /// - Parameter keys: columns to keep as text besides.
    init(
        reading path: String,
        schema: Schema,
        labels: Labels,
        keeping keys: Set<String> = [],
        options: ReadingOptions
    ) throws {
        var labels = labels
        let reader = try openTable(path, options)
        try reader.select(schema, keeping: keys.union([labels.column]))
        let table = try reader.readAll()
        try labels.append(table, file: path)
        try labels.checkPositive(file: path)
        self.init(table: table, labels: labels.values)
    }
}

extension TableSummary {
    /// The summary of a table that a column was left out of.
    fileprivate func without(column name: String?) -> TableSummary {
        var summary = self
        for index in schema.columns.indices.reversed() where schema.columns[index].name == name {
            summary.schema.columns.remove(at: index)
            summary.statistics.remove(at: index)
        }
        return summary
    }
}

extension ColumnArguments {
    /// The arguments for files that may lack the column of labels.
    var withoutLabel: ColumnArguments {
        var copy = self
        copy.label = nil
        return copy
    }
}
