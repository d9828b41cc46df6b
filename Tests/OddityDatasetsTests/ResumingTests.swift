import OddityDatasets
import Testing

/// Decoders that go on where another one stopped, at any byte.
@Suite struct ResumingTests {
    private static let schema = Schema(
        columns: [
            ColumnSchema(name: "a", kind: .numeric, reason: "a number"),
            ColumnSchema(name: "b", kind: .categorical, reason: "a category"),
        ]
    )

    private static let texts = [
        "a,b\r\n1,\"x, \"\"y\"\"\"\r\n,\r\n2,\"two\r\nlines\"\r\n\r\nbad\r\n3,z\r\n",
        "\u{FEFF}b;a\n\"ä;ö\";1.5\n;2\nx;3",
        "a\tb\n\n1\tu\n2\t\"v\"\n",
        "{\"a\":1,\"b\":\"x\"}\r\n{}\n\n{\"b\":\"\\u00e9\\n\",\"a\":-2.5e3}\n{\"a\":",
    ]

    private func decoder(_ text: String) -> RowDecoder {
        RowDecoder(
            schema: Self.schema,
            format: text.hasPrefix("{") ? .jsonLines : .delimited(nil)
        )
    }

    private func rows(_ decoded: DecodedRows) -> [String] {
        decoded.chunks.flatMap { chunk in
            (0..<chunk.table.rowCount).map { row in
                let numbers = chunk.table["a"]?.numbers ?? []
                let texts = chunk.table["b"]?.texts ?? []
                return "\(chunk.lines[row]): \(numbers[row]) \(texts[row] ?? "-")"
            }
        } + decoded.badRows.map { "\($0.error)" }
    }

    @Test(arguments: texts)
    func everyCutGivesTheRowsOfTheWhole(_ text: String) throws {
        let bytes = Array(text.utf8)
        let whole = decoder(text)
        let expected = rows(try whole.feed(bytes)).sorted()
        for cut in 0...bytes.count {
            let first = decoder(text)
            var found = rows(try first.feed(Array(bytes[..<cut])))
            var next = first
            var start = cut
            // Resumed twice, the second time without a byte between.
            for _ in 0..<2 {
                guard let position = next.position else { continue }
                start -= next.pendingByteCount
                #expect(position.isPossible(afterByteCount: start), "cut at \(cut)")
                next = decoder(text)
                next.resume(at: position)
                #expect(next.position == position)
            }
            found += rows(try next.feed(Array(bytes[start...])))
            #expect(found.sorted() == expected, "cut at \(cut)")
        }
    }

    @Test func positionsThatNoDecoderHasAreNotPossible() throws {
        let decoder = decoder("a,b\n")
        _ = try decoder.feed(Array("a,b\n1,x\n2".utf8))
        let position = try #require(decoder.position)
        #expect(position.line == 3)
        #expect(position.isPossible(afterByteCount: 8))
        #expect(position.isPossible(afterByteCount: 2))
        #expect(!position.isPossible(afterByteCount: 1))
        #expect(!position.isPossible(afterByteCount: -1))
    }
}
