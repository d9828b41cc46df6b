internal import CKernels

/// A loss as it is computed at the end of a planned network.
struct LossFunction: Sendable {
    private let kind: oddity_loss_kind
    private let delta: Float
    /// The network to plan: without its last sigmoid when the loss starts from the sigmoid's input.
    let network: NetworkDescription

    init(_ loss: Loss, after description: NetworkDescription) {
        var network = description
        switch loss {
        case .meanSquaredError: (kind, delta) = (ODDITY_SQUARED_ERROR, 0)
        case .meanAbsoluteError: (kind, delta) = (ODDITY_ABSOLUTE_ERROR, 0)
        case .huber(let limit): (kind, delta) = (ODDITY_HUBER, limit)
        case .binaryCrossEntropy:
            if let logits = description.withoutFinalSigmoid {
                network = logits
                (kind, delta) = (ODDITY_CROSS_ENTROPY_FROM_LOGITS, 0)
            } else {
                (kind, delta) = (ODDITY_CROSS_ENTROPY, 0)
            }
        }
        self.network = network
    }

    /// The sum over `count` elements, and `scale` times its gradient in the same pass.
    func sum(
        predicted: UnsafePointer<Float>,
        expected: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>?,
        scale: Float,
        count: Int
    ) -> Double {
        oddity_loss(kind, delta, predicted, expected, gradient, scale, count)
    }
}
