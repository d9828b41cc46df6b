internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing
internal import OdditySeries

/// What a detector expected of a number of a series, in the column's own units.
public struct ExpectedValue: Codable, Sendable, Equatable {
    /// The number that was expected.
    public let value: Double
    /// The lower edge of the band that 99 % of normal rows are to fall into.
    public let lower: Double
    /// The upper edge of that band.
    public let upper: Double
}

extension FittedSeriesDetector {
    /// Φ⁻¹(0.995): how many deviations a band reaches to either side.
    private static let bandDeviations: Float = 2.5758

    /// The position of a numeric column among those of the preparer; nil where there is none.
    func place(ofNumericColumn name: String) -> Int? {
        preparer.columns.firstIndex { $0.name == name && $0.kind == .numeric }
    }

    /// What is added to what was expected of a column: what is usual at the time where it repeats, and its recent level where it
    /// is judged by its distance from that.
    func level(ofColumn place: Int, atStep step: Int, in judged: JudgedSteps) -> Double {
        let name = preparer.columns[place].name
        guard let leveled = judged.leveled else { return 0 }
        let usual = season?.usual(name, at: leveled.steps[step].instant) ?? 0
        guard trendColumns.contains(name) else { return usual }
        return usual + (leveled.level(of: name)?[step] ?? 0)
    }

    /// What was expected of columns at a step.
    ///
    /// The band is the expected value ± Φ⁻¹(0.995) · r / s, where r is the held-out root mean square of the
    /// residual of the column's first feature and 1/s the feature's deviation. It regards the column and
    /// the step alone, while a step is judged by all columns and their averages over time.
    func expectedValues(
        ofStep step: Int,
        in judged: JudgedSteps,
        at places: [Int?]
    ) -> [ExpectedValue?] {
        let view = views[0]
        var features = judged.views[0].expected.row(step).map { $0 }
        return features.withUnsafeMutableBufferPointer { features in
            guard let base = features.baseAddress else { return places.map { _ in nil } }
            return places.map { place in
                guard let place else { return nil }
                let level = level(ofColumn: place, atStep: step, in: judged)
                func number() -> Double? {
                    guard case .number(let number) = preparer.value(ofColumn: place, in: base)
                    else { return nil }
                    return number + level
                }
                guard let value = number() else { return nil }
                guard let first = preparer.features(ofColumn: place).first else {
                    return ExpectedValue(value: value, lower: value, upper: value)
                }
                let reach =
                    FittedSeriesDetector.bandDeviations
                    / (view.calibration.factor[first] * view.scaling.factor[first])
                let center = base[first]
                defer { base[first] = center }
                base[first] = center - reach
                let lower = number() ?? value
                base[first] = center + reach
                let upper = number() ?? value
                return ExpectedValue(value: value, lower: lower, upper: upper)
            }
        }
    }
}
