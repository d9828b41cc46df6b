internal import COddityKernels
internal import OddityPlatform

/// One step of an optimizer, with everything computed that is the same for all parameters.
enum OptimizerStep: Sendable {
    case sgd(learningRate: Float, momentum: Float, weightDecay: Float, gradientScale: Float)
    case adam(oddity_adam_options)

    /// - Parameters:
    ///   - number: 1 for the first step.
    ///   - gradientScale: what gradients are multiplied by first.
    init(_ optimizer: Optimizer, learningRate: Double, number: Int, gradientScale: Float) {
        switch optimizer {
        case .sgd(let momentum, let weightDecay):
            self = .sgd(
                learningRate: Float(learningRate),
                momentum: Float(momentum),
                weightDecay: Float(weightDecay),
                gradientScale: gradientScale
            )
        case .adam(let beta1, let beta2, let epsilon, let weightDecay):
            self.init(
                beta1,
                beta2,
                epsilon,
                learningRate,
                number,
                l2: weightDecay,
                decay: 0,
                gradientScale
            )
        case .adamW(let beta1, let beta2, let epsilon, let weightDecay):
            self.init(
                beta1,
                beta2,
                epsilon,
                learningRate,
                number,
                l2: 0,
                decay: learningRate * weightDecay,
                gradientScale
            )
        }
    }

    private init(
        _ beta1: Double,
        _ beta2: Double,
        _ epsilon: Double,
        _ learningRate: Double,
        _ number: Int,
        l2: Double,
        decay: Double,
        _ gradientScale: Float
    ) {
        self = .adam(
            oddity_adam_options(
                beta1: Float(beta1),
                beta2: Float(beta2),
                epsilon: Float(epsilon),
                first_weight: Float(1 - beta1),
                second_weight: Float(1 - beta2),
                step_size: Float(learningRate / (1 - pow(beta1, Double(number)))),
                second_correction: Float(1 / (1 - pow(beta2, Double(number))).squareRoot()),
                l2: Float(l2),
                decay: Float(decay),
                gradient_scale: gradientScale
            )
        )
    }

    /// Updates a range of parameters and their moments in place.
    func apply(
        gradients: UnsafePointer<Float>,
        moments: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>),
        parameters: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        switch self {
        case .sgd(let learningRate, let momentum, let weightDecay, let gradientScale):
            let velocities = moments.0
            for i in 0..<count {
                let gradient = gradients[i] * gradientScale + weightDecay * parameters[i]
                let velocity = momentum * velocities[i] + gradient
                velocities[i] = velocity
                parameters[i] -= learningRate * velocity
            }
        case .adam(let options):
            withUnsafePointer(to: options) {
                oddity_adam($0, gradients, moments.0, moments.1, parameters, count)
            }
        }
    }
}
