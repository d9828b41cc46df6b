/// How a threshold follows from normal data alone.
///
/// What reaches a threshold (`value >= threshold`) is called an anomaly. The rules that count, ``conformal(_:)``,
/// ``alertsPerDay(_:rowsPerDay:)``, ``quantile(_:)`` and ``largest``, put it just above a value, so that this value and its equals are normal.
public enum ThresholdRule: Equatable, Hashable, Codable, Sendable {
    /// New normal rows reach the threshold at this rate or less, as far as they are drawn like the normal data: of n
    /// values at most ⌊(n + 1) · rate⌋ − 1 reach it (Vovk, Gammerman and Shafer 2005). The rate lies between 0 and 1.
    case conformal(Double)
    /// Normal rows raise at most so many alerts a day, of so many rows a day: conformal at the rate of one to the other. Both
    /// are above 0, and there are fewer alerts than rows.
    case alertsPerDay(Double, rowsPerDay: Double)
    /// At most 1 − q of the normal data reach the threshold. The quantile q lies between 0 and 1.
    case quantile(Double)
    /// The mean plus k standard deviations: what is meant by sigmas, and a matter of the values' shape what it keeps.
    case meanDeviations(Double)
    /// The median plus k · 1.4826 times the median distance to it, which is the standard deviation where values are normal,
    /// and which a tenth of odd ones hardly moves.
    case medianDeviations(Double)
    /// Only what lies above the largest value of the normal data.
    case largest
    /// A generalized Pareto distribution of the largest values says where the rate is, also beyond all of them (see
    /// ``TailFit``). The rate lies between 0 and 1.
    case peaksOverThreshold(Double)
    /// Where a mixture of two normal distributions has its upper one more likely (see ``NormalMixture``); for data that may
    /// hold anomalies. There is no threshold where they do not stand apart.
    case mixture
}

extension NormalValues {
    /// The threshold by a rule.
    ///
    /// - Throws: `EvaluationError` with code `invalidRate` or `invalidSetting` for a rule that cannot be, and
    ///   `unsuitableValues` where the values do not give a threshold by it.
    public func threshold(by rule: ThresholdRule) throws(EvaluationError) -> Double {
        switch rule {
        case .conformal(let rate):
            try Self.check(rate, "rate")
            guard let threshold = conformalThreshold(rate: rate) else {
                throw EvaluationError(
                    code: .unsuitableValues,
                    message:
                        "\(count) values of normal data cannot promise a rate of \(rate); the least that they "
                        + "can is \(1 / Double(count + 1))"
                )
            }
            return threshold
        case .alertsPerDay(let alerts, let rows):
            try Self.check(alertsPerDay: alerts, ofRowsPerDay: rows)
            guard let threshold = conformalThreshold(rate: alerts / rows) else {
                throw EvaluationError(
                    code: .unsuitableValues,
                    message:
                        "\(count) values of normal data cannot promise \(plain(alerts)) alerts a day of "
                        + "\(plain(rows)) rows; the fewest that they can is \(plain(rows / Double(count + 1)))"
                )
            }
            return threshold
        case .quantile(let quantile):
            try Self.check(quantile, "quantile")
            let limit = (Double(count) * (1 - quantile) * (1 + 1e-9)).rounded(.down)
            return threshold(reachedByAtMost: Int(limit))
        case .meanDeviations(let factor):
            try Self.check(deviations: factor)
            let moments = moments
            return try apart(moments.mean + factor * moments.deviation, moments.deviation)
        case .medianDeviations(let factor):
            try Self.check(deviations: factor)
            let medians = medians
            return try apart(
                medians.median + factor * 1.482602218505602 * medians.deviation,
                medians.deviation
            )
        case .largest: return threshold(reachedByAtMost: 0)
        case .peaksOverThreshold(let rate):
            try Self.check(rate, "rate")
            return try TailFit(self).threshold(ofRate: rate)
        case .mixture: return try NormalMixture(self).boundary
        }
    }

