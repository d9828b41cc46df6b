import Testing

@testable import OddityDatasets

@Suite("Numbers as people write them")
struct NumberNotationTests {
    private func value(_ text: String, _ notation: NumberNotation) -> ParsedNumber {
        var text = text
        return text.withUTF8 { notation.parse($0) }
    }

    @Test(
        "with a decimal point",
        arguments: [
            ("12", 12), ("-12.5", -12.5), ("+12.5", 12.5), ("1,234.5", 1234.5), ("1,234", 1234),
            ("1 234.5", 1234.5), ("1\u{A0}234", 1234), ("1\u{202F}234.25", 1234.25),
            ("1'234.50", 1234.5),
            ("1’234’567", 1_234_567), ("(1,234.50)", -1234.5), ("( 5 )", -5), ("\u{2212}5.5", -5.5),
            ("–5", -5), ("12-", -12), ("12,34,567", 1_234_567), (".5", 0.5), ("1.5e-3", 0.0015),
            ("12 345 678.9", 12_345_678.9),
        ]
    )
    func readsPoints(_ text: String, _ expected: Double) {
        #expect(value(text, NumberNotation()) == .number(expected))
    }

    @Test(
        "with a decimal comma",
        arguments: [
            ("12", 12), ("-12,5", -12.5), ("1.234,5", 1234.5), ("1.234", 1234), ("1 234,5", 1234.5),
            ("1.234.567", 1_234_567), ("(0,5)", -0.5), (",5", 0.5), ("1'234,50", 1234.5),
            ("1,5E2", 150),
            ("\u{A0}12,5\u{A0}", 12.5),
        ]
    )
    func readsCommas(_ text: String, _ expected: Double) {
        #expect(value(text, NumberNotation(decimalMark: .comma)) == .number(expected))
    }

    @Test(
        "with a currency, a percent sign or a unit",
        arguments: [
            ("$", "$32,668.07", 32668.07), ("$", "-$5", -5), ("$", "$-5", -5),
            ("$", "($5.50)", -5.5),
            ("$", "$(5.50)", -5.5), ("€", "5 €", 5), ("€", "€ 5.00", 5), ("EUR", "EUR 1,000", 1000),
            ("EUR", "1,000 EUR", 1000), ("%", "-3.2%", -3.2), ("%", "4 %", 4),
            ("kg", "12.5 kg", 12.5),
            ("°C", "-7.5°C", -7.5), ("µg/m3", "14.2 µg/m3", 14.2), ("R$", "R$ 9.90", 9.9),
            ("Rs.", "Rs.500", 500),
            ("ms", "12ms", 12), ("eV", "3.5eV", 3.5), ("%", "(1.5%)", -1.5), ("%", "(1.5)%", -1.5),
        ]
    )
    func readsAffixes(_ affix: String, _ text: String, _ expected: Double) {
        #expect(value(text, NumberNotation(affixes: [affix])) == .number(expected))
        #expect(value(text, NumberNotation()) == .invalid)
    }

    @Test(
        "other texts are none",
        arguments: [
            "1,23", "12,345,6", "1,2345", "1.2.3", "0,123", "1,234.567.8", "12:30", "2024-01-31",
            "5-6", "B7", "--5",
            "(5", "5)", "5..5", "1 23", "1''000", "", " ", "-", "$", "$5 million", "7/8", "#5",
            "1,234e5",
        ]
    )
    func refuses(_ text: String) {
        #expect(value(text, NumberNotation(affixes: ["", "$"])) == .invalid)
    }

    @Test("words for a missing value, in any case")
    func knowsWords() {
        func isWord(_ text: String) -> Bool {
            var text = text
            return text.withUTF8 { MissingWords.contains($0) }
        }
        for word in [
            "#DIV/0!", "#N/A", "n.a.", "N.A.", "nil", "NIL", "-", "--", "null", "…", "—", "Unknown",
        ] {
            #expect(isWord(word), "\(word)")
        }
        for text in ["", "5", "ERR", "-5", "no", "n", "north", "not available to us"] {
            #expect(!isWord(text), "\(text)")
        }
    }
}
