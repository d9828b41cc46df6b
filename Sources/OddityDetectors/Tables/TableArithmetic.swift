package import OddityEvaluation
package import OddityLinearAlgebra
package import OddityNeuralNetworks

/// The numbers by which a detector judges prepared rows, for what does the same elsewhere.
///
/// What is done with them, and in what order, says ``TableScorer``.
package struct TableArithmetic: Sendable {
    /// How far a code lies from those of the training rows.
    package enum CodeDistance: Sendable {
        /// From one of the nearest of some codes: `rank` 1 is the nearest.
        case nearest(
            mean: [Float],
            inverseDeviation: [Float],
            references: Matrix,
            rank: Int
        )
        /// From one centre, by a matrix W of its own where there is one.
        case central(center: [Float], whitening: Matrix?)
    }

    /// One network with what it alone knows.
    package struct Member: Sendable {
        package let network: Network
        /// Nil where codes don't count.
        package let codeDistance: CodeDistance?
        /// Of the joined score over the member's own held-out rows.
        package let ownScore: SurvivalFunction
    }

    /// A function through some points, linear between them and beyond.
    package struct Curve: Sendable {
        package let values: [Float]
        package let results: [Float]
        /// By how much values beyond the ends differ for a difference of 1.
        package let scale: Float
    }

    /// What rows are compared with.
    package struct Neighbors: Sendable {
        /// For each feature; without values where it stays as it is.
        package let curves: [Curve]
        package let references: Matrix
    }

    package let members: [Member]
    /// The position of the layer whose output is the code.
    package let codeLayer: Int
    package let neighbors: Neighbors?
    /// For each feature, what its squared residual is multiplied by.
    package let residualScale: [Float]
    /// The mean of each feature; empty where residuals are taken as they are.
    package let noiseCenter: [Float]
    /// The share of a deviation from the mean that is always residual.
    package let noiseShare: Float
    /// What a cell that training could not have produced adds to the sum of scaled squared residuals.
    package let evidenceWeight: Double
    /// What such cells add to a member's score, however many there are.
    package let evidenceSurprise: Double
    /// Of the logarithms of residuals; nil where only codes count.
    package let residual: SurvivalFunction?
    /// Of the logarithms of distances of codes; nil where they don't count.
    package let distance: SurvivalFunction?
    /// Of the logarithms of distances from training rows; nil where rows are not compared.
    package let neighbor: SurvivalFunction?
    /// Of the joined scores.
    package let score: SurvivalFunction
    /// Logarithms of combined p-values, ascending, and for each that of the share of normal rows.
    package let agreement: (combined: [Double], corrected: [Double])
    /// The rows that were held out in the fit.
    package let heldOutCount: Int
}

extension TableArithmetic {
    /// The numbers of a detector; nil for one that was fitted by a release which measured its members one by one.
    package init?(_ detector: FittedTableDetector) {
        guard case .agreement(let agreement) = detector.calibration,
            let calibration = detector.members.first?.calibration
        else { return nil }
        members = detector.members.map { member in
            Member(
                network: member.network,
                codeDistance: member.codeMeasure.map(CodeDistance.init),
                ownScore: member.calibration.ownScore
            )
        }
        codeLayer = detector.codeLayer
        neighbors = detector.neighbors.map { neighbors in
            Neighbors(
                curves: neighbors.scores.curves.map {
                    Curve(values: $0.values, results: $0.quantiles, scale: $0.deviation)
                },
                references: neighbors.references
            )
        }
        residualScale = detector.residualScale
        noiseCenter = detector.noise.center
        noiseShare = detector.noise.share
        evidenceWeight = FittedTableDetector.evidenceWeight
        evidenceSurprise = detector.evidenceSurprise
        residual = calibration.residual
        distance = calibration.distance
        neighbor = calibration.neighbor
        score = calibration.score
        self.agreement = (agreement.combined, agreement.corrected)
        heldOutCount = detector.trainingHeldOut.count
    }
}

extension TableArithmetic.CodeDistance {
    init(_ measure: CodeMeasure) {
        switch measure {
        case .nearest(let code):
            self = .nearest(
                mean: code.mean,
                inverseDeviation: code.inverseDeviation,
                references: code.references,
                rank: code.rank
            )
        case .central(let code):
            self = .central(center: code.center, whitening: code.whitening)
        }
    }
}
