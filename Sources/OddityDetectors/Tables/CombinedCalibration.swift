internal import OddityEvaluation

/// From the members' p-values of a row to one.
enum CombinedCalibration: Sendable {
    /// Among Cauchy's combinations of training rows, as in models that were written before rows were pooled.
    case trainingRows(SurvivalFunction)
    /// By how much members agree.
    case agreement(AgreementCorrection)

    /// The logarithm of the p-value of a row.
    ///
    /// - Parameter logarithms: of the members' p-values.
    func logarithm(of logarithms: ArraySlice<Double>) -> Double {
        switch self {
        case .trainingRows(let survival):
            return survival.logarithm(at: -CombinedPValue.cauchyLogarithm(logarithms))
        case .agreement(let correction):
            if logarithms.count == 1, let only = logarithms.first { return only }
            return correction.logarithm(of: CombinedPValue.cauchyLogarithm(logarithms))
        }
    }
}
