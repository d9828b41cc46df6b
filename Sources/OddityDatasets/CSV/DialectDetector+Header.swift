extension DialectDetector {
    /// How a header was decided.
    struct Header: Equatable {
        /// Whether the first record names the columns.
        var isPresent: Bool
        /// False where the text alone cannot tell, or says both.
        var isCertain: Bool
        /// Whether something speaks for names and something against, so that a person should hear what was taken.
        var isDoubtful = false
    }

    /// Whether the first record names the columns.
    ///
    /// Each of its fields is compared with the values below. One of a kind that they do not have speaks for names: text
    /// above numbers, dates, codes or booleans, and a number above all but numbers. One of their kind speaks against, such
    /// as a date above dates. Where both occur, the more frequent wins; but numbers among the fields may be names:
    ///
    /// - behind an empty first field over a column that is otherwise filled, as pandas and R write row names: those that
    ///   count from 0, that alone are quoted, or that are two or more and all different,
    /// - beside a name, those that grow while no further record does, and whole ones above numbers with decimals,
    /// - beside a single name, ten records or more, none of which has a text where it stands, if they are whole and differ.
    ///
    /// Where nothing speaks either way, words do, less surely: one above others that come again and again is a name, one
    /// that comes again itself is none; and names are all different, and none is empty.
    func header(delimiter: UInt8) -> Header {
        let records = splitIntoRecords(delimiter: delimiter, limit: Self.recordLimit)
        guard let names = records.first else { return Header(isPresent: true, isCertain: false) }
        guard !names.allSatisfy({ $0.isMissing(missing) }) else {
            return Header(isPresent: false, isCertain: true)
        }
        return FirstRecord(names, above: Array(records.dropFirst()), missing: missing).header
    }
}

/// The first record of a file, compared with those below.
private struct FirstRecord {
    let names: [SampleField]
    let below: [[SampleField]]
    let evidence: [SampleColumn.Evidence]

    init(_ names: [SampleField], above records: [[SampleField]], missing: MissingTokens) {
        self.names = names
        // Where files were joined, names come again, now and then.
        let texts = names.map(\.text)
        let others = records.filter { $0.map(\.text) != texts }
        let below = others.count * 10 >= records.count * 9 ? others : records
        self.below = below
        evidence = names.enumerated().map { index, name in
            let fields = below.compactMap { index < $0.count ? $0[index] : nil }
            let column = SampleColumn(fields, missing: missing)
            // A number above lines of text counts them, perhaps.
            if names.count == 1, name.looksNumeric { return .value }
            return column.evidence(of: name, missing: missing)
        }
    }

    var header: DialectDetector.Header {
        func count(_ kind: SampleColumn.Evidence) -> Int { evidence.count { $0 == kind } }
        let numbers = names.indices.filter { names[$0].looksNumeric }
        let values = evidence.indices.filter { evidence[$0] == .value && !names[$0].looksNumeric }
        let forNames = count(.name)
        let against = count(.value) + count(.wholeNumber) + count(.quotedNumber)
        if lacksOnlyFirst {
            if numbers.isEmpty, values.count <= forNames { return certain(true) }
            if values.isEmpty, countsFromZero || isQuoted(numbers) { return certain(true) }
            if values.isEmpty, names.count > 2 { return doubtful(true) }
        }
        guard against > 0 else { return forNames > 0 ? certain(true) : headerOfWords }
        if isCountedUp(numbers.count) { return certain(true) }
        let mayBeNames = values.isEmpty && numbersMayBeNames(numbers, isNamed: forNames > 0)
        guard forNames > 0 || mayBeNames else { return certain(false) }
        return forNames >= against * 4 ? certain(true) : doubtful(forNames > against || mayBeNames)
    }

    /// What words say that are above others.
    private var headerOfWords: DialectDetector.Header {
        let rare = evidence.count { $0 == .rareWord }
        let same = evidence.count { $0 == .sameWord }
        if rare > 0, same > 0 { return doubtful(rare > same) }
        let isUnique = Set(names.map(\.text)).count == names.count
        let isComplete = names.allSatisfy { !$0.isEmpty }
        let areMostSame = same * 2 >= names.count(where: { !$0.isEmpty })
        return DialectDetector.Header(
            isPresent: rare > 0 || isUnique && isComplete && !areMostSame,
            isCertain: false,
            isDoubtful: same > 0 && !areMostSame
        )
    }

    private func certain(_ isPresent: Bool) -> DialectDetector.Header {
        DialectDetector.Header(isPresent: isPresent, isCertain: true)
    }

    private func doubtful(_ isPresent: Bool) -> DialectDetector.Header {
        DialectDetector.Header(isPresent: isPresent, isCertain: false, isDoubtful: true)
    }

    /// Whether the first field is empty, all others are filled and differ, and the column below is filled.
    private var lacksOnlyFirst: Bool {
        guard names.count > 1, names[0].isEmpty, !below.isEmpty,
            names.dropFirst().allSatisfy({ !$0.isEmpty }), isDistinct(Array(1..<names.count))
        else { return false }
        let gaps = below.count { $0.first?.isEmpty != false }
        let hasNumbers = names.contains(where: \.looksNumeric)
        return hasNumbers ? gaps == 0 : gaps * 10 <= below.count
    }

    /// Whether the names but the first count up from zero.
    private var countsFromZero: Bool {
        names.dropFirst().enumerated().allSatisfy { $1.text == "\($0)" }
    }

    private func isQuoted(_ numbers: [Int]) -> Bool {
        numbers.allSatisfy { evidence[$0] == .quotedNumber || evidence[$0] == .name }
    }

    private func isDistinct(_ fields: [Int]) -> Bool {
        Set(fields.map { names[$0].text }).count == fields.count
    }

    /// Whether numbers, behind a first field that is none, are such as names are.
    private func numbersMayBeNames(_ numbers: [Int], isNamed: Bool) -> Bool {
        guard !names[0].looksNumeric, !names[0].isEmpty, isDistinct(numbers) else { return false }
        let unlike = numbers.filter {
            evidence[$0] == .wholeNumber || evidence[$0] == .quotedNumber || evidence[$0] == .name
        }
        if unlike.count == numbers.count, numbers.count > 1 { return true }
        if numbers.count >= 5, isGrowing(names, numbers), below.count >= 3,
            !below.contains(where: { isGrowing($0, numbers) })
        {
            return true
        }
        return isNamed && below.count >= 10 && numbers.allSatisfy { Int(names[$0].text) != nil }
    }

    /// Whether the numbers at the given places grow from each to the next.
    private func isGrowing(_ record: [SampleField], _ places: [Int]) -> Bool {
        let values = places.map { $0 < record.count ? Double(record[$0].text) : nil }
        return zip(values, values.dropFirst()).allSatisfy { left, right in
            left.flatMap { left in right.map { left < $0 } } ?? false
        }
    }

    /// Whether the numbers count up by one, as years or places do, and those below do not.
    private func isCountedUp(_ numberCount: Int) -> Bool {
        func run(_ record: [SampleField]) -> Int {
            let values = record.map { Int($0.text) }
            return zip(values, values.dropFirst()).count { left, right in
                left.flatMap { left in right.map { $0 == left + 1 } } ?? false
            }
        }
        guard numberCount >= 4, run(names) == numberCount - 1 else { return false }
        return !below.isEmpty && below.allSatisfy { run($0) < numberCount - 1 }
    }
}
