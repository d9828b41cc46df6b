/// What stands before the rows of a file, and how its lines differ from plain delimited text.
struct TableOpening: Equatable {
    /// The bytes before the names, or the first row, and the line ends among them.
    var byteCount = 0
    var lineCount = 0
    /// The names of the columns, where lines of their own give them.
    var names: [String]?
    /// The delimiter, where the file says which (`sep=;`).
    var delimiter: UInt8?
    /// What lines begin with that are no rows.
    var comment: [UInt8] = []
    /// The number of comments among the bytes passed over.
    var commentCount = 0
    var escapesWithBackslash = false
    /// Whether the row below the names holds units.
    var hasUnitsRow = false
    /// Whether rows end with a delimiter and the names do not.
    var dropsTrailingField = false
    /// Whether the names end with a delimiter and the rows do not.
    var dropsTrailingName = false
    /// Whether the names lack that of the first column, as R writes tables.
    var lacksFirstName = false
    /// What was found, one line each.
    var notes: [String] = []
}

/// Finds out what stands before the rows of delimited text.
///
/// - The lines of an ARFF file above its rows name its columns.
/// - `sep=;` in the first line names the delimiter, as Excel writes it.
/// - First lines that begin with `#`, `%` or `//`, before others that do not, are comments, and so are later lines that
///   begin so; where the rows have no names and the last comment has as many fields as they, it names them.
/// - `\"` in quoted fields is a quote, where the file cannot be split otherwise.
/// - Lines with another number of fields than most, before rows that all have the same, are titles; those behind them
///   are footers, see ``TableClosing``.
/// - Below the names, a row of short texts where all further rows have numbers holds units.
struct OpeningDetector {
    static let comments = ["#", "%", "//"]

    /// Whether a comment may begin with a byte.
    @inline(__always)
    static func mayBeginComment(with byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/")
    }

    let sample: UnsafeBufferPointer<UInt8>
    let isWhole: Bool
    let options: ReadingOptions

    /// What is found by the text alone, before the delimiter is known.
    func start() -> TableOpening {
        var opening = TableOpening()
        if let count = options.skippedLineCount {
            skipLines(count, &opening)
            if count > 0 {
                opening.notes.append("\(count) line\(count == 1 ? "" : "s") skipped, as asked")
            }
        }
        findAttributes(&opening)
        guard opening.names == nil else { return opening }
        findSeparator(&opening)
        findComments(&opening)
        opening.escapesWithBackslash = escapesWithBackslash(opening)
        return opening
    }

