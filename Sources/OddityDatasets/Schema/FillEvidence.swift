/// Numbers such as -999 and 9999, which people write where nothing was measured, and what stands beside them.
struct FillEvidence {
    /// The most different ones that are counted.
    private static let limit = 4

    private var fills: [(number: Double, text: String, count: Int)] = []
    private var others: NumberSummary

    /// - Parameter others: The numbers that were seen before.
    init(beside others: NumberSummary) {
        self.others = others
    }

    mutating func add(_ number: Double) {
        others.add(number)
    }

    mutating func addFill(_ number: Double, _ text: UnsafeBufferPointer<UInt8>) {
        if let index = fills.firstIndex(where: { $0.number == number }) {
            fills[index].count += 1
        } else if fills.count < Self.limit {
            fills.append((number, String(decoding: text, as: UTF8.self), 1))
        } else {
            others.add(number)
        }
    }

    /// Whether a number is written with nines alone, two or more of them before the point.
    static func mayFill(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let nine = UInt8(ascii: "9")
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard digits.first == nine else { return false }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts[0].count > 1, parts[0].allSatisfy({ $0 == nine }), parts.count <= 2 else {
            return false
        }
        return parts.count == 1
            || [nine, UInt8(ascii: "0")].contains { digit in parts[1].allSatisfy { $0 == digit } }
    }

    /// What is doubtful about the numbers of a column: that one comes again, farther from all others than these are from
    /// one another and twice as large, or negative where no other is.
    func concern(column: String) -> String? {
        guard others.maximum > others.minimum else { return nil }
        let range = others.maximum - others.minimum
        let largest = max(others.maximum.magnitude, others.minimum.magnitude)
        let found = fills.filter { fill in
            let isFar =
                fill.number < 0
                ? others.minimum >= 0 || fill.number < others.minimum - range
                : fill.number > others.maximum + range && fill.number >= 2 * largest
            return fill.count > 1 && isFar
        }
        guard let fill = found.max(by: { $0.count < $1.count }) else { return nil }
        return
            "\(fill.text) is there \(fill.count) times, and the other values are \(shown(others.minimum))"
            + " to \(shown(others.maximum)); give --missing=\(fill.text) if it stands for a missing value, or"
            + " --numeric \(quoted(column)) if it is a number like the others"
    }

    private func shown(_ number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
