internal import CKernels

/// A loss as it is computed at the end of a planned network.
struct LossFunction: Sendable {
    private enum Kind {
        case elementwise(oddity_loss_kind, delta: Float)
        case gaussian
    }

    private let kind: Kind
    /// The network to plan: without its last sigmoid when the loss starts from the sigmoid's input.
    let network: NetworkDescription
    /// The number of target columns.
    let targetSize: Int

    init(_ loss: Loss, after description: NetworkDescription) {
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
        }
        self.network = network
        targetSize = loss.targetSize(outputSize: network.outputSize)
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
