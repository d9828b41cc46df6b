internal import ArgumentParser
internal import OddityDetectors

/// What makes a row odd, on the command line.
struct ScoringArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What makes a row odd: residual-and-code, residual (the reconstruction error alone), code (the distance of its code alone), or, of a variational network, elbo or reconstruction-probability (default: residual-and-code).",
            valueName: "name"
        )
    )
    var scoring: TableDetector.Scoring?

    @Option(
        help: ArgumentHelp(
            "How far a code is: nearest (to the nearest code of training), mahalanobis (in the covariance of those codes), or center (from one centre, deep SVDD) (default: nearest).",
            valueName: "name"
        )
    )
    var codeDistance: TableDetector.CodeDistance?

    @Option(
        help: ArgumentHelp(
            "With --code-distance center: train for as many epochs again with codes pulled to the centre by this weight, such as 0.01 (default: not at all).",
            valueName: "weight"
        )
    )
    var svddWeight: Float?

    @Flag(
        help:
            "Keep no values of training rows in the model; rows are then not compared with the nearest of them, which ranks anomalies less well."
    )
    var noStoredRows = false

    /// Writes what was given into a detector.
    func apply(to autoencoder: inout TableDetector) throws {
        if let scoring { autoencoder.scoring = scoring }
        if let codeDistance {
            guard autoencoder.scoring.usesCode else {
                throw ValidationError(
                    "--code-distance belongs to --scoring residual-and-code or code, and the scoring "
                        + "is \(autoencoder.scoring.rawValue)"
                )
            }
            autoencoder.codeDistance = codeDistance
        }
        guard svddWeight == nil || codeDistance == .center else {
            throw ValidationError("--svdd-weight belongs to --code-distance center")
        }
        autoencoder.svddWeight = svddWeight
        guard noStoredRows else { return }
        guard autoencoder.scoring == .residualAndCode else {
            throw ValidationError(
                "--no-stored-rows belongs to --scoring residual-and-code, and the scoring is "
                    + "\(autoencoder.scoring.rawValue), which stores none"
            )
        }
        autoencoder.storesRows = false
    }
}
