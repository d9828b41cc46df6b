internal import OddityDatasets
package import OddityLinearAlgebra
package import OddityPreprocessing

/// Held-out rows, and the same rows with changes planted in them.
///
/// Values of other rows are real ones of their columns, so that only how columns depend on each other is broken;
/// faint noise leads away from where normal rows lie. A network with a code so wide that it copies its
/// input rebuilds changed rows as well as real ones; one that has learned what normal rows are does
/// not. (Columns drawn from their own distributions stand for anomalies in Shi and Horvath 2006;
/// choosing detectors by synthetic anomalies is studied by Fung et al. 2023, arXiv 2310.10461.)
package struct PlantedRows: Sendable {
    /// What is changed in a row.
    package enum Change: Sendable, Equatable {
        /// A share of the columns, at least one, has the values of other rows.
        case values(share: Double)
        /// Every number has normal noise of so many of its feature's standard deviations.
        case noise(deviations: Float)
    }

    /// Rows × features, as they are.
    package let normal: Matrix
    /// The same rows, once for each change that can be made.
    package let changed: [Matrix]

    /// The changes.
    package static let changes: [Change] = [
        .values(share: 0), .values(share: 0.1), .noise(deviations: 0.1),
    ]
    /// The most rows of a fold that are looked at.
    package static let rowLimit = 512

    /// Plants changes in rows.
    ///
    /// - Parameters:
    ///   - rows: which rows to change; a sample of many.
    ///   - features: all rows, which values are taken from.
    ///   - preparer: tells the features of each column.
    ///   - stream: what is drawn from.
    package init(
        rows: [Int],
        of features: Matrix,
        preparer: TablePreparer,
        using stream: inout RandomStream
    ) {
        var sample = rows
        if rows.count > PlantedRows.rowLimit {
            stream.shuffle(&sample)
            sample = sample.prefix(PlantedRows.rowLimit).sorted()
        }
        normal = features.rows(at: sample)
        let columns = preparer.columns.indices.map(preparer.features(ofColumn:))
        let numbers = zip(preparer.columns, columns).compactMap { column, features in
            column.kind == .numeric ? features.first : nil
        }
        var changed: [Matrix] = []
        for change in PlantedRows.changes {
            var copy = normal
            switch change {
            case .values(let share):
                copy.plant(
                    share: share,
                    of: columns.filter { !$0.isEmpty },
                    from: features,
                    using: &stream
                )
            case .noise(let deviations):
                guard !numbers.isEmpty else { continue }
                copy.addNoise(
                    features.deviations(of: numbers).map { deviations * $0 },
                    to: numbers,
                    using: &stream
                )
            }
            changed.append(copy)
        }
        self.changed = changed
    }
}

extension Matrix {
    /// Gives each row the values that other rows have in some columns.
    fileprivate mutating func plant(
        share: Double,
        of columns: [Range<Int>],
        from donors: Matrix,
        using stream: inout RandomStream
    ) {
        let count = min(columns.count, max(1, Int((share * Double(columns.count)).rounded())))
        let width = columnCount
        var order = Array(columns.indices)
        withUnsafeMutableElements { elements in
            donors.withUnsafeElements { donated in
                for row in 0..<elements.count / width {
                    // The first places of a shuffle: as many different columns.
                    for place in 0..<count {
                        order.swapAt(
                            place,
                            place + stream.integer(below: order.count - place)
                        )
                        let donor = stream.integer(below: donors.rowCount)
                        for feature in columns[order[place]] {
                            elements[row * width + feature] = donated[donor * width + feature]
                        }
                    }
                }
            }
        }
    }

    /// Adds normal noise to some features.
    fileprivate mutating func addNoise(
        _ deviations: [Float],
        to features: [Int],
        using stream: inout RandomStream
    ) {
        var noise = [Float](repeating: 0, count: features.count)
        for row in 0..<rowCount {
            noise.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
            for (place, feature) in features.enumerated() {
                self[row, feature] += deviations[place] * noise[place]
            }
        }
    }

    /// The standard deviations of some features.
    fileprivate func deviations(of features: [Int]) -> [Float] {
        features.map { feature in
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<rowCount {
                let value = Double(self[row, feature])
                sum += value
                squares += value * value
            }
            let mean = sum / Double(rowCount)
            return Float(max(squares / Double(rowCount) - mean * mean, 0).squareRoot())
        }
    }
}
