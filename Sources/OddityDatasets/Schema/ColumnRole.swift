/// What a column is for, where that is why it is left out.
public enum ColumnRole: String, Codable, Sendable, CaseIterable {
    /// It says which row it is.
    case identifier
    /// It says when a row was.
    case time
}

/// The words of a column's name, in lower case.
struct NameWords {
    let words: [String]

    init(_ name: String) {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            // `orderId` is two words.
            if character.isUppercase, wasLower {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase
            word += character.lowercased()
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }

    /// Whether the last word, or all without blanks between, names an identifier.
    var nameIdentifiers: Bool {
        guard let last = words.last else { return false }
        return Self.identifiers.contains(last) || Self.identifiers.contains(words.joined())
    }

    /// Whether the name may be that of a number that only counts rows.
    var nameCounters: Bool {
        guard let last = words.last else { return false }
        return nameIdentifiers || Self.counters.contains(last)
    }

    /// Whether a word names a time.
    var nameTimes: Bool {
        words.contains(where: Self.times.contains) || Self.times.contains(words.joined())
    }

    /// Whether the last word names a date.
    var nameDates: Bool { words.contains(where: Self.dates.contains) || nameTimes }

    var nameYears: Bool { words.contains(where: Self.years.contains) }

    private static let identifiers: Set<String> = [
        "id", "ids", "index", "idx", "row", "rowid", "rowindex", "rownumber", "rownum", "rowno",
        "uid", "uuid",
        "guid", "pk", "recordid", "lineno", "linenumber", "unnamed0",
    ]
    private static let counters: Set<String> = [
        "no", "nr", "num", "number", "nummer", "numero", "número", "key", "seq", "sequence",
        "serial", "ref",
        "reference", "ticket", "invoice", "order", "receipt", "record", "counter", "transaction",
        "event", "line",
    ]
    private static let times: Set<String> = [
        "time", "times", "timestamp", "ts", "datetime", "epoch", "created", "updated", "modified",
        "at", "when", "t",
        "zeit", "zeitstempel", "uhrzeit", "hora", "heure", "tempo", "clock", "unixtime",
        "timestampms", "timems",
        "seconds", "secs", "elapsed",
    ]
    private static let dates: Set<String> = [
        "date", "dates", "day", "dt", "datum", "tag", "fecha", "data", "jour", "month", "monat",
        "mes", "mois",
        "period", "yyyymmdd", "yyyymm", "yymmdd", "ym", "week", "quarter",
    ]
    private static let years: Set<String> = [
        "year", "years", "yr", "yyyy", "jahr", "año", "ano", "annee", "année",
    ]
}
