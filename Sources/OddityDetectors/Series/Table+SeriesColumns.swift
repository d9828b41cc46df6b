internal import OddityDatasets
internal import OddityPreprocessing
internal import OdditySeries

extension Table {
    /// Refuses infinite numbers, before rows become steps and are counted anew.
    ///
    /// - Throws: `PreparationError.notFinite` with the row, counted from 1.
    func refuseInfinite(in columns: [Column]) throws {
        for column in columns {
            guard let row = column.numbers?.firstIndex(where: \.isInfinite) else { continue }
            throw PreparationError.notFinite(column: column.name, row: firstRow + row + 1)
        }
    }

    /// The columns that a detector was fitted to, in the order of its fit, and those of time and entity.
    ///
    /// Missing values in other columns are nobody's concern.
    ///
    /// - Throws: `PreparationError` if a column is missing or of another kind, or a number is infinite.
    func columns(for detector: FittedSeriesDetector) throws -> Table {
        let sources = Dictionary(
            columns.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let required = detector.preparer.columns
        let missing = required.map(\.name).filter { sources[$0] == nil }
        guard missing.isEmpty else { throw PreparationError.missingColumns(missing) }
        for column in required where sources[column.name]?.kind != column.kind {
            throw PreparationError.wrongKind(
                column: column.name,
                expected: column.kind == .numeric ? "numbers" : "categories"
            )
        }
        let chosen = required.compactMap { sources[$0.name] }
        try refuseInfinite(in: chosen)
        let keys = detector.keyColumns.map { sources[$0] }
        // A tracker names a lacking column of times among those that there are.
        guard !keys.contains(nil) else { return self }
        return try Table(columns: chosen + keys.compactMap(\.self))
    }
}
