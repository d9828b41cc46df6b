internal import OddityNeuralNetworks

extension TableDetector {
    /// Refuses settings that cannot be trained.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``.
    public func validate() throws {
        try check(
            hiddenSizes.map { !$0.isEmpty && $0.allSatisfy { 1...65536 ~= $0 } } ?? true,
            "hidden sizes",
            (hiddenSizes ?? []).map(String.init).joined(separator: ","),
            "give one or more sizes from 1 to 65536, the code last"
        )
        try check(
            dropout >= 0 && dropout < 1,
            "dropout",
            dropout,
            "give a share from 0 to below 1"
        )
        try check(
            learningRate > 0 && learningRate.isFinite,
            "learning rate",
            learningRate,
            "give a number above 0, such as 0.001"
        )
        try check(
            gradientClipping.map { $0 > 0 && $0.isFinite } ?? true,
            "gradient clipping",
            gradientClipping ?? 0,
            "give a norm above 0, or none"
        )
        try check(batchSize >= 1, "batch size", batchSize, "give at least 1")
        try check(epochs.map { $0 >= 1 } ?? true, "epochs", epochs ?? 0, "give at least 1")
        try check(patience.map { $0 >= 1 } ?? true, "patience", patience ?? 0, "give at least 1")
        try check(1...64 ~= folds, "folds", folds, "give 1 to 64")
        try check(
            heldOutShare > 0 && heldOutShare < 1,
            "held-out share",
            heldOutShare,
            "give a share above 0 and below 1"
        )
        try validateVariant()
        try validateScoring()
    }

    func check<Value>(
        _ isSound: Bool,
        _ name: String,
        _ value: Value,
        _ remedy: String
    ) throws {
        guard !isSound else { return }
        throw DetectorError.invalidSetting(name: name, value: "\(value)", remedy: remedy)
    }
}
