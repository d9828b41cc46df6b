internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// What each column of a row should hold, given the row's other columns.
///
/// For rows that are normal, with mean m and covariance S of the features, and Λ = (S + 0.01 I)⁻¹, the features g of a
/// column have, given all others o, the mean x̂_g = m_g − Λ_gg⁻¹ Λ_go (x − m)_o (Lauritzen 1996, proposition C.5). Numbers that
/// follow others along a curve are predicted from hinges of the others too (``CurveBasis``). A category's levels l have
/// the logits b_l − (Λ_go (x − m)_o)_l / scale of the linear discriminant (Fisher 1936), softened until held-out rows are
/// likeliest.
///
/// All of it is one product with a row: features × (features and hinges) weights.
struct ColumnExpectations: Sendable, Equatable {
    /// What is added to the variance of each feature, as a share of it, or of that of all levels of a category.
    static let ridge = 0.01
    /// The most features, with hinges, that are expected; a table of more has no expectations.
    static let featureLimit = 512

    /// The mean of each feature and hinge.
    let mean: [Float]
    /// (Features and hinges) × features: what a deviation from the mean adds to each expectation or logit.
    let weights: Matrix
    /// The logit of each level of a row that is the mean; 0 for other features.
    let bias: [Float]
    /// The mean squared difference of held-out rows from their expectations, at least the conditional variance; 1 for
    /// levels.
    let variance: [Double]
    /// The standard deviation of each feature and hinge.
    let deviation: [Float]
    let ranges: FeatureRanges
    let basis: CurveBasis

    var featureCount: Int { bias.count }
    /// Features and hinges.
    var inputCount: Int { mean.count }

    /// The positions of a feature's hinges among the inputs.
    func hinges(ofFeature feature: Int) -> Range<Int> {
        let own = basis.hinges(ofFeature: feature)
        return own.lowerBound + featureCount..<own.upperBound + featureCount
    }
}
