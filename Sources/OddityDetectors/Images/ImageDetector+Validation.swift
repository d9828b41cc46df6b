extension ImageDetector {
    /// Refuses settings that cannot be trained.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``.
    public func validate() throws {
        try check(2...64 ~= folds, "folds", folds, "give 2 to 64")
        for (name, sizes) in [
            ("global sizes", globalSizes), ("pixel sizes", pixelSizes), ("patch sizes", patchSizes),
        ] {
            try check(
                1...16 ~= sizes.count && sizes.allSatisfy { 1...65536 ~= $0 },
                name,
                sizes.map(String.init).joined(separator: ","),
                "give one or more sizes from 1 to 65536, the code last"
            )
        }
        try check(1...10_000_000 ~= steps, "steps", steps, "give at least 1")
        try check(1...10_000_000 ~= patchSteps, "patch steps", patchSteps, "give at least 1")
        try check(
            100...10_000_000 ~= patchCount,
            "patch count",
            patchCount,
            "give 100 to 10,000,000"
        )
        try pixelScore.validate()
        try check(
            scoring != .code || measures != .pixels || pixelScore == PixelScore(),
            "the score of pixels",
            "given",
            "leave it out where the code alone counts"
        )
        if case .convolutional(let network) = pixelNetwork { try network.validate() }
    }
}
