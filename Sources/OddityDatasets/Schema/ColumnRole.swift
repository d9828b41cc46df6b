/// What a column is for, where that is why it is left out.
public enum ColumnRole: String, Codable, Sendable, CaseIterable {
    /// It says which row it is.
    case identifier
    /// It says when a row was.
    case time
    /// It says at which time of day a row was, but not on which day.
    case timeOfDay
    /// It says when a row was, but not on which date: without the year, or counted from a start.
    case undatedTime
    /// It grows with time, and says nothing of hours, weekdays and months.
    case timeOrder
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

    /// Whether the last word, or all without blanks between, names a code: a name that is written in digits.
    var nameCodes: Bool {
        guard let last = words.last else { return false }
        return Self.codes.contains(last) || Self.codes.contains(words.joined())
    }

    /// Whether the name may be that of a number that only counts rows, such as `order_no` or `docno`.
    var nameCounters: Bool {
        guard let last = words.last else { return false }
        return nameIdentifiers || Self.counters.contains(last)
            || Self.counterEnds.contains { last.hasSuffix($0) && last.count >= $0.count + 3 }
    }

    /// Whether a word names a time.
    var nameTimes: Bool {
        words.contains(where: Self.times.contains) || Self.times.contains(words.joined())
    }

    /// Whether the last word names a date.
    var nameDates: Bool { words.contains(where: Self.dates.contains) || nameTimes }

    /// Whether a word names known answers.
    var nameLabels: Bool {
        words.contains(where: Self.labels.contains) || Self.labels.contains(words.joined())
    }

    /// Whether a word names a length of time.
    var nameDurations: Bool {
        words.contains(where: Self.durations.contains) || Self.durations.contains(words.joined())
    }

    var nameYears: Bool { words.contains(where: Self.years.contains) }

    private static let identifiers: Set<String> = [
        "id", "ids", "index", "idx", "row", "rowid", "rowindex", "rownumber", "rownum", "rowno",
        "uid", "uuid",
        "guid", "pk", "pid", "recordid", "lineno", "linenumber", "unnamed0", "identifier", "seqn",
    ]
    private static let codes: Set<String> = [
        "code", "codes", "zip", "zipcode", "postcode", "postalcode", "plz", "fips", "geoid",
        "phone",
        "telephone",
    ]
    private static let labels: Set<String> = [
        "label", "labels", "class", "target", "anomaly", "anomalous", "isanomaly", "outlier",
        "isoutlier",
        "fraud", "isfraud", "attack", "groundtruth",
    ]
    private static let counterEnds = ["id", "no", "nr", "num"]
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
        "period", "yyyymmdd", "yyyymm", "yymmdd", "ym", "yearmonth", "week", "quarter",
    ]
    private static let durations: Set<String> = [
        "duration", "durations", "elapsed", "took", "runtime", "runtimes", "lap", "laptime",
        "length", "len",
        "delay", "delays", "wait", "waiting", "waited", "uptime", "downtime", "latency", "lag",
        "pace", "split",
        "walltime", "timedelta", "cputime", "playtime", "timetaken", "timespent", "totaltime",
        "ridetime",
        "traveltime", "racetime", "finishtime", "dauer", "durée", "duree", "duración", "duracion",
        "durata",
    ]
    private static let years: Set<String> = [
        "year", "years", "yr", "yyyy", "jahr", "año", "ano", "annee", "année",
    ]
}
