package import LinearAlgebra
internal import Preprocessing

/// Held-out rows, and the same rows with values planted from other rows.
///
/// Each planted value is a real one of its column, so that only how columns hang together is broken.
/// A network with a code so wide that it copies its input rebuilds planted rows as well as real ones;
/// one that has learned how columns hang together does not. (Columns drawn from their own
/// distributions stand for anomalies in Shi and Horvath 2006; choosing detectors by synthetic
/// anomalies is studied by Fung et al. 2023, arXiv 2310.10461.)
package struct PlantedRows: Sendable {
    /// Rows × features, as they are.
    package let normal: Matrix
    /// The same rows, once for each entry of ``shares``.
    package let changed: [Matrix]

    /// The shares of the columns whose values are planted; at least one column is.
    package static let shares = [0.0, 0.1]
    /// The most rows of a fold that are looked at.
    package static let rowLimit = 512

    /// Plants values into rows.
    ///
    /// - Parameters:
    ///   - rows: which rows to change; a sample of many.
    ///   - features: all rows, which values are taken from.
    ///   - columns: the features of each column; those of one column are taken together.
    ///   - stream: what is drawn from.
    package init(
        rows: [Int],
        of features: Matrix,
        columns: [Range<Int>],
        using stream: inout RandomStream
    ) {
        var sample = rows
        if rows.count > PlantedRows.rowLimit {
            stream.shuffle(&sample)
            sample = sample.prefix(PlantedRows.rowLimit).sorted()
        }
        normal = features.rows(at: sample)
        let columns = columns.filter { !$0.isEmpty }
        var changed: [Matrix] = []
        for share in PlantedRows.shares {
            let count = max(1, Int((share * Double(columns.count)).rounded()))
            var copy = normal
            copy.plant(count, of: columns, from: features, using: &stream)
            changed.append(copy)
        }
        self.changed = changed
    }
}

extension Matrix {
    /// Gives each row the values that other rows have in some columns.
    fileprivate mutating func plant(
        _ count: Int,
        of columns: [Range<Int>],
        from donors: Matrix,
        using stream: inout RandomStream
    ) {
        let width = columnCount
        var order = Array(columns.indices)
        withUnsafeMutableElements { elements in
            donors.withUnsafeElements { donated in
                for row in 0..<elements.count / width {
                    // The first places of a shuffle: as many different columns.
                    for place in 0..<min(count, order.count) {
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
}
