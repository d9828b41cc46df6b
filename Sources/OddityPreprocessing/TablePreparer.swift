public import OddityDatasets
internal import OddityLinearAlgebra

/// A column as a preparation learned it.
public struct PreparedColumn: Codable, Sendable, Equatable {
    /// How the column becomes features.
    public enum Encoder: Codable, Sendable, Equatable {
        /// A column of numbers.
        case numeric(NumericEncoder)
        /// A column of categories.
        case categorical(CategoricalEncoder)
        /// A column of dates and times, of which the hour, the weekday and the month are looked at.
        case calendar(CalendarEncoder)
    }

    /// The column's name; columns are found by it, wherever they stand in a table.
    public let name: String
    /// How the column becomes features.
    public let encoder: Encoder
    /// How the column writes its numbers, in files too that are read later; nil for plain numbers.
    public var notation: NumberNotation?

    /// The number of features of the column.
    public var featureCount: Int {
        switch encoder {
        case .numeric(let encoder): encoder.featureCount
        case .categorical(let encoder): encoder.featureCount
        case .calendar(let encoder): encoder.featureCount
        }
    }

    /// Whether the column gives no features and is only watched for change.
    public var isOnlyWatched: Bool { featureCount == 0 }

    /// The kind of column that tables must have under this name.
    public var kind: ColumnKind {
        switch encoder {
        case .numeric: .numeric
        case .categorical: .categorical
        case .calendar: .time
        }
    }
}

/// A transformer from tables to rows for a network, learned by ``TablePreparation``.
///
/// Each row is transformed by itself: its features do not depend on the other rows.
public struct TablePreparer: Codable, Sendable, Equatable {
    /// The columns, in the order of training.
    public let columns: [PreparedColumn]
    /// The first feature of each column, and the feature count after the last.
    let offsets: [Int]

    init(columns: [PreparedColumn]) {
        self.columns = columns
        offsets = columns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.featureCount) }
    }

    /// The number of features of a row.
    public var featureCount: Int { offsets[columns.count] }

    /// The features of a column.
    public func features(ofColumn column: Int) -> Range<Int> {
        offsets[column]..<offsets[column + 1]
    }

    /// The columns that a table must have.
    public var requiredSchema: Schema {
        Schema(
            columns: columns.map {
                ColumnSchema(
                    name: $0.name,
                    kind: $0.kind,
                    reason: "as learned in training",
                    notation: $0.notation
                )
            }
        )
    }

    /// The same with the notations of numbers that a schema has.
    package func reading(numbersAs schema: Schema) -> TablePreparer {
        let schemas = schema.columnsByName
        return TablePreparer(
            columns: columns.map { column in
                var column = column
                column.notation = schemas[column.name]?.notation
                return column
            }
        )
    }

    /// Transforms the rows of a table.
    ///
    /// Columns are matched by name; others are ignored. An infinite number is clipped like every wild one, and evidence
    /// beside: training held none.
    ///
    /// - Throws: ``PreparationError`` if a column is missing or of another kind, or a value is missing where the
    ///   policy refuses that.
    public func applied(to table: Table) throws -> PreparedRows {
        let places = try places(in: table)
        var features = Matrix(rowCount: table.rowCount, columnCount: featureCount)
        var evidence: [PreparedRows.Evidence] = []
        try features.withUnsafeMutableElements { elements in
            // A matrix of no elements has an address all the same.
            guard let base = elements.baseAddress else { return }
            // Columns where they are: a copy of one counts as many references as a column has parts.
            for index in columns.indices {
                try columns[index].write(
                    table.columns[places?[index] ?? index],
                    firstRow: table.firstRow,
                    to: base + offsets[index],
                    stride: featureCount
                ) { evidence.append(PreparedRows.Evidence(row: $0, column: index)) }
            }
        }
        return PreparedRows(features: features, evidence: evidence)
    }

    /// Where each column is in a table; nil where all stand as in training, as they do in most tables.
    private func places(in table: Table) throws -> [Int]? {
        let isInOrder =
            table.columns.count >= columns.count
            && columns.indices.allSatisfy { columns[$0].name == table.columns[$0].name }
        guard !isInOrder else { return nil }
        let places = Dictionary(
            table.columns.indices.map { (table.columns[$0].name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let missing = columns.map(\.name).filter { places[$0] == nil }
        guard missing.isEmpty else { throw PreparationError.missingColumns(missing) }
        return columns.compactMap { places[$0.name] }
    }

    private enum CodingKeys: CodingKey { case columns }

    /// Reads a preparation; the positions of features follow from the columns.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(columns: try container.decode([PreparedColumn].self, forKey: .columns))
        if let flaw {
            throw DecodingError.dataCorruptedError(
                forKey: .columns,
                in: container,
                debugDescription: flaw
            )
        }
    }
}

extension PreparedColumn {
    fileprivate func write(
        _ source: Column,
        firstRow: Int,
        to features: UnsafeMutablePointer<Float>,
        stride: Int,
        isEvidence: (Int) -> Void
    ) throws {
        switch (encoder, source.values) {
        case (.numeric(let encoder), .numeric(let values)):
            try check(
                values,
                column: name,
                firstRow: firstRow,
                policy: encoder.missingValues,
                allowsInfinities: true
            )
            encoder.write(values, to: features, stride: stride, isEvidence: isEvidence)
        case (.categorical(let encoder), .categorical(let codes, let levels)):
            try check(
                codes,
                column: name,
                firstRow: firstRow,
                policy: encoder.missingValues
            )
            encoder.write(
                codes,
                levels: levels,
                to: features,
                stride: stride,
                isEvidence: isEvidence
            )
        case (.calendar(let encoder), .categorical), (.calendar(let encoder), .text):
            let texts = source.texts ?? []
            try check(texts, column: name, firstRow: firstRow, policy: encoder.missingValues)
            encoder.write(texts, to: features, stride: stride, isEvidence: isEvidence)
        case (.numeric, _):
            throw PreparationError.wrongKind(column: name, expected: "numbers")
        case (.categorical, _):
            throw PreparationError.wrongKind(column: name, expected: "categories")
        case (.calendar, _):
            throw PreparationError.wrongKind(column: name, expected: "times")
        }
    }
}
