import OddityEvaluation

@testable import OddityReports

/// A repeatable stream of numbers.
struct Stream {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func uniform() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) / 9_007_199_254_740_992
    }

    /// Roughly normal: the sum of twelve uniform numbers, less six.
    mutating func normal() -> Double {
        (0..<12).reduce(0) { sum, _ in sum + uniform() } - 6
    }
}

/// Scores of normal rows and some anomalies, far but not all of them.
func sampleScores(normals: Int = 2_000, anomalies: Int = 90) throws -> LabeledScores {
    var stream = Stream(seed: 5)
    var scores: [Double] = []
    var labels: [Bool] = []
    for row in 0..<(normals + anomalies) {
        let isAnomaly = row >= normals
        let z = stream.normal()
        let square = z * z * 0.25 + abs(stream.normal()) + 0.4
        scores.append(isAnomaly ? square + 1.1 + 7 * stream.uniform() * stream.uniform() : square)
        labels.append(isAnomaly)
    }
    return try LabeledScores(scores: scores, labels: labels)
}

private func rows(_ count: Int, isFlagged: Bool, isAnomaly: Bool) -> [ReportedRow] {
    let columns = [
        "bearing temperature", "vibration rms", "flow", "<pressure> & \"load\"", "valve",
    ]
    var stream = Stream(seed: isFlagged ? 3 : 4)
    return (0..<count).map { index in
        let first = 0.4 + 0.4 * stream.uniform()
        let reasons = (0..<3).map { rank in
            let share = rank == 0 ? first : (1 - first) * (rank == 1 ? 0.6 : 0.25)
            let column = columns[(index + rank * 2) % columns.count]
            return column == "valve"
                ? ReportedRow.Reason(
                    column: column,
                    value: "half-open",
                    expected: "open",
                    share: share
                )
                : ReportedRow.Reason(
                    column: column,
                    value: NumberText.fixed(40 + 60 * stream.uniform(), decimals: 2) + " °C",
                    expected: NumberText.fixed(40 + 4 * stream.uniform(), decimals: 2) + " °C",
                    share: share
                )
        }
        return ReportedRow(
            name: "\(2_000 + index * 7)",
            score: (isFlagged ? 14 : 2.1) / (1 + 0.13 * Double(index)),
            pValue: isFlagged ? 0.0005 * Double(index + 1) : 0.04 + 0.05 * Double(index),
            isFlagged: isFlagged,
            isAnomaly: isAnomaly,
            reasons: reasons
        )
    }
}

/// A report with all its parts.
func sampleReport() throws -> EvaluationReport {
    var report = try EvaluationReport(
        title: "Pump 7: normal operation",
        subtitle: "model pump7.oddity on week-32.csv, 2 090 rows, label column “fault”",
        scores: sampleScores(),
        threshold: 3.35,
        thresholdNote: "false-alarm rate 1 % on held-out normal rows",
        costFalseAlarm: 1,
        costMiss: 20
    )
    var stream = Stream(seed: 9)
    report.trainingCurves = (0..<5).map { member in
        let losses = (0..<60).map { epoch in
            0.09 + 0.01 * Double(member) + 0.9 / Double(1 + epoch)
                + 0.01 * stream.uniform()
        }
        let validation = losses.enumerated().map { $1 * 1.1 + 0.0009 * Double($0) + 0.01 }
        return TrainingCurve(training: losses, validation: validation, bestEpoch: 40 + member * 3)
    }
    report.normalPValues = (0..<300).map { _ in 1 - stream.uniform() }
    report.oddestRows = rows(6, isFlagged: true, isAnomaly: true)
    report.falseAlarms = rows(3, isFlagged: true, isAnomaly: false)
    report.missedAnomalies = rows(3, isFlagged: false, isAnomaly: true)
    let facts: [(String, [(String, String)])] = [
        (
            "Data",
            [
                ("columns", "24 numeric, 3 categorical, 1 ignored (timestamp)"),
                ("training rows", "12 480"),
                ("missing values", "37 in 2 columns, filled by the median"),
            ]
        ),
        (
            "Configuration",
            [
                ("hidden sizes", "64-16-64"), ("activation", "ReLU"),
                ("optimizer", "Adam, learning rate 0.001"), ("batch size", "128"), ("seed", "0"),
            ]
        ),
        (
            "Calibration",
            [
                ("folds", "5"), ("held-out rows", "12 480"),
                ("false-alarm rate", "0.01"), ("threshold", "3.35"),
            ]
        ),
        (
            "Provenance",
            [
                ("made by", "oddity 0.1.0"), ("training file", "normal-2025.csv"),
                ("checksum", "9f1c22ab"),
            ]
        ),
    ]
    report.modelCard = facts.map { title, entries in
        ModelCardSection(
            title: title,
            entries: entries.map { ModelCardSection.Entry(name: $0.0, value: $0.1) }
        )
    }
    return report
}
