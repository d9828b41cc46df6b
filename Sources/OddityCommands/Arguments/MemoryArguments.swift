internal import ArgumentParser
internal import OddityRecords

/// How much memory a training may take.
struct MemoryArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The memory that the rows to learn from may take, such as 512MB or 8GB; where they are more, a sample of them, drawn at random, is learned from, and of a series the latest (default: half of what is free).",
            valueName: "size"
        )
    )
    var memory: ByteCount?

    /// Refuses a budget for what has none.
    func check(isForRows: Bool) throws {
        guard let option = firstGiven, !isForRows else { return }
        throw ValidationError("\(option) is for tables and series")
    }

    /// What the options allow.
    var budget: MemoryBudget { MemoryBudget(memory?.value) }
}

/// A number of bytes, as people write it.
struct ByteCount: ExpressibleByArgument {
    let value: Int

    private static let units: [(name: String, size: Double)] = [
        ("kib", 0x1p10), ("mib", 0x1p20), ("gib", 0x1p30), ("tib", 0x1p40), ("kb", 1e3),
        ("mb", 1e6),
        ("gb", 1e9), ("tb", 1e12), ("b", 1),
    ]

    init?(argument: String) {
        let text = argument.lowercased()
        let unit = Self.units.first { text.hasSuffix($0.name) }
        let number = text.dropLast(unit?.name.count ?? 0).drop { $0 == " " }
        guard let count = Double(number.filter { $0 != " " }), count > 0,
            case let bytes = count * (unit?.size ?? 1), bytes >= 1, bytes < 0x1p60
        else { return nil }
        value = Int(bytes)
    }
}
