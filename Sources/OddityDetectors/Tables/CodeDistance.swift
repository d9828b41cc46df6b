extension TableDetector {
    /// How far a row's code lies from the codes of the training rows.
    ///
    /// A code is the output of the encoder before its activation; of a variational network it is the mean.
    public enum CodeDistance: String, Codable, Sendable, CaseIterable {
        /// The distance to the nearest of up to 1,000 training codes, each dimension standardized.
        case nearest
        /// √((c − μ)ᵀ Σ⁻¹ (c − μ)) for the mean μ and the covariance Σ of the training codes (Mahalanobis
        /// 1936), which grows as the density of a normal distribution falls.
        ///
        /// A hundredth of each dimension's variance is added to Σ, so that dimensions which nearly
        /// determine one another don't decide alone. Dimensions that never move don't count.
        case mahalanobis
        /// |c − μ|, nothing standardized, from one centre: the score of deep SVDD (Ruff et al. 2018).
        ///
        /// With ``TableDetector/svddWeight`` the codes are trained to lie near it.
        case center
    }
}

extension TableDetector.Scoring {
    /// Whether the distance of the code counts.
    public var usesCode: Bool { self == .residualAndCode || self == .code }

    /// Whether the row's likelihood under drawn codes counts.
    var usesLikelihood: Bool { self == .elbo || self == .reconstructionProbability }
}
