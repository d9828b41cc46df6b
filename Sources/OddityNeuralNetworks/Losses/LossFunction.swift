internal import COddityKernels

/// A loss as it is computed at the end of a planned network.
struct LossFunction: Sendable {
    private enum Kind {
        case elementwise(oddity_loss_kind, delta: Float)
        case gaussian
        /// The squared error with a weight; ``PlannedLoss`` adds the rest.
        case image(errorWeight: Float)
    }

    private let kind: Kind
    /// The network to plan: without its last sigmoid when the loss starts from the sigmoid's input.
    let network: NetworkDescription
    /// The number of target columns.
    let targetSize: Int
    private let loss: Loss

    init(_ loss: Loss, after description: NetworkDescription) {
        self.loss = loss
        var network = description
        switch loss {
        case .meanSquaredError: kind = .elementwise(ODDITY_SQUARED_ERROR, delta: 0)
        case .meanAbsoluteError: kind = .elementwise(ODDITY_ABSOLUTE_ERROR, delta: 0)
        case .huber(let limit): kind = .elementwise(ODDITY_HUBER, delta: limit)
        case .binaryCrossEntropy:
            if let logits = description.withoutFinalSigmoid {
                network = logits
                kind = .elementwise(ODDITY_CROSS_ENTROPY_FROM_LOGITS, delta: 0)
            } else {
                kind = .elementwise(ODDITY_CROSS_ENTROPY, delta: 0)
            }
        case .gaussian: kind = .gaussian
        case .structuralSimilarity(let errorWeight),
            .multiScaleStructuralSimilarity(let errorWeight),
            .gradientDifference(let errorWeight):
            kind = .image(errorWeight: errorWeight)
        }
        self.network = network
        targetSize = loss.targetSize(outputSize: network.outputSize)
    }

    /// What a loss of images adds to ``sum(predicted:expected:gradient:scale:rowCount:)``, made for the
    /// output's shape; nil for other losses.
    func makeImageTerm() -> (any ImageTerm)? {
        let shape = network.outputShape
        return switch loss {
        case .structuralSimilarity: StructuralSimilarity(shape: shape, isMultiScale: false)
        case .multiScaleStructuralSimilarity: StructuralSimilarity(shape: shape, isMultiScale: true)
        case .gradientDifference: GradientDifference(shape: shape)
        default: nil
        }
    }

    /// The sum over the elements of some rows, and `scale` times its gradient in the same pass.
    ///
    /// - Parameters:
    ///   - predicted: rows of the network's outputs.
    ///   - expected: rows of ``targetSize`` numbers.
    ///   - gradient: the derivatives by `predicted`.
    func sum(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float,
        rowCount: Int
    ) -> Double {
        switch kind {
        case .image(let errorWeight):
            Double(errorWeight)
                * oddity_loss(
                    ODDITY_SQUARED_ERROR,
                    0,
                    predicted,
                    expected,
                    gradient,
                    scale * errorWeight,
                    rowCount * targetSize
                )
        case .elementwise(let kind, let delta):
            oddity_loss(
                kind,
                delta,
                predicted,
                expected,
                gradient,
                scale,
                rowCount * targetSize
            )
        case .gaussian:
            oddity_gaussian_loss(
                Loss.logVarianceLimit,
                predicted,
                expected,
                gradient,
                scale,
                rowCount,
                targetSize
            )
        }
    }
}
