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
        guard let share = share(after: progress) else { return }
        Console.isInteractive ? drawBar(progress, share) : showRest(share)
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

    /// The share of the epochs that is done, where it is time to show it.
    private func share(after progress: FittingProgress) -> Double? {
        let now = ContinuousClock.now
        let pause: Duration = Console.isInteractive ? .milliseconds(80) : .seconds(15)
        return state.withLock { state in
            state.finishedEpochs[progress.member] = progress.epoch
            // Elsewhere than on a terminal the first line comes after a second.
            let last =
                state.lastDrawn ?? (Console.isInteractive ? nil : start - pause + .seconds(1))
            if let last, now - last < pause { return nil }
            let done = state.finishedEpochs.values.reduce(0, +)
            let share = Double(done) / Double(memberCount * progress.epochCount)
            // A hundredth tells how long the rest will take.
            guard Console.isInteractive || share >= 0.01 else { return nil }
            state.lastDrawn = now
            return share
        }
    }

    /// Seconds so far; a clock may stand still, and no speed is infinite.
    private var seconds: Double { max((ContinuousClock.now - start) / .seconds(1), 1e-6) }

    /// Says how much time a long training still takes at most.
    private func showRest(_ share: Double) {
        let rest = seconds * (1 - share) / share
        guard rest >= 10 else { return }
        Console.error(
            FitReport.line(
                "training",
                "\(Int(share * 100)) %, at most \(Int(rest.rounded(.up))) s left"
            )
        )
    }

    private func drawBar(_ progress: FittingProgress, _ share: Double) {
        let seconds = seconds
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
