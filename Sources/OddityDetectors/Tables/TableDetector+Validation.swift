internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension TableDetector {
    /// Refuses settings that cannot be trained.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``, or `TrainingError.option` for numbers of the
    ///   loss, the optimizer or the schedule.
    public func validate() throws {
        try check(
            hiddenSizes.map { 1...64 ~= $0.count && $0.allSatisfy { 1...65536 ~= $0 } } ?? true,
            "hidden sizes",
            (hiddenSizes ?? []).prefix(64).map(String.init).joined(separator: ","),
            "give 1 to 64 sizes from 1 to 65536, the code last"
        )
        try check(
            dropout >= 0 && dropout < 1,
            "dropout",
            dropout,
            "give a share from 0 to below 1"
        )
        try check(
            learningRate > 0 && learningRate.isUsable,
            "learning rate",
            learningRate,
            "give a number above 0, such as 0.001"
        )
        try check(
            gradientClipping.map { $0 > 0 && $0.isUsable } ?? true,
            "gradient clipping",
            gradientClipping ?? 0,
            "give a norm above 0, or none"
        )
        try check(1...1 << 24 ~= batchSize, "batch size", batchSize, "give 1 to 16,777,216")
        for (name, count) in [("epochs", epochs), ("patience", patience)] {
            guard let count else { continue }
            try check(1...1_000_000 ~= count, name, count, "give 1 to 1,000,000")
        }
        try check(1...64 ~= folds, "folds", folds, "give 1 to 64")
        try check(
            heldOutShare > 0 && heldOutShare < 1,
            "held-out share",
            heldOutShare,
            "give a share above 0 and below 1"
        )
        try check(
            preparation.clippingLimit > 0 && preparation.clippingLimit.isFinite,
            "the clipping limit",
            preparation.clippingLimit,
            "give a number of deviations above 0"
        )
        try loss.validate()
        try optimizer.validate()
        try schedule.validate()
        try principalComponents?.validate()
        if importedLayers != nil {
            try check(folds == 1, "folds", folds, "a network that was trained elsewhere is one")
            try check(
                scoring == .residual && principalComponents == nil && loss == .meanSquaredError,
                "scoring",
                scoring.rawValue,
                "a network that was trained elsewhere is judged by residuals of columns"
            )
        }
        try validateVariant()
        try validateScoring()
    }
}
