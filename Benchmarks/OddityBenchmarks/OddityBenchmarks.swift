#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Measures training and scoring on this machine.
///
///     oddity-bench [--table] [--only TEXT] [--repeats N]
///     oddity-bench --case NAME [--repeats N]
///
/// With `--case` it does one piece of work N times, for what counts its instructions, and prints nothing.
@main
struct OddityBenchmarks {
    static func main() throws {
        do {
            try measure(Array(CommandLine.arguments.dropFirst()))
        } catch let usage as Usage {
            usage.end()
        }
    }

    private static func measure(_ arguments: [String]) throws {
        var isTable = false
        var only = ""
        var counted: CountedCase?
        var harness = Harness()
        var arguments = arguments[...]
        while let argument = arguments.popFirst() {
            switch (argument, arguments.first) {
            case ("--table", _):
                isTable = true
            case ("--only", let text?):
                only = text
                arguments.removeFirst()
            case ("--case", let text?):
                guard let named = CountedCase(rawValue: text) else { throw Usage() }
                counted = named
                arguments.removeFirst()
            case ("--repeats", let text?):
                guard let repeats = Int(text), repeats > 0 else { throw Usage() }
                harness.repeats = repeats
                arguments.removeFirst()
            case ("--help", _), ("-h", _):
                throw Usage(isAskedFor: true)
            default:
                throw Usage()
            }
        }
        if let counted { return try counted.run(count: harness.repeats) }
        try run(harness, only: only, isTable: isTable)
    }

    private static func run(_ harness: Harness, only: String, isTable: Bool) throws {
        let peak = productPeak(harness)
        let printer = Printer(isTable: isTable, peak: peak.best)
        try printer.print(peak)
        for item in NetworkCase.all {
            for threadCount in [1, 2] {
                if "train \(item.name)".contains(only) {
                    try printer.print(item.training(harness, threadCount: threadCount))
                }
                if "score \(item.name)".contains(only) {
                    try printer.print(item.scoring(harness, threadCount: threadCount))
                }
            }
        }
        if "read CSV".contains(only) { try printer.print(TableCases.reading(harness)) }
        for threadCount in [1, 2] where "score detector".contains(only) {
            try printer.print(TableCases.scoring(harness, threadCount: threadCount))
        }
        for rowCount in [10_000, 1_000_000] where TableCases.fitting(rowCount).contains(only) {
            for threadCount in [1, 2] {
                try printer.print(TableCases.fitting(harness, rowCount, threadCount: threadCount))
            }
        }
        if "row network 30-64-32-64-30 alone".contains(only) {
            try OneRowCases.networkAlone(harness).forEach(printer.print)
        }
        for (name, settings) in OneRowCases.configurations where "row \(name)".contains(only) {
            try OneRowCases.verdict(name, settings, harness).forEach(printer.print)
        }
    }
}

/// Prints measurements as lines of JSON or as a table.
struct Printer {
    let isTable: Bool
    /// GFLOP/s of one core.
    let peak: Double

    func print(_ measurement: Measurement) throws {
        guard isTable else {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            Swift.print(String(decoding: try encoder.encode(measurement), as: UTF8.self))
            return
        }
        var line = padded("\(measurement.benchmark) \(measurement.name)", 40)
        line += padded("\(measurement.threads) thread\(measurement.threads == 1 ? "" : "s")", 11)
        line += padded("median \(rounded(measurement.median))", 20)
        line += padded("best \(rounded(measurement.best))", 18)
        line += padded("CPU \(rounded(measurement.cpu))", 16)
        line += padded(measurement.unit, 16)
        if let gigaflops = measurement.gigaflops {
            let share = Int(100 * gigaflops / (peak * Double(measurement.threads)))
            line += "\(rounded(gigaflops)) GFLOP/s, \(share) % of peak"
        }
        Swift.print(line)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    /// Four digits, or all before the point.
    private func rounded(_ value: Double) -> String {
        value >= 1_000 ? "\(Int(value))" : "\((10 * value).rounded() / 10)"
    }
}
