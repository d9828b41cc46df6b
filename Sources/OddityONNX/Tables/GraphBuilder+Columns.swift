internal import OddityDatasets
internal import OddityPreprocessing

/// Rows as a network takes them.
struct PreparedValues {
    /// Rows × features, of single precision.
    let features: GraphValue
    /// For each row how many of its cells training could not have produced, of double precision.
    let evidenceCount: GraphValue
}

extension GraphBuilder {
    /// Turns columns into features, as `TablePreparer` does.
    ///
    /// - Throws: ``ONNXError`` for a column that cannot be turned here.
    func prepared(by preparer: TablePreparer) throws(ONNXError) -> PreparedValues {
        var numbers: [(index: Int, input: GraphValue, encoder: NumericEncoder)] = []
        var blocks: [GraphValue] = []
        // For each block of features the places where they belong.
        var places: [Int] = []
        var evidence: [GraphValue] = []
        for (index, column) in preparer.columns.enumerated() {
            guard !GraphBuilder.outputNames.contains(column.name) else {
                throw .reservedName(column.name)
            }
            switch column.encoder {
            case .numeric(let encoder):
                try check(encoder, column: column.name)
                numbers.append((index, input(column.name, .double), encoder))
            case .categorical(let encoder):
                let level = level(of: input(column.name, .text), encoder)
                evidence.append(level.isEvidence)
                guard encoder.featureCount > 0 else { continue }
                blocks.append(level.features)
                places += preparer.features(ofColumn: index)
            case .calendar: throw .timeColumn(column.name)
            }
        }
        if !numbers.isEmpty {
            let scaled = scaled(joined(numbers.map(\.input)), numbers.map(\.encoder))
            evidence.append(scaled.isEvidence)
            let first = numbers.map { preparer.features(ofColumn: $0.index).lowerBound }
            let varying = numbers.indices.filter { numbers[$0].encoder.content == .varying }
            if !varying.isEmpty {
                blocks.append(scaled.values.columns(varying))
                places += varying.map { first[$0] }
            }
            let indicated = numbers.indices.filter { numbers[$0].encoder.indicator != nil }
            if !indicated.isEmpty {
                blocks.append(scaled.indicators.columns(indicated))
                places += indicated.map {
                    first[$0] + (numbers[$0].encoder.content == .varying ? 1 : 0)
                }
            }
        }
        let order = places.indices.sorted { places[$0] < places[$1] }
        return PreparedValues(
            features: joined(blocks).columns(order),
            evidenceCount: joined(evidence).cast(to: .double).rowSum
        )
    }

    private func check(_ encoder: NumericEncoder, column: String) throws(ONNXError) {
        guard encoder.tail != nil else { throw .earlierModel }
        guard (encoder.high - encoder.center).isFinite, (encoder.low - encoder.center).isFinite
        else { throw .farNumbers(column) }
    }
}
