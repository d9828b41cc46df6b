internal import OddityPreprocessing

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A number with a fixed count of decimals.
package func decimals(_ value: Double?, _ count: Int) -> String {
    guard let value, value.isFinite else { return "–" }
    var unit = 1.0
    for _ in 0..<count { unit *= 10 }
    let scaled = (abs(value) * unit).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let whole = Int(scaled / unit)
    guard count > 0 else { return "\(value < 0 ? "-" : "")\(whole)" }
    let digits = String(Int(scaled) % Int(unit))
    let padded = String(repeating: "0", count: count - digits.count) + digits
    return "\(value < 0 && scaled > 0 ? "-" : "")\(whole).\(padded)"
}

/// A share as a percentage.
package func percent(_ share: Double?, _ count: Int = 1) -> String {
    share.map { decimals($0 * 100, count) + " %" } ?? "–"
}

/// A count and its noun, with thousands set apart.
package func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// A whole number with thousands set apart.
package func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
        if index > 0, index % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
}

/// Rows of text as aligned columns, two spaces apart; numbers to the right.
package func aligned(_ rows: [[String]], rightAligned: Set<Int> = []) -> [String] {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
        rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        var line = ""
        for (column, text) in row.enumerated() {
            let padding = String(repeating: " ", count: widths[column] - text.count)
            if column > 0 { line += "  " }
            line += rightAligned.contains(column) ? padding + text : text + padding
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

/// A value as JSON, for `--json`.
package func json<Value: Encodable>(_ value: Value, pretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = pretty ? [.prettyPrinted, .sortedKeys] : [.sortedKeys]
    encoder.outputFormatting.insert(.withoutEscapingSlashes)
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A number with at most six significant digits, for tables.
package func short(_ value: Double?) -> String {
    value.map { CellValue.number($0).description } ?? ""
}
