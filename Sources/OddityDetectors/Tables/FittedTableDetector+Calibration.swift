internal import OddityEvaluation
internal import OddityModelFiles

extension FittedTableDetector {
    /// Whether the members share what their held-out rows gave.
    var isPooled: Bool {
        if case .agreement = calibration { true } else { false }
    }

    /// How distances and p-values are formed; nil for a model that was written before folds were pooled.
    var statistics: TableStatistics? {
        guard isPooled else { return nil }
        guard case .nearest(let code) = members[0].codeMeasure else {
            return TableStatistics(codeRank: 1, knotCounts: neighbors?.knotCounts)
        }
        return TableStatistics(codeRank: code.rank, knotCounts: neighbors?.knotCounts)
    }

    /// What turns measures into one p-value, as named tensors.
    func calibrationTensors() throws -> [Tensor] {
        switch calibration {
        case .trainingRows(let survival):
            [try Tensor(name: "calibration", values: survival.values)]
        case .agreement(let correction):
            try members[0].calibration.tensors(prefix: "calibration.")
                + (neighbors?.tensors() ?? []) + [
                    Tensor(name: "residual_center", values: noise.center),
                    Tensor(name: "agreement.combined", values: correction.combined),
                    Tensor(name: "agreement.corrected", values: correction.corrected),
                ]
        }
    }
}

extension CombinedCalibration {
    /// The rows that it was learned from, where it was learned from rows.
    var rowCount: Int {
        if case .trainingRows(let survival) = self { survival.values.count } else { 0 }
    }

    /// Reads how members are combined.
    init(reading archive: ModelArchive, statistics: TableStatistics?) throws {
        guard statistics != nil else {
            self = .trainingRows(
                try archive.survivalFunction(
                    named: "calibration",
                    tailScale: TailScale.surprise
                )
            )
            return
        }
        let combined = try archive.values(of: "agreement.combined", as: Double.self)
        let corrected = try archive.values(of: "agreement.corrected", as: Double.self)
        guard combined.count > 1, combined.count == corrected.count,
            combined.last == 0, corrected.last == 0,
            combined == combined.sorted(), corrected == corrected.sorted(),
            (combined + corrected).allSatisfy(\.isFinite)
        else {
            throw DetectorError.inconsistentModel(
                "what its members' agreement was measured to be does not fit together"
            )
        }
        self = .agreement(AgreementCorrection(combined: combined, corrected: corrected))
    }
}

extension ResidualNoise {
    /// Reads the means of the features, where a model has them.
    init(reading archive: ModelArchive, featureCount: Int, statistics: TableStatistics?) throws {
        self = .none
        guard statistics != nil else { return }
        self.init(
            center: try archive.values(
                of: "residual_center",
                shape: [featureCount],
                as: Float.self
            )
        )
    }
}
