public import OddityEvaluation
internal import OddityPlatform
internal import OdditySeries

/// How odd rows of a series become alarms.
public struct AlarmSettings: Codable, Sendable, Equatable {
    /// After this many normal rows an alarm ends.
    ///
    /// Nil, the default, is a quarter of the detector's window, at least 1.
    public var quietRowCount: Int?
    /// Alarms of fewer rows are dropped; 1 by default.
    public var minimumRowCount = 1
    /// An open alarm goes on while scores are at least this share of the threshold; 0.5 by default.
    public var closeShare = 0.5

    /// The defaults.
    public init() {}

    /// Reads settings, and refuses such as make no rule.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        quietRowCount = try container.decodeIfPresent(Int.self, forKey: .quietRowCount)
        minimumRowCount = try container.decode(Int.self, forKey: .minimumRowCount)
        closeShare = try container.decode(Double.self, forKey: .closeShare)
        guard minimumRowCount > 0, quietRowCount ?? 1 > 0, 0...1 ~= closeShare else {
            throw DecodingError.dataCorruptedError(
                forKey: .minimumRowCount,
                in: container,
                debugDescription:
                    "alarms of \(minimumRowCount) rows that go on at \(closeShare) of the threshold"
            )
        }
    }
}

extension FittedSeriesDetector {
    /// When an alarm opens and closes, on the measure that ``decisionRule`` looks at.
    ///
    /// It opens with a row that is called an anomaly. Nil where the rule can call nothing one.
    ///
    /// - Throws: `EvaluationError` for settings that make no rule.
    public func alarmRule() throws -> AlarmRule? {
        let threshold = threshold
        guard threshold.isFinite else { return nil }
        return try AlarmRule(
            openThreshold: threshold,
            closeThreshold: min(threshold, threshold * alarms.closeShare),
            quietRowCount: quietRowCount,
            minimumRowCount: alarms.minimumRowCount
        )
    }

    private var quietRowCount: Int { alarms.quietRowCount ?? max(1, window.steps / 4) }
}

extension FittedSeriesDetector {
    /// The fewest alarms a day that its held-out steps can promise: one in as many days as they last.
    ///
    /// Nil where rows have no times.
    public var leastAlarmsPerDay: Double? {
        rowsPerDay.map { $0 / Double(heldOut.count) }
    }

    /// How many steps a day has; nil where rows have no times.
    public var rowsPerDay: Double? { clock.format == nil ? nil : stepsPerDay }

    private var stepsPerDay: Double {
        86_400e9 / Double(clock.gridInterval ?? clock.interval)
    }

    /// Sets the score from which on rows are called anomalies so that alarms keep a budget.
    mutating func keep(alarmsPerDay: Double, on heldOutSteps: HeldOutSeries) throws {
        var scores: [Double?] = []
        var starts: [Int] = []
        for copy in heldOutSteps.shiftedMeasures(stride: 1) {
            var step = 0
            for block in copy where !block.isEmpty {
                starts.append(scores.count)
                for measure in block {
                    let logarithm = views[0].calibration.logarithm(
                        ofMeasure: measure,
                        logDistance: heldOutSteps.logDistances.isEmpty
                            ? 0 : heldOutSteps.logDistances[step],
                        evidence: 0
                    )
                    scores.append(-logarithm / log(10))
                    step += 1
                }
            }
        }
        let choice = try AlarmBudgetChoice(
            AlarmBudget(
                alarmsPerDay: alarmsPerDay,
                rowsPerDay: stepsPerDay,
                quietRowCount: quietRowCount,
                minimumRowCount: alarms.minimumRowCount
            ),
            heldOut: scores,
            segments: SeriesSegments(rowCount: scores.count, starts: starts)
        )
        decision = Decision(
            rule: .score(choice.rule.openThreshold),
            origin: .alarmsPerDay(alarmsPerDay)
        )
    }
}
