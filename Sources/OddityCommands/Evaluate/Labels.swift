internal import OddityDatasets
internal import OddityFailures

/// Which texts of a label column mean an anomaly.
struct Labels {
    private static let anomalies: Set = [
        "1", "1.0", "true", "yes", "anomaly", "anomalous", "abnormal", "outlier", "fraud", "attack",
        "malicious",
        "fault", "faulty", "failure", "defect", "defective", "ng",
    ]
    private static let normals: Set = [
        "0", "0.0", "false", "no", "normal", "inlier", "benign", "healthy", "ok", "good",
    ]

    /// Whether a known word means an anomaly; nil for another text.
    static func isAnomaly(_ text: String) -> Bool? {
        let word = text.lowercased()
        return anomalies.contains(word) ? true : normals.contains(word) ? false : nil
    }

    let column: String
    /// The one text that means an anomaly; nil for the usual words.
    let positive: String?
    private(set) var values: [Bool] = []
    private var seenTexts: Set<String> = []

    init(column: String, positive: String?) {
        self.column = column
        self.positive = positive
    }

    /// Adds the labels of a chunk.
    mutating func append(_ chunk: Table, file: String) throws {
        for (index, text) in (chunk[column]?.texts ?? []).enumerated() {
            guard let text else {
                throw problem(
                    "the label is missing; fill it in",
                    row: chunk.firstRow + index + 1,
                    file
                )
            }
            if seenTexts.count < 20 { seenTexts.insert(text) }
            if let positive {
                values.append(text == positive)
            } else if let isAnomaly = Labels.isAnomaly(text) {
                values.append(isAnomaly)
            } else {
                throw problem(
                    "\"\(text)\" is no label that is known; say with --positive which one means an anomaly",
                    row: chunk.firstRow + index + 1,
                    file
                )
            }
        }
    }

    /// Refuses a `--positive` that no row has.
    func checkPositive(file: String) throws {
        guard let positive, !seenTexts.contains(positive), !values.contains(true) else { return }
        throw problem(
            "no row has \"\(positive)\"; the labels are \(seenTexts.sorted().map { "\"\($0)\"" }.joined(separator: ", "))",
            row: nil,
            file
        )
    }

    private func problem(_ message: String, row: Int?, _ file: String) -> LabelProblem {
        let place = DataLocation(file: file, column: column)
        return LabelProblem(description: "\(place)\(row.map { ", row \($0)" } ?? ""): \(message)")
    }
}

/// A label that cannot be used.
struct LabelProblem: Failure {
    let description: String

    var blame: Blame { .data }
    var namesItsFile: Bool { true }
}
