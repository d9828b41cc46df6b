/// An estimator that learns to turn one column of categories into features: one-hot, or codes where there are many levels.
public struct CategoricalEncoding: Codable, Sendable, Equatable {
    /// What to do with missing values: an error, or a level of their own.
    public var missingValues: MissingValuePolicy
    /// How to scale.
    ///
    /// ``ScalingMethod/standardize`` and ``ScalingMethod/robust`` centre each level at its share p
    /// and divide the column's features by √Σp(1 − p), so that a category weighs as much as a
    /// number, however many levels it has, and give a column of more than ``featureLimit`` levels codes of
    /// that many numbers, random signs. The others leave 0 and 1.
    public var scaling: ScalingMethod

    /// The most features of a scaled column, 128.
    public static let featureLimit = SignCodes.length

    /// Makes an estimator.
    public init(missingValues: MissingValuePolicy = .median, scaling: ScalingMethod = .standardize)
    {
        self.missingValues = missingValues
        self.scaling = scaling
    }

    /// Learns the levels of a column and their shares; nil is a missing value.
    ///
    /// - Parameters:
    ///   - codes: for each row the position of its level, or -1 where the value is missing.
    ///   - levels: the names of the levels.
    public func fitted(to codes: [Int32], levels: [String]) -> CategoricalEncoder {
        var counts = [Int](repeating: 0, count: levels.count)
        var missingCount = 0
        for code in codes {
            if code < 0 { missingCount += 1 } else { counts[Int(code)] += 1 }
        }
        let total = Double(max(codes.count, 1))
        let seen = levels.indices.filter { counts[$0] > 0 }.sorted { levels[$0] < levels[$1] }
        var shares = seen.map { Double(counts[$0]) / total }
        if missingCount > 0 { shares.append(Double(missingCount) / total) }
        let variance = shares.reduce(0) { $0 + $1 * (1 - $1) }
        let isScaled = (scaling == .standardize || scaling == .robust) && variance > 0
        var centers = isScaled ? shares : shares.map { _ in 0 }
        var scale = isScaled ? variance.squareRoot() : 1
        let isCoded = isScaled && shares.count > Self.featureLimit
        if isCoded {
            centers = SignCodes(count: shares.count).mean(shares: shares)
            scale = (1 - centers.reduce(0) { $0 + $1 * $1 }).squareRoot()
        }
        return CategoricalEncoder(
            levels: seen.map { levels[$0] },
            missingIsLevel: missingCount > 0,
            missingValues: missingValues,
            shares: shares,
            codeLength: isCoded ? SignCodes.length : nil,
            centers: centers,
            scale: scale
        )
    }
}
