extension TablePreparer {
    /// What is wrong with a preparation that was read from a file, or nil if nothing is: names are
    /// unique, scales are positive and finite, and parts have the sizes that belong together.
    var flaw: String? {
        var names: Set<String> = []
        for column in columns {
            guard names.insert(column.name).inserted else {
                return "column \"\(column.name)\" comes twice"
            }
            let isSound: Bool =
                switch column.encoder {
                case .numeric(let encoder): encoder.isSound
                case .categorical(let encoder): encoder.isSound
                }
            guard isSound else {
                return "the numbers of column \"\(column.name)\" do not fit together"
            }
        }
        return nil
    }
}

extension NumericEncoder {
    fileprivate var isSound: Bool {
        let scales = [scale] + (indicator.map { [$0.scale] } ?? [])
        let numbers =
            [fill, center, low, high, missingShare] + (indicator.map { [$0.center] } ?? [])
        return scales.allSatisfy { $0 > 0 && $0.isFinite } && numbers.allSatisfy(\.isFinite)
            && low <= high
    }
}

extension CategoricalEncoder {
    fileprivate var isSound: Bool {
        let count = levels.count + (missingIsLevel ? 1 : 0)
        return shares.count == count && centers.count == count && scale > 0 && scale.isFinite
            && (shares + centers).allSatisfy(\.isFinite) && Set(levels).count == levels.count
    }
}
