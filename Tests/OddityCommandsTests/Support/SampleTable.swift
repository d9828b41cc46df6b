import TestSupport

/// A table of normal rows: `b` follows `a`, `c` is missing now and then, `fixed` never changes.
struct SampleTable {
    var header = ["id", "time", "a", "b", "c", "color", "fixed"]
    var rows: [[String]] = []

    init(rowCount: Int, seed: UInt64 = 1) {
        var random = Numbers(state: seed)
        for row in 0..<rowCount {
            let a = random.next() * 10
            let b = 2 * a + random.next()
            rows.append([
                "row-\(seed)-\(row)",
                "2026-01-\(10 + row % 18)T\(10 + row % 14):30:\(10 + row % 50)Z",
                "\(a)", "\(b)", row % 10 == 3 ? "" : "\(random.next())",
                ["red", "green", "blue"][Int(random.next() * 3)], "5",
            ])
        }
    }

    /// The rows with a column of labels; each tenth row breaks the rule between `a` and `b`.
    static func labelled(rowCount: Int, normal: String = "0", anomaly: String = "1") -> SampleTable
    {
        var table = SampleTable(rowCount: rowCount, seed: 7)
        table.header.append("label")
        for row in table.rows.indices {
            let isAnomaly = row % 10 == 0
            if isAnomaly { table.rows[row][3] = "\(-5 - Double(row) / 100)" }
            table.rows[row].append(isAnomaly ? anomaly : normal)
        }
        return table
    }

    /// The rows of 100 columns of two patterns, from 0 to 1.
    static func hundredColumns(rowCount: Int, seed: UInt64) -> SampleTable {
        var random = Numbers(state: seed)
        var table = SampleTable(rowCount: 0)
        table.header = (0..<100).map { "x\($0)" }
        for _ in 0..<rowCount {
            let (p, q) = (random.next(), random.next())
            table.rows.append(
                (0..<100).map { "\(($0.isMultiple(of: 2) ? p : q) * Double($0 + 1) / 100)" }
            )
        }
        return table
    }

    /// The rows as JSON objects without the empty fields, with numbers where the texts are such.
    var jsonLines: String {
        rows.map { row in
            let pairs = zip(header, row).filter { !$1.isEmpty }.map { name, text in
                "\"\(name)\": " + (Double(text) == nil ? "\"\(text)\"" : text)
            }
            return "{\(pairs.joined(separator: ", "))}\n"
        }.joined()
    }

    var csv: String {
        ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }
}
