internal import OddityDatasets
package import OddityModelSelection
internal import OddityReports

/// What a search found, as text, JSON, a table and a page.
package struct TuneSummary<Base: TunableDetector>: Encodable {
    package struct Result: Encodable {
        package let number: Int
        package let settings: String
        package let latentSize: Int
        /// The share of the epochs that was trained; null for a trial that failed.
        package let share: OrNull<Double>
        package let heldOutLoss, separation: OrNull<Double>
        /// On the validation rows; null without them.
        package let auroc, averagePrecision, leastCost: OrNull<Double>
        package let failure: String?

        package init(_ trial: Trial<Base>, _ result: TrialResult?) {
            number = trial.number
            settings = trial.settings
            latentSize = trial.latentSize
            share = OrNull(result?.share)
            heldOutLoss = OrNull(result?.heldOutLoss)
            separation = OrNull(result?.separation)
            auroc = OrNull(result?.validation?.auroc)
            averagePrecision = OrNull(result?.validation?.averagePrecision)
            leastCost = OrNull(result?.validation?.leastCost)
            failure = trial.failure
        }
    }

    package let objective: String
    package let best: Result
    package let trials: [Result]
    package let test: TuneTest?
    /// Whether trials were left out because the time was up.
    package let isTimeUp: Bool
    /// Everything there is to know.
    package let result: SearchResult<Base>

    private enum CodingKeys: CodingKey { case objective, best, trials, test, isTimeUp }

    /// Sums a search up.
    ///
    /// - Parameter test: what the chosen detector makes of rows that nothing was chosen by.
    package init(_ result: SearchResult<Base>, test: TuneTest?) {
        self.result = result
        objective = result.objective.name
        best = Result(result.best, result.best.lastResult)
        trials = result.trials.map { Result($0, $0.lastResult) }
        isTimeUp = result.isTimeUp
        self.test = test
    }
}

extension TuneSummary {
    /// The trials that were trained longest, the best first, and the chosen one.
    package var lines: [String] {
        let finalists = result.finalists
        let rows = finalists.map { trial in
            [
                trial.number == result.best.number ? "→ \(trial.number)" : "\(trial.number)",
                trial.settings, short(trial.lastResult?.heldOutLoss),
                decimals(trial.lastResult?.separation, 4),
            ] + (result.objective == .separation ? [] : [figure(of: trial)])
        }
        let header =
            ["trial", "settings", "held-out loss", "separation"]
            + (result.objective == .separation ? [] : [objective])
        var lines = aligned([header] + rows, rightAligned: [0, 2, 3, 4])
        lines.append("")
        lines.append(
            "\(counted(trials.count, "trial")), \(finalists.count) of them with all epochs"
                + (isTimeUp ? "; the time was up before all were tried" : "")
        )
        lines.append("chosen: trial \(best.number), \(best.settings)")
        if let test { lines.append("test: \(test.line)") }
        return lines
    }

    private func figure(of trial: Trial<Base>) -> String {
        decimals(trial.lastResult.flatMap(result.objective.figure(of:)), 4)
    }

    /// Writes one line for each training.
    package func writeTable(to path: String) throws {
        let writer = try CSVWriter(
            path: path,
            columns: [
                "trial", "settings", "latent_size", "share", "held_out_loss", "separation",
                "auroc", "average_precision", "least_cost", "chosen",
            ]
        )
        for trial in result.trials {
            for entry in trial.results {
                let figures = entry.validation
                try writer.write([
                    .integer(trial.number), .text(trial.settings), .integer(trial.latentSize),
                    .number(entry.share), .number(entry.heldOutLoss), .number(entry.separation),
                    .number(figures?.auroc ?? .nan), .number(figures?.averagePrecision ?? .nan),
                    .number(figures?.leastCost ?? .nan),
                    .integer(trial.number == result.best.number ? 1 : 0),
                ])
            }
        }
        try writer.close()
    }
}
