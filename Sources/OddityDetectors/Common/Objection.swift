internal import OddityNeuralNetworks

/// Lets who is told of a training end it by throwing.
final class Objection {
    private var error: (any Error)?

    /// Tells of an epoch.
    ///
    /// - Parameter decision: what follows where nothing was thrown.
    func decision(
        _ decision: ProgressDecision = .goOn,
        after tell: () throws -> Void
    ) -> ProgressDecision {
        do {
            try tell()
            return decision
        } catch {
            self.error = error
            return .stop
        }
    }

    /// Throws what ended the training.
    func check() throws {
        if let error { throw error }
    }
}
