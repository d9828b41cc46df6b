internal import OddityDetectors
internal import OddityRecords
internal import Synchronization

/// Shows how a training goes.
final class FitProgress: Sendable {
    private let work = WorkProgress("training")
    private let finishedEpochs = Mutex<[Int: Int]>([:])
    private let memberCount: Int
    private let showsAllEpochs: Bool

    init(memberCount: Int, showsAllEpochs: Bool) {
        self.memberCount = memberCount
        self.showsAllEpochs = showsAllEpochs
    }

    /// Takes note of an epoch that has ended.
    func report(_ progress: FittingProgress) {
        if showsAllEpochs || isWorthALine(progress) {
            work.finish()
            Console.error(line(progress))
        }
        let done = finishedEpochs.withLock { epochs in
            epochs[progress.member] = progress.epoch
            return epochs.values.reduce(0, +)
        }
        work.report(Double(done) / Double(memberCount * progress.epochCount)) { seconds in
            "\(Int(Double(done) / seconds)) epochs/s, "
        }
    }

    /// Removes the bar.
    func finish() { work.finish() }

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
}
