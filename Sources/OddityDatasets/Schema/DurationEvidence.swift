/// What the lengths of time in a column tell of how it writes them.
struct DurationEvidence {
    /// The number of texts that are lengths of time.
    private(set) var count = 0
    /// How many of them are nothing else.
    private(set) var certainCount = 0
    /// The values that are neither numbers nor lengths of time.
    var others = OtherTexts()
    private(set) var hours = NumberSummary()
    private(set) var minutes = NumberSummary()
    /// Whether none is less than the one before.
    private(set) var isNonDecreasing = true
    private var hasTwoGroups = false
    private var hasThreeGroups = false
    private var hasDecimals = false
    private var exceedsClock = false
    private var last = -Double.infinity

    mutating func add(_ duration: DurationText) {
        count += 1
        if duration.isCertain { certainCount += 1 }
        hours.add(duration.seconds(.hours))
        minutes.add(duration.seconds(.minutes))
        isNonDecreasing = isNonDecreasing && duration.seconds(.hours) >= last
        last = duration.seconds(.hours)
        switch duration.groupCount {
        case 2:
            hasTwoGroups = true
            hasDecimals = hasDecimals || duration.hasDecimals
            exceedsClock = exceedsClock || duration.exceedsClock
        case 3: hasThreeGroups = true
        default: break
        }
    }

    /// What two groups are: minutes and seconds where seconds have decimals, where hours have a group of their own, and
    /// where a clock has no such hour.
    var form: NumberNotation.DurationForm {
        hasTwoGroups && (hasDecimals || hasThreeGroups || exceedsClock) ? .minutes : .hours
    }

    /// Whether plain numbers beside them can only be seconds.
    var takesSeconds: Bool { form == .minutes }

    func summary(_ form: NumberNotation.DurationForm) -> NumberSummary {
        form == .hours ? hours : minutes
    }

    /// How the column is written, for a person.
    var description: String {
        let written = hasTwoGroups ? ", with two groups read as \(form.rawValue)" : ""
        return "lengths of time, in seconds\(written)"
    }
}
