extension Loss {
    /// Checks the number of a loss that has one.
    ///
    /// - Throws: ``TrainingError/option(_:)`` if it is wrong.
    public func validate() throws {
        if let problem { throw TrainingError.option(problem) }
    }

    /// What is wrong with the number, nil if nothing is.
    var problem: String? {
        switch self {
        case .huber(let delta):
            delta > 0 && delta.isFinite
                ? nil : "delta of the Huber loss is \(delta); use a number above 0"
        case .structuralSimilarity(let weight), .multiScaleStructuralSimilarity(let weight),
            .gradientDifference(let weight):
            weight >= 0 && weight.isFinite
                ? nil : "the weight of the squared error is \(weight); use 0 or more"
        case .meanSquaredError, .meanAbsoluteError, .binaryCrossEntropy, .gaussian: nil
        }
    }
}