    /// The least threshold that new values reach at a rate or less; nil where there are too few values for that.
    private func conformalThreshold(rate: Double) -> Double? {
        // A rate that is a whole count but for rounding is that count.
        let rank = (Double(count + 1) * rate * (1 + 1e-9)).rounded(.down)
        return rank < 1 ? nil : threshold(reachedByAtMost: Int(rank) - 1)
    }

    /// A threshold that a deviation gave, where there is one.
    private func apart(
        _ threshold: Double,
        _ deviation: Double
    ) throws(EvaluationError) -> Double {
        guard deviation > 0 else {
            throw EvaluationError(
                code: .unsuitableValues,
                message:
                    "half of the values of normal data or more are equal, so they have no deviation to go by; "
                    + "take a quantile"
            )
        }
        return threshold
    }

    private static func check(_ share: Double, _ name: String) throws(EvaluationError) {
        guard share > 0, share < 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message: "the \(name) is \(share); give a number between 0 and 1"
            )
        }
    }

    private static func check(
        alertsPerDay alerts: Double,
        ofRowsPerDay rows: Double
    ) throws(EvaluationError) {
        guard alerts > 0, alerts < rows, rows.isFinite else {
            throw EvaluationError(
                code: .invalidSetting,
                message:
                    "the number of alerts a day is \(plain(alerts)), of \(plain(rows)) rows; give one above 0 and below that of the rows"
            )
        }
    }

    private static func check(deviations: Double) throws(EvaluationError) {
        guard deviations.isFinite, abs(deviations) <= 1e6 else {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the number of deviations is \(deviations); give one such as 3"
            )
        }
    }
}

extension ThresholdRule: LosslessStringConvertible {
    /// A rule by its name and number: `conformal=0.01`, `alerts-per-day=5/20000`, `quantile=0.99`, `mean-deviations=3`,
    /// `median-deviations=3.5`, `largest`, `peaks=0.001` or `mixture`; nil for any other text.
    public init?(_ description: String) {
        let (name, number) = namedNumber(description)
        if name == "alerts-per-day" {
            let numbers = description.dropFirst(name.count + 1)
                .split(separator: "/", omittingEmptySubsequences: false)
                .compactMap { Double($0) }.filter(\.isFinite)
            guard numbers.count == 2 else { return nil }
            self = .alertsPerDay(numbers[0], rowsPerDay: numbers[1])
            return
        }
        switch (name, number) {
        case ("conformal", let rate?): self = .conformal(rate)
        case ("quantile", let quantile?): self = .quantile(quantile)
        case ("mean-deviations", let factor?): self = .meanDeviations(factor)
        case ("median-deviations", let factor?): self = .medianDeviations(factor)
        case ("peaks", let rate?): self = .peaksOverThreshold(rate)
        default:
            switch description {
            case "largest": self = .largest
            case "mixture": self = .mixture
            default: return nil
            }
        }
    }

    /// The name and the number, as ``init(_:)`` reads them.
    public var description: String {
        switch self {
        case .conformal(let rate): "conformal=\(plain(rate))"
        case .alertsPerDay(let alerts, let rows): "alerts-per-day=\(plain(alerts))/\(plain(rows))"
        case .quantile(let quantile): "quantile=\(plain(quantile))"
        case .meanDeviations(let factor): "mean-deviations=\(plain(factor))"
        case .medianDeviations(let factor): "median-deviations=\(plain(factor))"
        case .largest: "largest"
        case .peaksOverThreshold(let rate): "peaks=\(plain(rate))"
        case .mixture: "mixture"
        }
    }
}

/// The parts of `name=number`; no number where there is none, or no finite one.
func namedNumber(_ text: String) -> (name: String, number: Double?) {
    guard let sign = text.firstIndex(of: "=") else { return (text, nil) }
    let number = Double(text[text.index(after: sign)...])
    return (String(text[..<sign]), number.flatMap { $0.isFinite ? $0 : nil })
}

/// A number as a person writes it: a whole one without a fraction.
func plain(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
}
