internal import OddityNeuralNetworks
internal import OddityPlatform

extension TableDetector {
    /// Refuses networks that memory cannot hold while they are trained, before they are made.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)`` with the figures.
    func checkMemory(inputSize: Int, rowCount: Int, threadCount: Int) throws {
        let description = plan(
            featureCount: inputSize,
            stepsPerEpoch: stepsPerEpoch(rowCount: rowCount)
        ).description
        try description.validate()
        let options = trainingOptions(rowCount: rowCount, inputSize: inputSize, seed: seed)
        let each = description.trainingByteCount(options, rowCount: rowCount)
        // Members that are done are kept; those that are trained side by side take more.
        let kept = MemoryLayout<Float>.stride * description.parameterCount * folds
        let byteCount = kept + each * min(folds, max(1, threadCount))
        guard let available = AvailableMemory.byteCount, byteCount > available else { return }
        let sizes = resolvedHiddenSizes(featureCount: inputSize).map(String.init)
        try check(
            false,
            "hidden sizes",
            sizes.joined(separator: ","),
            "\(folds) networks of \(description.parameterCount) parameters take "
                + "\(AvailableMemory.text(byteCount)) of memory to train, and "
                + "\(AvailableMemory.text(available)) are free; give smaller sizes or fewer folds"
        )
    }
}
