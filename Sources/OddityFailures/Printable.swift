/// Text from outside as a message may show it: on one line, without control characters, and no longer
/// than a reader can take in.
///
/// What would move the cursor, end the line or turn the direction of writing is escaped: `\n`, `\u{1b}`.
///
/// - Parameter limit: the most characters to show; `…` stands for the rest.
package func printable(_ text: String, limit: Int = 60) -> String {
    guard text.utf8.count > limit || text.unicodeScalars.contains(where: isUnprintable) else {
        return text
    }
    var result = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        if count == limit { return result + "…" }
        switch scalar {
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case _ where isUnprintable(scalar):
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
}

/// A path as a message may show it; one without a character is shown as `""`.
package func printablePath(_ path: String) -> String {
    path.isEmpty ? "\"\"" : printable(path, limit: 1_024)
}
