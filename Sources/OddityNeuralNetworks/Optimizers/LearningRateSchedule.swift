internal import OddityPlatform

/// How the learning rate changes while training goes on.
public enum LearningRateSchedule: Codable, Hashable, Sendable {
    /// The same in every step.
    case constant
    /// Half a cosine over all steps, from 1 down to `finalFraction` of the learning rate
    /// (Loshchilov & Hutter 2017, without restarts).
    case cosine(finalFraction: Double = 0)
    /// Multiplied by `factor` after every `epochs` epochs.
    case step(epochs: Int, factor: Double = 0.1)

    /// The part of the learning rate to use.
    ///
    /// - Parameters:
    ///   - step: 0 for the first step of the training.
    func fraction(step: Int, stepCount: Int, epoch: Int) -> Double {
        switch self {
        case .constant:
            return 1
        case .cosine(let finalFraction):
            let way = Double(step) / Double(max(stepCount, 1))
            return finalFraction + (1 - finalFraction) * 0.5 * (1 + cos(Double.pi * way))
        case .step(let epochs, let factor):
            return pow(factor, Double(epoch / epochs))
        }
    }

    /// Checks the numbers.
    ///
    /// - Throws: ``TrainingError/option(_:)`` for the first one that is wrong.
    public func validate() throws {
        if let problem { throw TrainingError.option(problem) }
    }

    /// What is wrong with the numbers, nil if nothing is.
    var problem: String? {
        switch self {
        case .constant:
            return nil
        case .cosine(let fraction):
            return fraction >= 0 && fraction <= 1
                ? nil : "the final fraction of the cosine is \(fraction); use 0 to 1"
        case .step(let epochs, let factor):
            if epochs < 1 {
                return "the learning rate changes every \(epochs) epochs; use 1 or more"
            }
            return factor > 0 && factor <= 1
                ? nil : "the learning rate's factor is \(factor); use above 0 to 1"
        }
    }
}
