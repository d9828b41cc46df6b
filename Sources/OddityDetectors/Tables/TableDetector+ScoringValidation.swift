extension TableDetector {
    /// Refuses a scoring that the network has no numbers for, and settings that it would not use.
    func validateScoring() throws {
        let isVariational = if case .variational = variant { true } else { false }
        try check(
            !scoring.usesLikelihood || isVariational,
            "scoring",
            scoring.rawValue,
            "only a variational network has a distribution of codes: use that variant, or another scoring"
        )
        try check(
            codeDistance == .nearest || scoring.usesCode,
            "code distance",
            codeDistance.rawValue,
            "a scoring of \(scoring.rawValue) uses no code: use residual-and-code or code"
        )
        guard let svddWeight else { return }
        try check(
            svddWeight > 0 && svddWeight.isFinite,
            "SVDD weight",
            svddWeight,
            "give a number above 0, such as 0.01"
        )
        try check(
            codeDistance == .center,
            "SVDD weight",
            svddWeight,
            "it pulls codes to their centre: use the code distance center"
        )
        try check(
            !isVariational,
            "SVDD weight",
            svddWeight,
            "the divergence of a variational network holds its codes near 0 already: use another variant"
        )
    }
}
