public import OddityDatasets

extension TablePreparer {
    /// For each row of the training table the number of its cells that would have been evidence, had
    /// the row not been among those learned from.
    ///
    /// Such a cell holds the only value of its level, the only value that differs in a column that is
    /// constant otherwise, the only missing value, or the only one present. The share of such rows says
    /// how often new rows from the same source will hold values that training never saw (Good 1953).
    ///
    /// - Complexity: O(rows × columns).
    public func leaveOneOutEvidenceCounts(in table: Table) -> [Int] {
        var counts = [Int](repeating: 0, count: table.rowCount)
        for column in columns {
            if case .calendar(let encoder) = column.encoder {
                for row in encoder.loneRows(table[column.name]?.texts ?? []) { counts[row] += 1 }
                continue
            }
            switch table[column.name]?.values {
            case .numeric(let values):
                for row in NumericEncoder.loneRows(values) { counts[row] += 1 }
            case .categorical(let codes, _):
                for row in CategoricalEncoder.loneRows(codes) { counts[row] += 1 }
            case .text, nil: break
            }
        }
        return counts
    }
}

extension NumericEncoder {
    /// The rows whose value differs from that of all others, or is alone in being there or missing.
    fileprivate static func loneRows(_ values: [Double]) -> Set<Int> {
        let missing = values.indices.lazy.filter { values[$0].isNaN }.prefix(2)
        let present = values.indices.lazy.filter { !values[$0].isNaN }.prefix(2)
        var lone: Set<Int> = []
        if missing.count == 1, let row = missing.first, values.count > 1 { lone.insert(row) }
        if present.count == 1, let row = present.first, values.count > 1 { lone.insert(row) }
        if let row = loneValue(values) { lone.insert(row) }
        return lone
    }

    /// The row of the only value that differs from all others; nil if none or several do.
    private static func loneValue(_ values: [Double]) -> Int? {
        var groups: [(value: Double, row: Int, count: Int)] = []
        for (row, value) in values.enumerated() where !value.isNaN {
            if let place = groups.firstIndex(where: { $0.value == value }) {
                groups[place].count += 1
            } else if groups.count == 2 {
                return nil
            } else {
                groups.append((value, row, 1))
            }
        }
        guard groups.count == 2, groups[0].count + groups[1].count > 2 else { return nil }
        return groups.first { $0.count == 1 }?.row
    }
}

extension CalendarEncoder {
    /// The rows that are alone in their hour, weekday or month, or in being without a time.
    fileprivate func loneRows(_ texts: [String?]) -> [Int] {
        texts.indices.filter { row in
            guard let time = texts[row].flatMap(time(of:)) else { return missingCount == 1 }
            return parts.contains { part in
                time.part(of: part.cycle).map { part.counts[$0] == 1 } ?? false
            }
        }
    }
}

extension CategoricalEncoder {
    /// The rows that are alone with their level, or alone in missing one.
    fileprivate static func loneRows(_ codes: [Int32]) -> [Int] {
        guard codes.count > 1 else { return [] }
        var counts: [Int32: Int] = [:]
        for code in codes { counts[code, default: 0] += 1 }
        return codes.indices.filter { counts[codes[$0]] == 1 }
    }
}
