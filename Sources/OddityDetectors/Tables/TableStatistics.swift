/// How a detector forms distances and p-values, where models differ.
struct TableStatistics: Codable, Sendable, Equatable {
    /// Which of the nearest codes a code's distance is measured to: 1 is the nearest.
    var codeRank: Int
}
