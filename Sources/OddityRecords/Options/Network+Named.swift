// The names of what networks are made of and how they are trained.

public import OddityDetectors
public import OddityNeuralNetworks
public import OddityPreprocessing

/// An optimizer by its name, without its settings.
public enum OptimizerName: String, CaseIterable, Sendable, NamedChoice {
    /// Adam.
    case adam
    /// Adam with decoupled weight decay.
    case adamw
    /// Stochastic gradient descent with a momentum of 0.9.
    case sgd

    /// The optimizer.
    public func optimizer(weightDecay: Double) -> Optimizer {
        switch self {
        case .adam: .adam(weightDecay: weightDecay)
        case .adamw: .adamW(weightDecay: weightDecay)
        case .sgd: .sgd(momentum: 0.9, weightDecay: weightDecay)
        }
    }
}

/// A variant of the autoencoder by its name, without its settings.
public enum VariantName: String, CaseIterable, Sendable, NamedChoice {
    /// An autoencoder and nothing else.
    case plain
    /// Few units of the code are active.
    case sparse
    /// Rows are corrupted in training.
    case denoising
    /// The code is drawn from a distribution.
    case variational
    /// The network of pixels is convolutional; of images alone.
    case convolutional
}

/// What corrupts rows in training, by its name.
public enum NoiseName: String, CaseIterable, Sendable, NamedChoice {
    /// Normal noise.
    case gaussian
    /// Values become 0.
    case masking
    /// Values of other rows.
    case swap
    /// Normal noise of deviations between two.
    case multiScale = "multi-scale"
}

extension Activation: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) { self.init(name) }
}

extension Loss: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) { self.init(name) }
}

extension LearningRateSchedule: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) {
        switch name {
        case "constant": self = .constant
        case "cosine": self = .cosine()
        case "step": self = .step(epochs: 30, factor: 0.1)
        default: return nil
        }
    }

    /// The names of all values.
    public static var names: [String] { ["constant", "cosine", "step"] }
}

extension PrincipalComponentAnalysis.Selection: NamedChoice {
    /// A count, a share of the variance, or `auto`.
    public init?(named name: String) {
        if name == "auto" {
            self = .aboveAverage
        } else if let count = Int(name), count > 0 {
            self = .count(count)
        } else if let share = Double(name), share > 0, share <= 1 {
            self = .variance(share)
        } else {
            return nil
        }
    }

    /// The forms of all values.
    public static var names: [String] {
        ["a count", "a share of the variance such as 0.95", "auto"]
    }
}

extension Contamination: NamedChoice {
    /// `auto`, `none`, or a share above 0 and below ½.
    public init?(named name: String) {
        switch name {
        case "auto": self = .auto
        case "none": self = .none
        default:
            guard let share = Double(name), share > 0, share < 0.5 else { return nil }
            self = .share(share)
        }
    }

    /// The forms of all values.
    public static var names: [String] { ["auto", "none", "a share above 0 and below 0.5"] }
}
