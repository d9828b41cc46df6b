internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension SeriesDetector {
    /// The longest window, in steps.
    public static let windowLimit = 4_096

    /// Refuses settings that cannot be trained.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``.
    public func validate() throws {
        try check(2...64 ~= folds, "folds", folds, "give 2 to 64")
        if let windowLength {
            try check(
                2...SeriesDetector.windowLimit ~= windowLength,
                "the window",
                windowLength,
                "give 2 to \(SeriesDetector.windowLimit) steps"
            )
        }
        try check(
            1...SeriesDetector.windowLimit ~= stride,
            "the stride",
            stride,
            "give 1 to \(SeriesDetector.windowLimit) steps"
        )
        if let batchSize {
            try check(1...65_536 ~= batchSize, "batch size", batchSize, "give 1 to 65,536")
        }
        if let epochs { try check(1...1_000_000 ~= epochs, "epochs", epochs, "give at least 1") }
        if let patience { try check(patience >= 1, "patience", patience, "give at least 1") }
        try check(
            learningRate > 0 && learningRate <= 1,
            "learning rate",
            learningRate,
            "give a number above 0 and up to 1, such as 0.003"
        )
        switch loss {
        case .meanSquaredError, .meanAbsoluteError: break
        case .huber(let number):
            try check(
                number > 0 && number.isFinite,
                "the loss of series",
                loss.name,
                "give a number above 0"
            )
        default: try check(false, "the loss of series", loss.name, "use mse, mae or huber")
        }
        try check(
            preparation.clippingLimit > 0 && preparation.clippingLimit.isFinite,
            "the clipping limit",
            preparation.clippingLimit,
            "give a number of deviations above 0"
        )
        if let alarmsPerDay {
            try check(
                alarmsPerDay > 0 && alarmsPerDay.isFinite,
                "the alarms a day",
                alarmsPerDay,
                "give a number above 0, such as 0.5"
            )
        }
        try network.validate()
    }
}

extension SeriesNetwork {
    func validate() throws {
        let sizes = resolvedHiddenSizes()
        try check(
            1...8 ~= sizes.count && sizes.allSatisfy { 1...4096 ~= $0 },
            "hidden sizes",
            sizes.map(String.init).joined(separator: ","),
            "give one to eight sizes from 1 to 4,096"
        )
        if let latentSize {
            try check(
                1...4096 ~= latentSize,
                "the size of the code",
                latentSize,
                "give 1 to 4,096"
            )
        }
        try variant.validate(codeSize: latentSize ?? 4_096)
        switch variant {
        case .denoising(.multiScale):
            try check(
                false,
                "noise",
                "multi-scale",
                "multi-scale noise adds a column, and series have none: use gaussian, masking or swap"
            )
        case .sparse(.l1(_, let layers)):
            try check(
                layers == .code,
                "penalized layers",
                layers.rawValue,
                "only the code of a series can be penalized"
            )
        default: break
        }
    }
}
