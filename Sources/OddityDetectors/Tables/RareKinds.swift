internal import OddityLinearAlgebra

/// Rows that share what few rows hold: a level, a value where most are missing, a number where most rows hold another.
///
/// Where more than a fifth of them stand far out, as many as may be left out of all rows, they do so for what they hold: they are
/// a kind of row, and did not go wrong. Without them nothing would be learned of it, each of them would be an anomaly for holding it,
/// and none would be odder than the others.
enum RareKinds {
    /// As many rows that hold the same thing are a kind; of fewer nothing is learned.
    static let least = 5

    /// Some of the rows that stand far out, without those of kinds.
    ///
    /// - Parameters:
    ///   - positions: the rows that stand far out.
    ///   - features: the features of all rows.
    /// - Complexity: O(rows × features).
    static func removed(from positions: [Int], in features: Matrix) -> [Int] {
        let far = Set(positions)
        var kept: Set<Int> = []
        for feature in 0..<features.columnCount {
            let kind = rows(differingIn: feature, of: features)
            let farCount = kind.count(where: far.contains)
            if farCount >= least, Double(farCount) > FarRows.largestShare * Double(kind.count) {
                kept.formUnion(kind)
            }
        }
        return positions.filter { !kept.contains($0) }
    }

    /// The rows that differ in a feature from most, who all hold the same; none where most rows don't.
    static func rows(differingIn feature: Int, of features: Matrix) -> [Int] {
        let rows = 0..<features.rowCount
        let values = rows.map { features[$0, feature] }
        let common = mostCommon(in: values)
        let kind = rows.filter { values[$0] != common }
        return 2 * kind.count < rows.count ? kind : []
    }

    /// What more than half of some values are, if anything (Boyer and Moore 1981, "MJRTY").
    private static func mostCommon(in values: [Float]) -> Float {
        var candidate = Float.nan
        var lead = 0
        for value in values {
            if lead == 0 { candidate = value }
            lead += value == candidate ? 1 : -1
        }
        return candidate
    }
}
