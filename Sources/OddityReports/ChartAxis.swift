import OddityPlatform

/// One axis of a chart.
public struct ChartAxis: Equatable, Sendable {
    /// How values are spread along the axis.
    public enum Scale: String, Sendable {
        /// Equal differences.
        case linear
        /// Equal ratios; values of 0 and below are left out of the image.
        case logarithmic
        /// Seconds since the start of 1970 in UTC, written as dates and times.
        case time
    }

    /// What is measured, with its unit.
    public var title: String
    /// How values are spread.
    public var scale: Scale
    /// What is shown; `nil` shows all values.
    public var range: ClosedRange<Double>?
    /// Whether values are shares, written in percent.
    public var isPercentage: Bool

    /// Describes an axis.
    ///
    /// - Parameters:
    ///   - title: What is measured, with its unit.
    ///   - scale: How values are spread; linear by default.
    ///   - range: What is shown; by default, all values.
    ///   - isPercentage: Whether values are shares, written in percent.
    public init(
        title: String,
        scale: Scale = .linear,
        range: ClosedRange<Double>? = nil,
        isPercentage: Bool = false
    ) {
        self.title = title
        self.scale = scale
        self.range = range
        self.isPercentage = isPercentage
    }
}

/// An axis with its range settled: from values to places between 0 and 1.
struct AxisMap {
    struct Tick: Equatable {
        var value: Double
        var label: String
    }

    let scale: ChartAxis.Scale
    let low: Double
    let high: Double
    let isPercentage: Bool

    /// Settles the range of an axis on its values.
    ///
    /// - Parameters:
    ///   - axis: The axis; its own range, if it has one, is taken as it is.
    ///   - values: What is to be shown.
    ///   - margin: The room to leave beyond the values at both ends, as a share of their range.
    init(_ axis: ChartAxis, values: some Sequence<Double>, margin: Double = 0) {
        let isLogarithmic = axis.scale == .logarithmic
        var low = Double.infinity
        var high = -Double.infinity
        for value in values where value.isFinite && (!isLogarithmic || value > 0) {
            low = min(low, value)
            high = max(high, value)
        }
        if low < high {
            (low, high) = Self.widened(low, high, by: margin, isLogarithmic: isLogarithmic)
        }
        if let range = axis.range, range.lowerBound.isFinite, range.upperBound.isFinite,
            !isLogarithmic || range.lowerBound > 0
        {
            (low, high) = (range.lowerBound, range.upperBound)
        }
        if low > high { (low, high) = isLogarithmic ? (1, 10) : (0, 1) }
        if low == high {
            if isLogarithmic {
                (low, high) = (max(low / 2, .leastNormalMagnitude), min(high * 2, 1e308))
            } else {
                let margin = max(abs(low) * 0.5, 0.5)
                (low, high) = (max(low - margin, -1.7e308), min(high + margin, 1.7e308))
            }
        }
        scale = axis.scale
        isPercentage = axis.isPercentage
        self.low = low
        self.high = high
    }

    private static func widened(
        _ low: Double,
        _ high: Double,
        by margin: Double,
        isLogarithmic: Bool
    ) -> (Double, Double) {
        let wider =
            isLogarithmic
            ? (low * pow(low / high, margin), high * pow(high / low, margin))
            : (low - margin * (high - low), high + margin * (high - low))
        let isUsable = wider.0.isFinite && wider.1.isFinite && (!isLogarithmic || wider.0 > 0)
        return isUsable ? wider : (low, high)
    }

    /// Where a value lies between the ends; `nil` when it cannot be shown.
    func place(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        let place: Double
        switch scale {
        // Halves, because the difference of two large numbers may not exist.
        case .linear, .time: place = (value / 2 - low / 2) / (high / 2 - low / 2)
        case .logarithmic:
            guard value > 0 else { return nil }
            place = (log10(value) - log10(low)) / (log10(high) - log10(low))
        }
        return place.isFinite ? place : nil
    }

    /// Round values along the axis with their labels.
    func ticks(about count: Int) -> [Tick] {
        switch scale {
        case .linear: linearTicks(count)
        case .logarithmic: logarithmicTicks(count)
        case .time: TimeTicks.ticks(low: low, high: high, about: count)
        }
    }

    private func linearTicks(_ count: Int) -> [Tick] {
        let unit = isPercentage ? 100.0 : 1
        let rough = (high / Double(count) - low / Double(count)) * unit
        let power = pow(10, log10(rough).rounded(.down))
        guard power.isFinite, power > 0 else { return [] }
        let step = ([1, 2, 2.5, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10) * power
        let first = (low * unit / step - 1e-9).rounded(.up)
        let last = (high * unit / step + 1e-9).rounded(.down)
        guard first.isFinite, last.isFinite, last - first < 100, first <= last else { return [] }
        let exponent = Int(log10(step).rounded(.down))
        let isQuarter = abs(step / power - 2.5) < 1e-9
        let decimals = max(0, -exponent + (isQuarter ? 1 : 0))
        return stride(from: first, through: last, by: 1).map { index in
            let value = index * step
            let label =
                decimals > 4 || abs(value) >= 1e6
                ? NumberText.significant(value, digits: 3)
                : NumberText.fixed(value, decimals: decimals)
            return Tick(
                value: value / unit,
                label: label + (isPercentage ? NumberText.percentSign : "")
            )
        }
    }

    private func logarithmicTicks(_ count: Int) -> [Tick] {
        let first = Int((log10(low) - 1e-9).rounded(.up))
        let last = Int((log10(high) + 1e-9).rounded(.down))
        let decades = last - first + 1
        guard decades < 3 else {
            let step = max(1, (decades + count - 1) / count)
            return stride(from: first, through: last, by: step).map {
                Tick(value: pow(10, Double($0)), label: NumberText.powerOfTen($0))
            }
        }
        // Less than three decades: 1, 2 and 5 of each; less than that: round steps.
        let start = Int(log10(low).rounded(.down))
        let end = Int(log10(high).rounded(.up))
        var ticks: [Tick] = []
        for exponent in start...max(start, end) {
            for factor in [1.0, 2, 5] {
                let value = factor * pow(10, Double(exponent))
                guard value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) else { continue }
                ticks.append(Tick(value: value, label: NumberText.significant(value, digits: 1)))
            }
        }
        if ticks.count >= 2 { return ticks }
        var axis = ChartAxis(title: "")
        axis.range = low...high
        return AxisMap(axis, values: []).linearTicks(count)
    }
}
