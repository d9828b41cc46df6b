public import OddityEvaluation
internal import OddityPlatform

/// What each threshold would do to the rows, for a page on which a reader moves it.
public struct MovableThreshold: Equatable, Sendable {
    /// A threshold and what reaches it.
    struct Step: Equatable, Sendable {
        /// Infinite where nothing reaches it.
        var threshold: Double
        var caught: Int
        var falseAlarms: Int
    }

    /// More steps than these cannot be told apart on a page.
    private static let limit = 600

    /// The steps, highest threshold first.
    let steps: [Step]
    /// The step of the model's own threshold.
    let ownIndex: Int
    let anomalyCount: Int
    let normalCount: Int
    let costFalseAlarm: Double
    let costMiss: Double
    /// What the threshold is on, as `oddity threshold --set` calls it: score or error.
    public var measure = "score"

    /// Counts what each threshold does; of many, a few hundred are kept, close together where few rows are flagged.
    ///
    /// - Parameters:
    ///   - scores: The scores and labels.
    ///   - threshold: The model's own threshold.
    ///   - costFalseAlarm: What a false alarm costs.
    ///   - costMiss: What a missed anomaly costs.
    /// - Throws: `EvaluationError` with code `oneClassOnly` or `invalidThreshold`.
    public init(
        _ scores: LabeledScores,
        threshold: Double,
        costFalseAlarm: Double,
        costMiss: Double
    ) throws {
        (anomalyCount, normalCount) = (scores.anomalyCount, scores.normalCount)
        (self.costFalseAlarm, self.costMiss) = (costFalseAlarm, costMiss)
        let points = try ROCCurve(scores, dropsCollinear: false).points
        let (anomalies, normals) = (Double(scores.anomalyCount), Double(scores.normalCount))
        var steps = Self.kept(of: points.count).map { index in
            Step(
                threshold: points[index].threshold,
                caught: Int((points[index].detectionRate * anomalies).rounded()),
                falseAlarms: Int((points[index].falseAlarmRate * normals).rounded())
            )
        }
        let matrix = try scores.confusionMatrix(at: threshold)
        let own = Step(
            threshold: threshold,
            caught: matrix.truePositives,
            falseAlarms: matrix.falsePositives
        )
        let place = steps.firstIndex { $0.threshold <= threshold } ?? steps.count
        if place < steps.count, steps[place].threshold == threshold {
            steps[place] = own
        } else {
            steps.insert(own, at: place)
        }
        (self.steps, ownIndex) = (steps, place)
    }

    /// The places to keep, half of them evenly and half by equal ratios, which looks closely at the first.
    private static func kept(of count: Int) -> [Int] {
        guard count > limit else { return Array(0..<count) }
        let last = Double(count - 1)
        var places: Set = [0, count - 1]
        for step in 1...(limit / 2) {
            let share = Double(step) / Double(limit / 2)
            places.insert(Int((last * share).rounded()))
            places.insert(Int(pow(last, share).rounded()))
        }
        return places.sorted()
    }

    /// What a row costs at each threshold.
    var costs: [ChartPoint] {
        let count = Double(anomalyCount + normalCount)
        return steps.filter(\.threshold.isFinite).map { step in
            let alarms = costFalseAlarm * Double(step.falseAlarms)
            let misses = costMiss * Double(anomalyCount - step.caught)
            return ChartPoint(x: step.threshold, y: (alarms + misses) / count)
        }
    }

    /// The steps as JSON that is XML too.
    var json: String {
        func list(_ texts: some Sequence<String>) -> String {
            "[" + texts.joined(separator: ",") + "]"
        }
        let thresholds = steps.map { $0.threshold.isFinite ? "\($0.threshold)" : "null" }
        return
            "{\"thresholds\":\(list(thresholds)),\"caught\":\(list(steps.map { "\($0.caught)" })),"
            + "\"alarms\":\(list(steps.map { "\($0.falseAlarms)" })),\"anomalies\":\(anomalyCount),"
            + "\"normals\":\(normalCount),\"own\":\(ownIndex),\"measure\":\"\(measure)\"}"
    }

    /// Adds the part of the page; it is seen only where its script runs.
    func add(to body: inout Markup) {
        body.raw("<section id=\"mover\" hidden=\"hidden\"><h2>Move the threshold</h2>")
        body.raw("<p id=\"mover-sentence\" aria-live=\"polite\"></p>")
        body.raw("<p class=\"mover\"><label for=\"mover-slider\">higher</label>")
        body.raw("<input type=\"range\" id=\"mover-slider\" min=\"0\" max=\"\(steps.count - 1)\" ")
        body.raw("step=\"1\" value=\"\(ownIndex)\" aria-label=\"Threshold\"/><span>lower</span>")
        body.raw("<button type=\"button\" id=\"mover-reset\">Model's threshold</button></p>")
        body.raw("<dl class=\"cards\">")
        for (id, name) in [
            ("precision", "Precision"), ("recall", "Detection rate"), ("rate", "False-alarm rate"),
            ("f1", "F1"), ("cost", "Cost per row"),
        ] {
            body.raw("<div><dt>\(name)</dt><dd class=\"value\" id=\"mover-\(id)\">–</dd></div>")
        }
        body.raw("</dl><p class=\"mover\">")
        for (id, name, value) in [
            ("alarm", "A false alarm costs", costFalseAlarm), ("miss", "A miss costs", costMiss),
        ] {
            body.raw("<label>\(name) <input type=\"number\" id=\"mover-cost-\(id)\" min=\"0\" ")
            body.raw("step=\"any\" value=\"\(value)\"/></label>")
        }
        body.raw("<button type=\"button\" id=\"mover-least\">Least cost</button></p>")
        body.raw("<p class=\"note\">To keep it: <code id=\"mover-command\"></code></p>")
        body.raw("</section><script type=\"application/json\" id=\"mover-steps\">\(json)</script>")
    }
}
