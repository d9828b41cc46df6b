internal import OddityRecords
internal import Synchronization

/// Shows how far long work is: a bar on a terminal, a line now and then elsewhere.
final class WorkProgress: Sendable {
    private let name: String
    private let start = ContinuousClock.now
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

    /// - Parameter name: what the work is called, in a word.
    init(_ name: String) {
        self.name = name
    }

    /// Does work on so many rows, which tells how many are done.
    static func showing<Result>(
        _ name: String,
        of rowCount: Int,
        _ work: (_ onProgress: (Int) -> Void) throws -> Result
    ) rethrows -> Result {
        let progress = WorkProgress(name)
        defer { progress.finish() }
        return try work { progress.report(Double($0) / Double(max(1, rowCount))) }
    }

    /// Takes note of the share of the work that is done, and shows it where it is time to.
    ///
    /// - Parameter pace: what to tell of the pace on a terminal, given the seconds so far.
    func report(_ share: Double, pace: (Double) -> String = { _ in "" }) {
        guard share > 0, isDue(share) else { return }
        // A clock may stand still, and no pace is infinite.
        let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-6)
        let rest = max(0, seconds * (1 - share) / share)
        if Console.isInteractive {
            let width = 28
            let filled = Int(share * Double(width))
            Console.status(
                "\r\u{1B}[K\(name) " + String(repeating: "█", count: filled)
                    + String(repeating: "░", count: width - filled)
                    + " \(Int(share * 100)) %  \(pace(seconds))\(Int(rest + 0.5)) s left"
            )
        } else if rest >= 10 {
            Console.error(
                FitReport.line(
                    name,
                    "\(Int(share * 100)) %, at most \(Int(rest.rounded(.up))) s left"
                )
            )
        }
    }

    /// Removes the bar.
    func finish() {
        if Console.isInteractive { Console.status("\r\u{1B}[K") }
    }

    private func isDue(_ share: Double) -> Bool {
        let now = ContinuousClock.now
        let pause: Duration = Console.isInteractive ? .milliseconds(80) : .seconds(15)
        return lastShown.withLock { shown in
            // Elsewhere than on a terminal the first line comes after a second.
            let last = shown ?? (Console.isInteractive ? nil : start - pause + .seconds(1))
            if let last, now - last < pause { return false }
            // A hundredth tells how long the rest will take.
            guard Console.isInteractive || share >= 0.01 else { return false }
            shown = now
            return true
        }
    }
}
