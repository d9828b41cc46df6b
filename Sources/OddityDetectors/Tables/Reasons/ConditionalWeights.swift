internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// The weights that predict each column from all others, from the mean and covariance of rows.
///
/// An input in which fewer than five rows differ from the rest predicts nothing: it would explain whatever these rows hold, so that one with a
/// missing cell, the only one there, would hold just what is expected everywhere else.
struct ConditionalWeights: Sendable {
    /// The mean of each input.
    let mean: [Double]
    /// The variance of each input.
    let variance: [Double]
    /// The variance of each feature given all other columns, (Λ_gg⁻¹)_jj; 0 for levels.
    private(set) var conditionalVariance: [Double]
    /// Inputs × features.
    var weights: [Double]
    /// By feature: what a level's logit has of its own, without its share in training.
    var bias: [Double]
    let inputCount: Int
    let featureCount: Int

    /// - Parameters:
    ///   - rows: rows × inputs; features come first, hinges after them.
    ///   - groups: for each column the inputs that are its own, its features first.
    ///   - levels: for each column its levels, or nil for numbers.
    init(_ rows: Matrix, featureCount: Int, groups: [[Int]], levels: [LevelCodes?]) throws {
        let covariance = RowCovariance(of: rows)
        let size = rows.columnCount
        var regular = covariance.elements
        let variance = (0..<size).map { covariance.elements[$0 * size + $0] }
        var ridge = variance
        for case let codes? in levels {
            let total = codes.features.reduce(0) { $0 + variance[$1] }
            for feature in codes.features { ridge[feature] = total }
        }
        // What never changes in these rows is related to nothing, whatever is added.
        for i in 0..<size {
            regular[i * size + i] += ridge[i] > 0 ? ColumnExpectations.ridge * ridge[i] : 1
        }
        let precision = try PositiveDefiniteInverse(of: regular, size: size).elements
        mean = covariance.mean
        self.variance = variance
        inputCount = size
        self.featureCount = featureCount
        weights = [Double](repeating: 0, count: size * featureCount)
        conditionalVariance = [Double](repeating: 0, count: featureCount)
        bias = [Double](repeating: 0, count: featureCount)
        for (group, codes) in zip(groups, levels) where !group.isEmpty {
            if let codes {
                try addLogits(of: codes, regular: regular, precision: precision)
            } else {
                try addMeans(of: group, precision: precision)
            }
        }
        for input in 0..<size
        where 1..<RareKinds.least ~= RareKinds.rows(differingIn: input, of: rows).count {
            for feature in 0..<featureCount { weights[input * featureCount + feature] = 0 }
        }
    }

    /// x̂_g − m_g = −Λ_gg⁻¹ Λ_go (x − m)_o.
    private mutating func addMeans(of group: [Int], precision: [Double]) throws {
        let own = try PositiveDefiniteInverse(
            of: group.flatMap { i in group.map { precision[i * inputCount + $0] } },
            size: group.count
        ).elements
        for (place, feature) in group.enumerated() where feature < featureCount {
            conditionalVariance[feature] = own[place * group.count + place]
            for input in 0..<inputCount where !group.contains(input) {
                var sum = 0.0
                for (other, i) in group.enumerated() {
                    sum += own[place * group.count + other] * precision[i * inputCount + input]
                }
                weights[input * featureCount + feature] = -sum
            }
        }
    }

    /// The logits of the linear discriminant.
    ///
    /// With c_l the features of level l and S_gg their covariance, ln p(l | x_o) is, but for what all levels share,
    /// ln p_l − ½ (c_l − ĉ)ᵀ Λ_gg (c_l − ĉ) + ½ (c_l − m)ᵀ S_gg⁻¹ (c_l − m), where Λ_gg (ĉ − m) = −Λ_go (x − m)_o; the last term
    /// takes away what the normal density says of the level itself. Of c_lᵀ Λ_gg ĉ only the level's own feature
    /// differs between levels.
    private mutating func addLogits(of codes: LevelCodes, regular: [Double], precision: [Double])
        throws
    {
        let features = codes.features
        let count = codes.count
        func block(_ matrix: [Double]) -> [Double] {
            features.flatMap { i in features.map { matrix[i * inputCount + $0] } }
        }
        let own = block(precision)
        let marginal = try PositiveDefiniteInverse(of: block(regular), size: count).elements
        let mean = Array(mean[features])
        for (level, feature) in features.enumerated() {
            let code = codes.code(of: level)
            let centered = zip(code, mean).map { $0 - $1 }
            let ownMean = (0..<count).reduce(0) { $0 + own[level * count + $1] * mean[$1] }
            bias[feature] =
                (form(marginal, centered) - form(own, code)) / 2 + ownMean / codes.unit
            for input in 0..<inputCount where !features.contains(input) {
                weights[input * featureCount + feature] =
                    -precision[feature * inputCount + input] / codes.unit
            }
        }
    }

    /// xᵀAx.
    private func form(_ matrix: [Double], _ x: [Double]) -> Double {
        var sum = 0.0
        for i in x.indices {
            for j in x.indices { sum += x[i] * matrix[i * x.count + j] * x[j] }
        }
        return sum
    }

    /// Rows × features: what the weights make of rows.
    func outputs(of rows: Matrix) -> Matrix {
        var centered = rows
        centered.withUnsafeMutableElements { elements in
            for i in elements.indices { elements[i] -= Float(mean[i % inputCount]) }
        }
        return centered.multiplied(
            by: Matrix(
                rowCount: inputCount,
                columnCount: featureCount,
                elements: weights.map { Float($0) }
            )
        )
    }
}
