import OddityFailures
import Testing

@Suite("Text from outside in messages")
struct PrintableTests {
    @Test(
        "is on one line, without control characters",
        arguments: [
            ("plain – ü", "plain – ü"), ("a\nb", #"a\nb"#), ("a\r\tb", #"a\r\tb"#),
            ("\u{1B}[31mred", #"\u{1b}[31mred"#), ("\u{9B}2J", #"\u{9b}2J"#),
            ("a\u{2028}b", #"a\u{2028}b"#), ("\u{202E}txt", #"\u{202e}txt"#), ("\u{0}", #"\u{0}"#),
            ("", ""),
        ]
    )
    func escapes(text: String, expected: String) {
        #expect(printable(text) == expected)
    }

    @Test("is cut where it is long, and only there")
    func shortens() {
        let sixty = String(repeating: "x", count: 60)
        #expect(printable(sixty) == sixty)
        #expect(printable(sixty + "y") == sixty + "…")
        #expect(printable("ääää", limit: 4) == "ääää")
        #expect(printable("abcd\n", limit: 4) == "abcd…")
    }

    @Test("of a path is never empty")
    func showsAnEmptyPath() {
        #expect(printablePath("") == "\"\"")
        #expect(printablePath("a\nb") == #"a\nb"#)
    }
}
