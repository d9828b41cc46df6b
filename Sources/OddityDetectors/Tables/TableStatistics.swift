/// How a detector forms distances and p-values, where models differ.
struct TableStatistics: Codable, Sendable, Equatable {
    /// Which of the nearest codes a code's distance is measured to: 1 is the nearest.
    var codeRank: Int
    /// For each feature the number of its values that normal scores are learned from; nil where rows are not
    /// compared with training rows.
    var knotCounts: [Int]?
}
