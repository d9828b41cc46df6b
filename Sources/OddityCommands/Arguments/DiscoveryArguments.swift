internal import ArgumentParser
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityRecords

/// A false discovery rate, on the command line.
struct DiscoveryArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Call as many rows anomalies as this share of them may be false alarms, by the p-values of the whole file, which is read twice.",
            valueName: "share"
        ),
        transform: parsedRate
    )
    var fdr: Double?

    @Option(
        help: ArgumentHelp(
            "How the rows are chosen: bh (Benjamini and Hochberg), storey (with the share of normal rows estimated) or by (Benjamini and Yekutieli, for any dependence) (default: bh).",
            valueName: "name"
        )
    )
    var fdrMethod: FalseDiscoveryProcedure?

    func validate() throws {
        if let fdr, !(fdr > 0 && fdr < 1) {
            throw ValidationError("--fdr takes a share between 0 and 1, such as 0.05")
        }
        if fdrMethod != nil, fdr == nil { throw ValidationError("--fdr-method goes with --fdr") }
    }

    /// Refuses what a false discovery rate does not go with.
    func check(beside decision: DecisionArguments, data: String) throws {
        guard fdr != nil else { return }
        if let option = decision.firstGiven {
            throw ValidationError("give one of --fdr and \(option)")
        }
        if data == "-" {
            throw ValidationError(
                "--fdr reads the data twice, which standard input cannot be; save them to a file"
            )
        }
    }

    /// When something is an anomaly, for the last line of a run.
    func text(_ detector: some FittedDetector) -> String {
        let rule = detector.decisionRule
        guard let fdr, case .falseAlarmRate(let limit) = rule else { return "\(rule)" }
        let rate = "a false discovery rate of \(Self.text(fdr))"
        return detector.unreachableRate == nil ? "p-value ≤ \(short(limit)), for \(rate)" : rate
    }

    /// A share as a percentage that is not 0.
    private static func text(_ share: Double) -> String {
        share < 0.001 ? "\(short(share * 100)) %" : percent(share, 1)
    }

    /// Warns of a false-alarm rate that is out of reach, where one decides.
    func showReach(of detector: some FittedDetector) {
        if fdr == nil { Notices.show(detector.unreachableRate) }
    }

    /// Lets the p-values of all data decide, where a rate was asked for.
    func apply<Detector: FittedDetector>(
        to detector: inout Detector,
        _ pValues: (Detector) throws -> [Double]
    ) throws {
        guard let fdr else { return }
        let method = fdrMethod ?? .benjaminiHochberg
        let values = try pValues(detector)
        if let limit = try method.threshold(of: values, rate: fdr) {
            detector.decisionRule = .falseAlarmRate(limit)
            return
        }
        let unit = detector.heldOut.unit.rawValue
        let least = detector.heldOut.leastPValue
        let needed = method.leastCount(at: least, of: values.count, rate: fdr)
        Console.error(
            "note: no \(unit) is called an anomaly at a false discovery rate of \(Self.text(fdr)): "
                + "\(counted(detector.heldOut.count, "held-out \(unit)")) give no p-value below \(short(least)), and of "
                + "\(counted(values.count, unit)) "
                + (needed.map { "at least \(grouped($0)) would have to reach it" }
                    ?? "not even all of them would be enough")
        )
        // A rate that no p-value is as low as.
        detector.decisionRule = .falseAlarmRate(least / 2)
    }
}
