internal import OddityModelSelection
internal import OddityRecords
internal import Synchronization

/// Shows how a search goes: a bar on a terminal, a line for each better trial elsewhere.
final class TuneProgress: Sendable {
    private let bestNumber = Mutex(0)
    private let objective: SearchObjective

    init(objective: SearchObjective) {
        self.objective = objective
    }

    /// Takes note of a training that has ended.
    func report(_ progress: SearchProgress<some TunableDetector>) {
        if let failure = progress.trial.failure {
            line("trial \(progress.trial.number)", "left out: \(failure)")
        }
        let isBetter = bestNumber.withLock { number in
            defer { number = progress.best.number }
            return number != progress.best.number
        }
        let best = progress.best
        if isBetter, let result = best.lastResult, result.share == 1 {
            line(
                "best so far",
                "trial \(best.number), \(best.settings): \(objective.name) "
                    + decimals(objective.figure(of: result), 4)
            )
        }
        guard Console.isInteractive else { return }
        let share = Double(progress.finishedCount) / Double(progress.plannedCount)
        let left = progress.seconds * (1 - share) / share
        let filled = Int(share * 28)
        Console.status(
            "\r\u{1B}[Ktrials " + String(repeating: "█", count: filled)
                + String(repeating: "░", count: 28 - filled)
                + " \(progress.finishedCount) of \(progress.plannedCount) trainings, best is trial "
                + "\(best.number)  \(Int(left + 0.5)) s left"
        )
    }

    /// Removes the bar.
    func finish() {
        if Console.isInteractive { Console.status("\r\u{1B}[K") }
    }

    private func line(_ subject: String, _ text: String) {
        finish()
        Console.error(FitReport.line(subject, text))
    }
}
