internal import COddityKernels
internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Features in which every column of numbers is normal: a value is replaced by the normal quantile of its rank among
/// the training rows.
///
/// However skewed or heavy-tailed a column is, one step then means the same everywhere. Equal values share
/// their middle rank, values between two learned ones are interpolated, and beyond the ends a value goes on by as many
/// deviations as it lies beyond. A training row is placed among the others: its own value, learned, would look nearer to them
/// than a new one just as large. Indicators and categories stay as they are.
struct NormalScores: Sendable, Equatable {
    /// Values that are kept of a feature at most, evenly spaced in their quantiles.
    static let knotLimit = 512

    /// One feature's learned values, ascending, with their quantiles; none for a feature that stays as it is.
    struct Curve: Sendable, Equatable {
        var values: [Float] = []
        var quantiles: [Float] = []
        /// The feature's standard deviation.
        var deviation: Float = 1
    }

    let curves: [Curve]

    /// Restores what was learned.
    init(curves: [Curve]) {
        self.curves = curves
    }

    /// Learns from rows of features.
    ///
    /// - Complexity: O(features × rows × log rows).
    init(_ features: Matrix, rows: [Int], preparer: TablePreparer) {
        var curves = [Curve](repeating: Curve(), count: features.columnCount)
        for feature in Self.ranked(preparer) {
            curves[feature] = Curve(Self.ranks(features, rows: rows, feature: feature))
        }
        self.curves = curves
    }

    /// The features that are ranked: those of numbers that vary, and of times.
    static func ranked(_ preparer: TablePreparer) -> [Int] {
        preparer.columns.indices.flatMap { index -> [Int] in
            let features = preparer.features(ofColumn: index)
            return switch preparer.columns[index].encoder {
            case .numeric(let encoder): encoder.content == .varying ? [features.lowerBound] : []
            case .calendar: Array(features)
            case .categorical: []
            }
        }
    }

    private static func ranks(_ features: Matrix, rows: [Int], feature: Int) -> ValueRanks {
        ValueRanks(
            sorted: features.withUnsafeElements { elements in
                rows.map { elements[$0 * features.columnCount + feature] }.sorted()
            }
        )
    }

    /// The scores of rows that were not learned from.
    func scores(of features: Matrix) -> Matrix {
        var scores = Matrix(rowCount: features.rowCount, columnCount: features.columnCount)
        features.withUnsafeElements { elements in
            scores.withUnsafeMutableElements { scores in
                guard let source = elements.baseAddress, let target = scores.baseAddress else {
                    return
                }
                write(source, rowCount: features.rowCount, to: target)
            }
        }
        return scores
    }

    /// The scores of rows, those that were learned from as new rows would be placed: each among the others.
    ///
    /// Among many rows it makes no difference but at the ends: the others are placed among all.
    ///
    /// - Parameters:
    ///   - features: all rows of features.
    ///   - rows: those that were learned from.
    func scores(of features: Matrix, learnedFrom rows: [Int]) -> Matrix {
        var scores = scores(of: features)
        guard rows.count > 1 else { return scores }
        for (feature, curve) in curves.enumerated() where !curve.values.isEmpty {
            let ranks = Self.ranks(features, rows: rows, feature: feature)
            let count = ranks.values.count
            for row in rows {
                let value = features[row, feature]
                guard let index = ranks.index(of: value),
                    min(index, count - 1 - index) < Self.exactCount
                else { continue }
                scores[row, feature] = ranks.scoreAmongOthers(value, at: index)
            }
        }
        return scores
    }

    /// How many of the different values at each end are placed among the others exactly.
    private static let exactCount = 256

    /// Writes the scores of rows of features.
    func write(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        to scores: UnsafeMutablePointer<Float>
    ) {
        let width = curves.count
        for feature in curves.indices {
            if curves[feature].values.isEmpty {
                for row in 0..<rowCount {
                    scores[row * width + feature] = rows[row * width + feature]
                }
            } else {
                curves[feature].write(
                    rows + feature,
                    rowCount: rowCount,
                    stride: width,
                    to: scores + feature
                )
            }
        }
    }
}

extension NormalScores.Curve {
    /// Learns from the values of rows.
    init(_ ranks: ValueRanks) {
        deviation = ranks.deviation
        let last = ranks.values.count - 1
        let range = ranks.quantile(last) - ranks.quantile(0)
        let step = range / Double(NormalScores.knotLimit - 1)
        var next = -Double.infinity
        for index in 0...last {
            let quantile = ranks.quantile(index)
            guard quantile >= next || index == last else { continue }
            values.append(ranks.values[index])
            quantiles.append(Float(quantile))
            if last >= NormalScores.knotLimit { next = quantile + step }
        }
    }

    /// Writes the quantiles of values that are `stride` apart.
    func write(
        _ source: UnsafePointer<Float>,
        rowCount: Int,
        stride: Int,
        to target: UnsafeMutablePointer<Float>
    ) {
        values.withUnsafeBufferPointer { values in
            quantiles.withUnsafeBufferPointer { quantiles in
                let knots = oddity_knots(
                    values: values.baseAddress,
                    results: quantiles.baseAddress,
                    count: values.count,
                    scale: deviation
                )
                withUnsafePointer(to: knots) {
                    oddity_interpolate($0, source, target, rowCount, stride)
                }
            }
        }
    }
}
