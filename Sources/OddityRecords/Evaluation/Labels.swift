package import OddityDatasets
package import OddityFailures

/// Which texts of a label column mean an anomaly.
package struct Labels {
    private static let anomalies: Set = [
        "1", "1.0", "true", "yes", "anomaly", "anomalous", "abnormal", "outlier", "fraud", "attack",
        "malicious",
        "fault", "faulty", "failure", "defect", "defective", "ng",
    ]
    private static let normals: Set = [
        "0", "0.0", "false", "no", "normal", "inlier", "benign", "healthy", "ok", "good",
    ]

    /// Whether a known word means an anomaly; nil for another text.
    package static func isAnomaly(_ text: String) -> Bool? {
        let word = text.lowercased()
        return anomalies.contains(word) ? true : normals.contains(word) ? false : nil
    }

    package let column: String
    /// The file of the column, where that is not the file of the rows.
    private let source: LabelFile?
    /// The one text that means an anomaly; nil for the usual words.
    package let positive: String?
    package private(set) var values: [Bool] = []
    private var seenTexts: Set<String> = []

    package init(column: String, positive: String?, from source: LabelFile? = nil) {
        self.column = column
        self.source = source
        self.positive = positive
    }

    /// The column that rows must have.
    package var requiredColumn: String { source?.key ?? column }

    /// Adds the labels of a chunk.
    package mutating func append(_ chunk: Table, file: String) throws {
        let texts = try source?.labels(of: chunk, file: file) ?? chunk[column]?.texts ?? []
        for (index, text) in texts.enumerated() {
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
                    "\"\(text)\" is not a label that is known; say with --positive which one means an anomaly",
                    row: chunk.firstRow + index + 1,
                    file
                )
            }
        }
    }

    /// Refuses a `--positive` that no row has.
    package func checkPositive(file: String) throws {
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
package struct LabelProblem: Failure {
    package let description: String

    package init(description: String) { self.description = description }

    package var blame: Blame { .data }
    package var namesItsFile: Bool { true }
}