    /// The text behind what was found so far.
    func rest(_ opening: TableOpening) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: sample[min(opening.byteCount, sample.count)...])
    }

    /// A detector of the dialect of the text behind what was found so far.
    func dialect(_ opening: TableOpening) -> DialectDetector {
        DialectDetector(
            sample: rest(opening),
            isWhole: isWhole,
            missing: options.missingTokens,
            comment: opening.comment,
            escapesWithBackslash: opening.escapesWithBackslash
        )
    }

    /// The end of the line at a position, and where the next one begins.
    func lineEnd(from start: Int) -> (end: Int, next: Int) {
        var end = start
        while end < sample.count, sample[end] != UInt8(ascii: "\n"),
            sample[end] != UInt8(ascii: "\r")
        {
            end += 1
        }
        var next = min(end + 1, sample.count)
        if end + 1 < sample.count, sample[end] == UInt8(ascii: "\r"),
            sample[end + 1] == UInt8(ascii: "\n")
        {
            next = end + 2
        }
        return (end, next)
    }

    private func skipLines(_ count: Int, _ opening: inout TableOpening) {
        for _ in 0..<count where opening.byteCount < sample.count {
            opening.byteCount = lineEnd(from: opening.byteCount).next
            opening.lineCount += 1
        }
    }

    private func findSeparator(_ opening: inout TableOpening) {
        let (end, _) = lineEnd(from: opening.byteCount)
        var line = String(decoding: sample[opening.byteCount..<end], as: UTF8.self)
        if line.hasPrefix("\""), line.hasSuffix("\""), line.count > 2 {
            line = String(line.dropFirst().dropLast())
        }
        guard line.lowercased().hasPrefix("sep="), line.utf8.count == 5, let last = line.utf8.last
        else { return }
        opening.delimiter = last
        opening.notes.append(
            "the first line names the delimiter (\(line == "sep=\t" ? "sep=tab" : line))"
        )
        skipLines(1, &opening)
    }

    private func findComments(_ opening: inout TableOpening) {
        if let prefix = options.commentPrefix {
            opening.comment = Array(prefix.utf8)
            return
        }
        for prefix in Self.comments.map({ Array($0.utf8) }) {
            var position = opening.byteCount
            var last: Int?
            var isMixed = false
            while position < sample.count {
                let (end, next) = lineEnd(from: position)
                let line = sample[position..<end]
                if line.starts(with: prefix) {
                    last = position
                } else if line.contains(where: { $0 > UInt8(ascii: " ") }) {
                    isMixed = true
                    break
                }
                position = next
            }
            guard let last, isMixed else { continue }
            opening.comment = prefix
            nameByComment(at: last, prefix, &opening)
            return
        }
    }

    /// Takes the last comment for the names, where it has as many fields as the rows and they have no names.
    private func nameByComment(at last: Int, _ prefix: [UInt8], _ opening: inout TableOpening) {
        var start = last + prefix.count
        while start < sample.count,
            sample[start] == UInt8(ascii: " ") || sample[start] == UInt8(ascii: "\t")
        {
            start += 1
        }
        let (end, next) = lineEnd(from: start)
        guard start < end else { return }
        var below = opening
        below.byteCount = next
        let rows = dialect(below)
        let delimiter = options.delimiter ?? opening.delimiter ?? rows.delimiter()
        guard !rows.header(delimiter: delimiter).isPresent else { return }
        var named = opening
        named.byteCount = start
        let records = dialect(named).splitIntoRecords(delimiter: delimiter, limit: 2)
        guard records.count == 2, records[0].count == records[1].count,
            records[0].allSatisfy({ !$0.isEmpty && !$0.isNumber }),
            Set(records[0].map(\.text)).count == records[0].count, records[0].count > 1
        else { return }
        opening.lineCount += sample[opening.byteCount..<start].count { $0 == UInt8(ascii: "\n") }
        var position = opening.byteCount
        while position < last {
            if sample[position...].starts(with: prefix) { opening.commentCount += 1 }
            position = lineEnd(from: position).next
        }
        opening.byteCount = start
        opening.notes.append("the last comment names the columns")
    }

    /// Whether the quotes of the text only close with backslashes as escapes.
    private func escapesWithBackslash(_ opening: TableOpening) -> Bool {
        if let escape = options.quoteEscape { return escape == .backslash }
        let text = rest(opening)
        guard text.contains(UInt8(ascii: "\\")) else { return false }
        func hasTextAfterQuote(_ isBackslash: Bool) -> Bool {
            var isQuoted = false
            var index = 0
            while index < text.count {
                let byte = text[index]
                if isQuoted, isBackslash, byte == UInt8(ascii: "\\") {
                    index += 2
                    continue
                }
                if byte == UInt8(ascii: "\"") {
                    if isQuoted {
                        if !isBackslash, index + 1 < text.count, text[index + 1] == byte {
                            index += 2
                            continue
                        }
                        isQuoted = false
                        var next = index + 1
                        while next < text.count, text[next] == UInt8(ascii: " ") { next += 1 }
                        if next < text.count, !Self.endsField(text[next]) { return true }
                    } else if index == 0 || Self.endsField(text[index - 1])
                        || text[index - 1] == UInt8(ascii: " ")
                    {
                        isQuoted = true
                    }
                }
                index += 1
            }
            return false
        }
        return hasTextAfterQuote(false) && !hasTextAfterQuote(true)
    }

    private static func endsField(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || CSVDialect.knownDelimiters.contains(byte)
    }
}
