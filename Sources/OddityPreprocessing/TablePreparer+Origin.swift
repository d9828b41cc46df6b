internal import OddityDatasets

extension TablePreparer {
    /// What this preparation cannot have learned, for a preparer that was read from a file beside the settings that it was
    /// learned with; nil where all numbers follow from one another.
    ///
    /// Numbers of models that were written before a column's tail or distribution was kept are not looked at.
    package func flaw(learnedBy preparation: TablePreparation) -> String? {
        for column in columns {
            let flaw =
                switch column.encoder {
                case .numeric(let encoder): encoder.flaw(learnedBy: preparation)
                case .categorical(let encoder): encoder.flaw(learnedBy: preparation)
                case .calendar: nil as String?
                }
            if let flaw { return "column \(quoted(column.name)) \(flaw)" }
        }
        return nil
    }
}

extension NumericEncoder {
    fileprivate func flaw(learnedBy preparation: TablePreparation) -> String? {
        guard missingValues == preparation.missingValues else {
            return "stands for missing values otherwise than its settings say"
        }
        guard let tail, let distribution else { return nil }
        guard let least = distribution.values.first, let greatest = distribution.values.last else {
            return nil
        }
        switch content {
        case .constant(let value):
            guard low == high, distribution.values == [value], fill == value else {
                return "always held \(value) and has other values"
            }
            return nil
        case .varying:
            if least == greatest { return "varied between \(least) and \(greatest)" }
        case .alwaysMissing: return "had no values and has a distribution of them"
        }
        guard least...greatest ~= fill else { return "is filled with \(fill), beyond its values" }
        guard (indicator != nil) == (missingShare > 0), missingShare < 1 else {
            return "has a share of missing values of \(missingShare)"
        }
        let reach = min(preparation.clippingLimit, TablePreparation.largestClippingLimit) * tail
        guard isNear(high / 2 - low / 2, reach, beside: abs(high) + abs(low)) else {
            return "has limits that are not \(preparation.clippingLimit) deviations from the mean"
        }
        return isScaled(by: preparation.scaling, least, greatest, tail: tail)
            ? nil : "has the middle \(center) and the scale \(scale), which its values do not give"
    }

    /// Whether middle and scale follow from the values that are known.
    private func isScaled(
        by method: ScalingMethod,
        _ least: Double,
        _ greatest: Double,
        tail: Double
    ) -> Bool {
        switch method {
        case .standardize:
            return scale == tail && isNear(center, low / 2 + high / 2, beside: high - low)
        case .minMax:
            let (bottom, top) = (max(least, low), min(greatest, high))
            let range = min(top - bottom, .greatestFiniteMagnitude)
            return center == bottom && scale == (range > 0 ? range : 1)
        case .robust:
            let isInside = scale <= greatest - least || !(greatest - least).isFinite
            return least...greatest ~= center && (isInside || scale == tail)
        case .none: return center == 0 && scale == 1
        }
    }
}

extension CategoricalEncoder {
    fileprivate func flaw(learnedBy preparation: TablePreparation) -> String? {
        guard missingValues == preparation.missingValues else {
            return "stands for missing values otherwise than its settings say"
        }
        guard zip(levels, levels.dropFirst()).allSatisfy(<) else {
            return "has levels out of order"
        }
        guard shares.allSatisfy({ $0 > 0 }), isNear(shares.reduce(0, +), 1, beside: 1) else {
            return "has shares that do not add up to 1"
        }
        if codeLength != nil {
            let expected = SignCodes(count: shares.count).mean(shares: shares)
            let variance = 1 - expected.reduce(0) { $0 + $1 * $1 }
            let isSound =
                (preparation.scaling == .standardize || preparation.scaling == .robust)
                && zip(centers, expected).allSatisfy { isNear($0, $1, beside: 1) }
                && isNear(scale * scale, variance, beside: 1)
            return isSound ? nil : "has codes of other shares"
        }
        let variance = shares.reduce(0) { $0 + $1 * (1 - $1) }
        let isScaled: Bool =
            switch preparation.scaling {
            case .standardize, .robust: variance > 0
            case .minMax, .none: false
            }
        let isSound =
            isScaled
            ? centers == shares && isNear(scale * scale, variance, beside: variance)
            : centers.allSatisfy { $0 == 0 } && scale == 1
        return isSound ? nil : "has centers and a scale that its shares do not give"
    }
}

/// Whether numbers that were computed differ by their rounding only.
private func isNear(_ number: Double, _ expected: Double, beside size: Double) -> Bool {
    let tolerance = 1e-9 * max(abs(expected), abs(size))
    return abs(number - expected) <= tolerance || !tolerance.isFinite
}
