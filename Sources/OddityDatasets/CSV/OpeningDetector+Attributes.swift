extension OpeningDetector {
    /// Finds the lines that name the columns of an ARFF file: `@relation`, an `@attribute` for each column, and `@data`
    /// above the rows.
    func findAttributes(_ opening: inout TableOpening) {
        guard options.skippedLineCount == nil, options.commentPrefix == nil else { return }
        var found = opening
        var names: [String] = []
        var isBegun = false
        while found.byteCount < sample.count {
            let (end, next) = lineEnd(from: found.byteCount)
            let line = String(decoding: sample[found.byteCount..<end], as: UTF8.self)
            let (word, rest) = Self.firstWord(of: line)
            found.byteCount = next
            found.lineCount += 1
            switch word.lowercased() {
            case "" where rest.isEmpty: continue
            case _ where word.hasPrefix("%"): found.commentCount += 1
            case "@relation" where !isBegun: isBegun = true
            case "@attribute" where isBegun: names.append(Self.name(in: rest))
            case "@data" where isBegun && names.count > 1:
                found.comment = Array("%".utf8)
                found.delimiter = CSVDialect.comma
                found.names = names
                found.notes.append("the columns are named by the attributes of the ARFF file")
                opening = found
                return
            default: return
            }
        }
    }

    /// The text up to the first blank, and what follows.
    private static func firstWord(of line: String) -> (word: String, rest: Substring) {
        let text = line.drop { $0 == " " || $0 == "\t" }
        let word = text.prefix { $0 != " " && $0 != "\t" }
        return (String(word), text.dropFirst(word.count).drop { $0 == " " || $0 == "\t" })
    }

    /// The name at the start of a text, with or without quotes.
    private static func name(in text: Substring) -> String {
        if let quote = text.first, quote == "'" || quote == "\"" {
            return String(text.dropFirst().prefix { $0 != quote })
        }
        return firstWord(of: String(text)).word
    }
}
