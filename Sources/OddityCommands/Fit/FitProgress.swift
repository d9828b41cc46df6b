internal import OddityDetectors
internal import OddityRecords
internal import Synchronization

/// Shows how a training goes: a bar on a terminal, a line now and then elsewhere.
final class FitProgress: Sendable {
    private struct State {
        var finishedEpochs: [Int: Int] = [:]
        var lastDrawn: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let memberCount: Int
    private let showsAllEpochs: Bool

    init(memberCount: Int, showsAllEpochs: Bool) {
        self.memberCount = memberCount
        self.showsAllEpochs = showsAllEpochs
    }

    /// Takes note of an epoch that has ended.
    func report(_ progress: FittingProgress) {
        if showsAllEpochs || isWorthALine(progress) {
            if Console.isInteractive { Console.status("\r\u{1B}[K") }
            Console.error(line(progress))
        }
        if Console.isInteractive { drawBar(progress) }
    }

    /// Removes the bar.
    func finish() {
        if Console.isInteractive { Console.status("\r\u{1B}[K") }
    }

    /// With a single network every epoch up to 20, then every tenth of the training.
    private func isWorthALine(_ progress: FittingProgress) -> Bool {
        guard memberCount == 1 else { return false }
        let every = progress.epochCount <= 20 ? 1 : max(1, progress.epochCount / 10)
        return progress.epoch % every == 0 || progress.epoch == progress.epochCount
    }

    private func line(_ progress: FittingProgress) -> String {
        let member = memberCount > 1 ? "member \(progress.member + 1) of \(memberCount), " : ""
        return "\(member)epoch \(progress.epoch) of \(progress.epochCount): loss "
            + "\(decimals(progress.trainingLoss, 6)), held-out \(decimals(progress.heldOutLoss, 6))"
    }

    private func drawBar(_ progress: FittingProgress) {
        let now = ContinuousClock.now
        let share: Double? = state.withLock { state in
            state.finishedEpochs[progress.member] = progress.epoch
            if let last = state.lastDrawn, now - last < .milliseconds(80) { return nil }
            state.lastDrawn = now
            let done = state.finishedEpochs.values.reduce(0, +)
            return Double(done) / Double(memberCount * progress.epochCount)
        }
        guard let share, share > 0 else { return }
        // A clock may stand still, and no speed is infinite.
        let seconds = max((now - start) / .seconds(1), 1e-6)
        let width = 28
        let filled = Int(share * Double(width))
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let epochs = share * Double(memberCount * progress.epochCount)
        Console.status(
            "\r\u{1B}[Ktraining \(bar) \(Int(share * 100)) %  \(Int(epochs / seconds)) epochs/s, "
                + "\(Int(seconds * (1 - share) / share + 0.5)) s left"
        )
    }
}
