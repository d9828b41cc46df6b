package import OddityDatasets

/// The labels of a second file, found by a key that both files have.
package struct LabelFile {
    /// The column by which rows are found.
    package let key: String
    private let path: String
    private let labels: [String: String]

    /// Reads the labels.
    ///
    /// - Throws: ``LabelProblem`` if a key comes twice with different labels or a label is missing, `DatasetError` if the file
    ///   cannot be read.
    package init(
        path: String,
        key: String,
        label: String,
        databases: DatabaseReading? = nil
    ) throws {
        (self.path, self.key) = (path, key)
        let reader = try TableFormats.open(path, ReadingOptions(databases: databases))
        try reader.select(Schema(columns: []), keeping: [key, label])
        var labels: [String: String] = [:]
        while let chunk = try reader.nextChunk() {
            let keys = chunk[key]?.texts ?? []
            let texts = chunk[label]?.texts ?? []
            for (index, (own, text)) in zip(keys, texts).enumerated() {
                guard let own else { continue }
                let row = chunk.firstRow + index + 1
                guard let text else {
                    throw Self.problem("the label is missing; fill it in", path, label, row: row)
                }
                if let known = labels.updateValue(text, forKey: own), known != text {
                    throw Self.problem(
                        "\(quoted(own)) has the label \(quoted(text)) here and \(quoted(known)) above; give one label for each"
                            + " \(quoted(key))",
                        path,
                        label,
                        row: row
                    )
                }
            }
        }
        self.labels = labels
    }

    /// The labels of rows, by their keys.
    ///
    /// - Throws: ``LabelProblem`` for a row without a key, or whose key has no label.
    func labels(of chunk: Table, file: String) throws -> [String?] {
        try (chunk[key]?.texts ?? []).enumerated().map { index, own in
            let row = chunk.firstRow + index + 1
            guard let own else {
                throw Self.problem("there is no key to find the label by", file, key, row: row)
            }
            guard let label = labels[own] else {
                throw Self.problem(
                    "\(quoted(own)) has no label in \(path); add it there, or leave the row out",
                    file,
                    key,
                    row: row
                )
            }
            return label
        }
    }

    private static func problem(
        _ text: String,
        _ path: String,
        _ column: String,
        row: Int
    ) -> LabelProblem {
        let place = DataLocation(file: path, row: row, column: column)
        return LabelProblem(description: "\(place): \(text)")
    }
}
