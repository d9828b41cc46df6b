internal import OddityDatasets
internal import OddityEvaluation
internal import OddityFailures

/// Rows sorted by what a column holds, to be judged one group at a time.
package struct SegmentedRows {
    /// More groups than these are refused.
    package static let limit = 200

    /// The column that tells the groups apart.
    package let column: String
    private var numbers: [String?: Int] = [:]
    private var names: [String?] = []
    private var groups: [Int] = []

    package init(by column: String) {
        self.column = column
    }

    /// Takes in the groups of a chunk's rows.
    ///
    /// - Throws: ``LabelProblem`` with more groups than ``limit``.
    mutating func append(_ chunk: Table, file: String) throws {
        for text in chunk[column].map(Self.texts) ?? [] {
            if let number = numbers[text] {
                groups.append(number)
                continue
            }
            guard names.count < Self.limit else {
                let place = DataLocation(file: file, column: column)
                throw LabelProblem(
                    description:
                        "\(place): there are more than \(Self.limit) different values; name a column of fewer groups"
                )
            }
            numbers[text] = names.count
            groups.append(names.count)
            names.append(text)
        }
    }

    /// What a column holds, as text.
    private static func texts(_ column: Column) -> [String?] {
        column.texts ?? (column.numbers ?? []).map { $0.isNaN ? nil : short($0) }
    }

    /// The figures of each group, those of most rows first.
    ///
    /// - Parameter threshold: Where a measure is called an anomaly.
    package func segments(
        measures: [Double],
        labels: [Bool],
        threshold: Double
    ) throws -> [Segment] {
        var rows = [(measures: [Double], labels: [Bool])](repeating: ([], []), count: names.count)
        for (row, group) in groups.enumerated() {
            rows[group].measures.append(measures[row])
            rows[group].labels.append(labels[row])
        }
        return try zip(names, rows).map { name, rows in
            let scores = try LabeledScores(scores: rows.measures, labels: rows.labels)
            return try Segment(name: name, scores, threshold: threshold)
        }.sorted { ($1.rows, $0.name ?? "") < ($0.rows, $1.name ?? "") }
    }
}

/// The figures of a group of rows.
package struct Segment: Encodable {
    private enum CodingKeys: String, CodingKey {
        case value, rows, anomalies, auroc, averagePrecision, caught, falseAlarms, falseAlarmRate
    }

    /// What the rows hold in the column; nil for nothing.
    let name: String?
    let rows, anomalies, caught, falseAlarms: Int
    /// Null where all rows are of one class.
    let auroc, averagePrecision: OrNull<Double>
    /// Null without a normal row.
    let falseAlarmRate: OrNull<Double>

    fileprivate init(name: String?, _ scores: LabeledScores, threshold: Double) throws {
        self.name = name
        (rows, anomalies) = (scores.count, scores.anomalyCount)
        let isJudged = scores.anomalyCount > 0 && scores.normalCount > 0
        auroc = OrNull(isJudged ? try ROCCurve(scores).area : nil)
        averagePrecision = OrNull(
            isJudged ? try PrecisionRecallCurve(scores).averagePrecision : nil
        )
        let matrix = try scores.confusionMatrix(at: threshold)
        (caught, falseAlarms) = (matrix.truePositives, matrix.falsePositives)
        falseAlarmRate = OrNull(matrix.falseAlarmRate)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(OrNull(name), forKey: .value)
        try container.encode(rows, forKey: .rows)
        try container.encode(anomalies, forKey: .anomalies)
        try container.encode(auroc, forKey: .auroc)
        try container.encode(averagePrecision, forKey: .averagePrecision)
        try container.encode(caught, forKey: .caught)
        try container.encode(falseAlarms, forKey: .falseAlarms)
        try container.encode(falseAlarmRate, forKey: .falseAlarmRate)
    }

    /// Groups for a person, the largest ones.
    static func lines(_ segments: [Segment], by column: String) -> [String] {
        let shown = segments.prefix(20)
        let header = [
            printable(column), "rows", "anomalies", "AUROC", "average precision", "caught",
            "false alarms", "false-alarm rate",
        ]
        let table = shown.map { segment in
            [
                segment.name.map { printable($0) } ?? "(missing)", grouped(segment.rows),
                grouped(segment.anomalies), decimals(segment.auroc.value, 4),
                decimals(segment.averagePrecision.value, 4), grouped(segment.caught),
                grouped(segment.falseAlarms), percent(segment.falseAlarmRate.value, 2),
            ]
        }
        let more = segments.count - shown.count
        let rest = more > 0 ? ["and \(counted(more, "smaller group")); --json shows all"] : []
        return [""] + aligned([header] + table, rightAligned: Set(1..<header.count)) + rest
    }
}
