import OddityDatasets

/// Readers of tables: as a stream that is cut anywhere, and as a file.
enum TableFuzzing {
    private static let schema = Schema(
        columns: [
            ColumnSchema(name: "a", kind: .numeric, reason: "a number"),
            ColumnSchema(name: "b", kind: .categorical, reason: "a category"),
        ]
    )

    static func run(_ bytes: [UInt8], format: RowDecoder.Format) {
        // The first byte says where the stream is cut and taken up again by another decoder.
        let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count
        let text = Array(bytes.dropFirst())
        let whole = rows(text, cutAt: nil, format)
        let resumed = rows(text, cutAt: cut, format)
        precondition(whole == resumed, "a stream that is cut gives other rows")
        runFile(text)
    }

    static func runFile(_ bytes: [UInt8]) {
        FuzzFile.with(bytes) { path in
            guard let (table, _) = try? Table.reading(path: path) else { return }
            precondition(
                table.columns.allSatisfy { $0.count == table.rowCount },
                "columns differ in length"
            )
        }
    }

    /// The values of all rows; nil where the stream is refused.
    private static func rows(
        _ bytes: [UInt8],
        cutAt cut: Int?,
        _ format: RowDecoder.Format
    ) -> [String]? {
        func decoder() -> RowDecoder { RowDecoder(schema: schema, keeping: ["t"], format: format) }
        var texts: [String] = []
        func add(_ decoded: DecodedRows) {
            for chunk in decoded.chunks {
                for row in 0..<chunk.table.rowCount {
                    let cells = chunk.table.columns.map { "\($0.cell(at: row))" }
                    texts.append("\(chunk.lines[row]): \(cells)")
                }
            }
        }
        do {
            var current = decoder()
            if let cut, cut < bytes.count {
                add(try current.feed(Array(bytes[..<cut])))
                if let position = current.position {
                    let start = cut - current.pendingByteCount
                    precondition(position.isPossible(afterByteCount: start), "an odd position")
                    current = decoder()
                    current.resume(at: position)
                    add(try current.feed(Array(bytes[start...])))
                } else {
                    add(try current.feed(Array(bytes[cut...])))
                }
            } else {
                add(try current.feed(bytes))
            }
            add(try current.finish())
            return texts
        } catch {
            return nil
        }
    }
}

extension Column {
    /// The value of a row, as what tells it from others.
    fileprivate func cell(at row: Int) -> String {
        switch values {
        case .numeric(let numbers): "\(numbers[row].bitPattern)"
        case .categorical(let codes, let levels): codes[row] < 0 ? "-" : levels[Int(codes[row])]
        case .text(let texts): texts[row] ?? "-"
        }
    }
}
