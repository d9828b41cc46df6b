public import OddityLinearAlgebra

/// A transformer that turns one column of categories into one-hot features, or codes where there are many levels, learned
/// by ``CategoricalEncoding``.
///
/// A level that training never saw has the features of no level and is evidence of its own, and so is
/// a missing value where training had none. A column with one level gives no features and is watched.
public struct CategoricalEncoder: Codable, Sendable, Equatable {
    /// The levels seen in training, sorted.
    public let levels: [String]
    /// Whether missing values were seen; they are then the level after the last.
    public let missingIsLevel: Bool
    /// What is done with missing values.
    public let missingValues: MissingValuePolicy
    /// The share of each level among the training rows.
    public let shares: [Double]
    /// The numbers that stand for a level, where there are too many levels for a feature each; else nil.
    public let codeLength: Int?
    /// What is subtracted from each level's 0 or 1, or from each number of a code.
    public let centers: [Double]
    /// What the differences are divided by.
    public let scale: Double

    /// The number of features: one a level or one a number of a code, or none where there is only one level.
    public var featureCount: Int { codeLength ?? (shares.count > 1 ? shares.count : 0) }

    /// The position among this encoder's levels of each level of a table's column; nil if unseen.
    ///
    /// Programs write booleans as `true`, `True` or `TRUE`: where training saw one of them, the others are it.
    func positions(of tableLevels: [String]) -> [Int?] {
        let known = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
        return tableLevels.map { level in
            known[level]
                ?? Self.booleans.first { $0.contains(level) }?.lazy.compactMap { known[$0] }.first
        }
    }

    private static let booleans = [["true", "True", "TRUE"], ["false", "False", "FALSE"]]

    /// The features of each value, one row a value.
    ///
    /// - Parameters:
    ///   - codes: for each row the position of its level, or -1 where the value is missing.
    ///   - levels: the names of the levels.
    public func applied(to codes: [Int32], levels: [String]) -> Matrix {
        var features = Matrix(rowCount: codes.count, columnCount: featureCount)
        features.withUnsafeMutableElements { elements in
            guard let base = elements.baseAddress else { return }
            write(codes, levels: levels, to: base, stride: featureCount) { _ in }
        }
        return features
    }

    /// Writes the features of each value and marks the values that are evidence by themselves.
    func write(
        _ codes: [Int32],
        levels tableLevels: [String],
        to features: UnsafeMutablePointer<Float>,
        stride: Int,
        isEvidence: (Int) -> Void
    ) {
        let positions = positions(of: tableLevels)
        let count = featureCount
        let absent = centers.map { Float((0 - $0) / scale) }
        let signs = codeLength == nil ? nil : SignCodes(count: shares.count)
        for (row, code) in codes.enumerated() {
            let position = code >= 0 ? positions[Int(code)] : missingIsLevel ? levels.count : nil
            let target = features + row * stride
            for i in 0..<count { target[i] = absent[i] }
            guard let position else {
                isEvidence(row)
                continue
            }
            if let signs {
                for i in 0..<count {
                    target[i] = Float((signs.number(i, of: position) - centers[i]) / scale)
                }
            } else if count > 0 {
                target[position] = Float((1 - centers[position]) / scale)
            }
        }
    }

    /// The level that features stand for most: the inverse of ``applied(to:levels:)``.
    ///
    /// - Parameter features: ``featureCount`` numbers.
    /// - Returns: the level, or nil for a missing value.
    package func level(of features: UnsafePointer<Float>) -> String? {
        guard featureCount > 0 else { return levels.first }
        let values = (0..<featureCount).map { Double(features[$0]) * scale + centers[$0] }
        let best =
            codeLength == nil
            ? values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
            : SignCodes(count: shares.count).level(mostLike: values) ?? 0
        return best < levels.count ? levels[best] : nil
    }
}
