import OddityDatasets
import OddityPlatform
import Testing

@Suite("Reading numbers")
struct FloatParserTests {
    /// `printf` into a string.
    private func format(_ format: String, _ arguments: any CVarArg...) -> String {
        var buffer = [CChar](repeating: 0, count: 512)
        let count = withVaList(arguments) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(
            decoding: buffer.prefix(Int(count)).map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
    }

    private func digits(
        _ count: Int,
        _ generator: inout SeededGenerator
    ) -> String {
        var text = ""
        for _ in 0..<count {
            text.append(Character(Unicode.Scalar(48 + UInt8(generator.next() % 10))))
        }
        return text
    }

    /// One random text; the shape goes round with the index.
    private func randomText(_ index: Int, _ generator: inout SeededGenerator) -> String {
        let bits = generator.next()
        let sign = bits & 1 == 0 ? "" : "-"
        func count(_ limit: UInt64) -> Int { Int(generator.next() % limit) }
        switch index % 8 {
        case 0: return format("%.17g", Double(bitPattern: bits))
        case 1: return format("%.17g", Double(Int64(bitPattern: bits)) * 0x1p-60)
        case 2: return sign + digits(1 + count(4), &generator) + "." + digits(count(7), &generator)
        case 3:
            return sign + digits(1 + count(19), &generator) + "." + digits(count(19), &generator)
        case 4: return sign + digits(1 + count(19), &generator) + "e" + String(count(60) - 30)
        case 5: return digits(1 + count(40), &generator) + "." + digits(count(40), &generator)
        case 6: return sign + digits(1 + count(22), &generator) + "E" + String(count(800) - 400)
        default:
            // Halfway between two neighbouring doubles, or a digit away from it.
            let value = Double(1 << 52 + bits >> 12) + 0.5
            return format("%.1f", value) + (bits & 2 == 0 ? "" : digits(1 + count(4), &generator))
        }
    }

    @Test("a million random texts give the bits that strtod gives")
    func agreesWithTheCLibrary() {
        var generator = SeededGenerator(state: 42)
        var mismatches: [String] = []
        for index in 0..<1_000_000 {
            let text = randomText(index, &generator)
            let expected = strtod(text, nil)
            let isSame: Bool
            switch FloatParser.parse(text) {
            case .number(let value): isSame = value.bitPattern == expected.bitPattern
            case .nan: isSame = expected.isNaN
            case .infinite: isSame = expected.isInfinite
            case .invalid: isSame = false
            }
            if !isSame { mismatches.append(text) }
        }
        #expect(mismatches.prefix(10) == [])
    }

    @Test("what is printed is read back with the same bits")
    func roundTrips() {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            guard case .number(let read) = FloatParser.parse(value.description) else {
                Issue.record("\(value) was not read")
                return
            }
            #expect(read.bitPattern == value.bitPattern)
        }
    }

    @Test(
        "many forms are accepted",
        arguments: [
            ("0", 0.0), ("-0", -0.0), ("+1", 1), (".5", 0.5), ("5.", 5), ("  1.5\t", 1.5),
            ("1e3", 1000), ("1E+3", 1000), ("1.5e-3", 0.0015), ("00012", 12), ("1e22", 1e22),
            ("9007199254740993", 9_007_199_254_740_992), ("4.9e-324", Double.leastNonzeroMagnitude),
            ("1e-400", 0),
            ("0e999999999999", 0), ("00000000000000000000000000", 0),
            ("0.000000000000000000000000000015", 1.5e-29),
            ("1.7976931348623157e308", 1.7976931348623157e308),
        ]
    )
    func acceptsForms(text: String, expected: Double) {
        guard case .number(let value) = FloatParser.parse(text) else {
            Issue.record("\(text) was not read")
            return
        }
        #expect(value.bitPattern == expected.bitPattern)
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "", " ", ".", "-", "+", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1_000", "--1",
            "1 2",
            "abc", "1a", "nano", "infinit", "½", "- 1",
        ]
    )
    func refusesOthers(text: String) {
        #expect(FloatParser.parse(text) == .invalid)
    }

    @Test("nan and infinity have answers of their own")
    func namesSpecialValues() {
        for text in ["nan", "NaN", "-nan", "NAN"] { #expect(FloatParser.parse(text) == .nan) }
        for text in ["inf", "-Inf", "+INFINITY", "1e309", "-1e999999"] {
            #expect(FloatParser.parse(text) == .infinite)
        }
    }

    @Test("the end of the buffer ends the number")
    func staysInsideTheBuffer() {
        let bytes = Array("123456".utf8)
        bytes.withUnsafeBufferPointer { all in
            let part = UnsafeBufferPointer(rebasing: all[1..<3])
            #expect(FloatParser.parse(part) == .number(23))
            #expect(FloatParser.parse(UnsafeBufferPointer(rebasing: all[0..<0])) == .invalid)
        }
    }
}
