internal import OddityDatasets

extension TablePreparer {
    /// What no preparation can have learned, for a preparer that was read from a file; nil where all parts
    /// belong together.
    var flaw: String? {
        var names: Set<String> = []
        for (index, column) in columns.enumerated() {
            if column.name.isEmpty { return "column \(index + 1) has no name" }
            if !names.insert(column.name).inserted {
                return "column \(quoted(column.name)) comes twice"
            }
        }
        for column in columns {
            let flaw =
                switch column.encoder {
                case .numeric(let encoder): encoder.flaw
                case .categorical(let encoder): encoder.flaw
                case .calendar(let encoder): encoder.flaw
                }
            if let flaw { return "column \(quoted(column.name)) \(flaw)" }
        }
        return nil
    }
}

extension NumericEncoder {
    /// Whether every value between the limits has a finite feature, and what lies beyond them too.
    ///
    /// Models that divide by the scale may have a tiny one, as columns of subnormal numbers do, if their limits are
    /// as tiny.
    private var isSoundScale: Bool {
        guard let tail else { return isScale(scale) }
        return scale > 0 && scale.isFinite && tail > 0 && tail.isFinite
            && (tail / scale).isFinite && (high / 2 - low / 2) / scale < 1e12
    }

    /// Whether the middle that is subtracted lies where the values do.
    private var isSoundCenter: Bool {
        // As values are, without scaling.
        if center == 0, scale == 1 { return true }
        return abs(center / 2 - low / 2) / scale < 1e12 && abs(fill / 2 - center / 2) / scale < 1e12
    }

    fileprivate var flaw: String? {
        if !isSoundScale { return "has the scale \(scale)" }
        if let indicator, !isScale(indicator.scale) || !indicator.center.isFinite {
            return "has a scale of missing values of \(indicator.scale)"
        }
        if !(0...1 ~= missingShare) { return "has a share of missing values of \(missingShare)" }
        if case .constant(let value) = content, !value.isFinite {
            return "always held \(value)"
        }
        guard [fill, center, low, high].allSatisfy(\.isFinite), low <= high else {
            return "has limits that are no numbers"
        }
        if tail != nil, !isSoundCenter { return "has its middle \(center) far from its values" }
        return distribution?.flaw
    }
}

extension CategoricalEncoder {
    fileprivate var flaw: String? {
        let count = levels.count + (missingIsLevel ? 1 : 0)
        if let codeLength, codeLength != SignCodes.length || count <= codeLength {
            return "has codes of \(codeLength) numbers for \(count) levels"
        }
        if shares.count != count || centers.count != codeLength ?? count {
            return "has \(shares.count) shares and \(centers.count) centers for \(count) levels"
        }
        if Set(levels).count != levels.count { return "has a level twice" }
        if !isScale(scale) { return "has the scale \(scale)" }
        return shares.allSatisfy { 0...1 ~= $0 } && centers.allSatisfy { abs($0) <= 1 }
            ? nil : "has shares that are no shares"
    }
}

/// Whether numbers can be divided by a scale; of subnormal ones the inverse is infinite.
private func isScale(_ scale: Double) -> Bool {
    scale >= .leastNormalMagnitude && scale.isFinite && (1 / scale).isFinite
}
