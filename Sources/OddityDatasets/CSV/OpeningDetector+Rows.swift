extension OpeningDetector {
    /// Adds what is found with the delimiter: titles, rows that end with a delimiter, and names that lack the first.
    func addRows(_ delimiter: UInt8, to opening: inout TableOpening) {
        let records = dialect(opening).records(delimiter: delimiter, limit: 200)
        var counts: [Int: Int] = [:]
        for record in records { counts[record.fields.count, default: 0] += 1 }
        guard let width = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key,
            width > 1,
            let first = records.first
        else { return }
        let last = isWhole ? records.lastIndex { $0.fields.count == width } : nil
        let rows = records[...(last ?? records.count - 1)].dropFirst()
        let isNextToWidth =
            first.fields.count == width - 1 && rows.allSatisfy { $0.fields.count == width }
        if isNextToWidth, !rows.isEmpty,
            width > 2 || rows.allSatisfy({ $0.fields[width - 1].isEmpty })
        {
            addWidth(width, first.fields, rows.map(\.fields), to: &opening)
            return
        }
        guard options.skippedLineCount == nil else { return }
        addTitles(width, records, to: &opening)
    }

    /// The names are one fewer than the fields of each row.
    private func addWidth(
        _ width: Int,
        _ names: [SampleField],
        _ rows: [[SampleField]],
        to opening: inout TableOpening
    ) {
        if rows.allSatisfy({ $0[width - 1].isEmpty }) {
            opening.dropsTrailingField = true
            opening.notes.append(
                "rows end with a delimiter that the names lack: their last field is left out"
            )
        } else if names.allSatisfy({ !$0.isEmpty && !$0.looksNumeric }),
            rows.allSatisfy({ !$0[width - 1].isEmpty }),
            Set(rows.map { $0[0].text }).count == rows.count
        {
            opening.lacksFirstName = true
            opening.notes.append(
                "the names are one fewer than the fields: the first column has none"
            )
        }
    }

    private func addTitles(
        _ width: Int,
        _ records: [(fields: [SampleField], start: Int)],
        to opening: inout TableOpening
    ) {
        let names = namesBelowPaddedTitles(width, records.map(\.fields))
        func isRow(_ fields: [SampleField]) -> Bool {
            fields.count == width && !(width > 2 && fields.count(where: { !$0.isEmpty }) <= 1)
        }
        guard let first = names ?? records.firstIndex(where: { isRow($0.fields) }), first > 0,
            first <= 30,
            let end = records.lastIndex(where: { $0.fields.count == width }),
            end - first >= 2, end == records.count - 1 || isWhole,
            records[first...end].allSatisfy({ $0.fields.count == width })
        else { return }
        // A single field less is a row that lacks one.
        guard
            names != nil
                || records[..<first].allSatisfy({
                    $0.fields.count < width - 1 || !isRow($0.fields)
                })
        else { return }
        let text = rest(opening)
        var count = first
        // Names that end with a delimiter, as the rows do not, are no title.
        let last = records[first - 1].fields
        if last.count == width + 1, last[width].isEmpty,
            last.dropLast().allSatisfy({ !$0.isEmpty && !$0.looksNumeric })
        {
            opening.dropsTrailingName = true
            opening.notes.append("the names end with a delimiter that the rows lack")
            count -= 1
            guard count > 0 else { return }
        }
        let start = records[count].start
        opening.lineCount += text[..<start].count { $0 == UInt8(ascii: "\n") }
        opening.byteCount += start
        opening.notes.append("\(count) line\(count == 1 ? "" : "s") above the names left out")
    }

    /// The place of the names below titles such as `Date,2024-01-31,,`, which spreadsheets pad to the width of the rows;
    /// nil where there are none.
    ///
    /// All titles lack the last field, which most rows below have; the names are the first record that is whole, all text, no
    /// two alike, above numbers.
    private func namesBelowPaddedTitles(_ width: Int, _ records: [[SampleField]]) -> Int? {
        guard width > 2, let first = records.firstIndex(where: { $0.last?.isEmpty == false }),
            1...30 ~= first, records.count >= 2 * first + 3,
            records[..<first].contains(where: { $0.count == width && $0.count { !$0.isEmpty } > 1 })
        else { return nil }
        let names = records[first]
        let rows = records[(first + 1)...]
        guard names.count == width, names.allSatisfy({ !$0.isEmpty && !$0.looksNumeric }),
            Set(names.map(\.text)).count == width,
            rows.count(where: { $0.count == width && !$0[width - 1].isEmpty }) * 10 >= rows.count
                * 9
        else { return nil }
        let hasNumbers = names.indices.contains { index in
            let below = rows.compactMap { index < $0.count ? $0[index] : nil }
            return SampleColumn(below, missing: options.missingTokens).kind == .numbers
        }
        return hasNumbers ? first : nil
    }

    /// What tells lines below the rows from rows.
    func closing(_ dialect: CSVDialect, columnCount: Int, _ opening: TableOpening) -> TableClosing {
        let records = self.dialect(opening).splitIntoRecords(
            delimiter: dialect.delimiter,
            limit: DialectDetector.recordLimit
        )
        let names = dialect.hasHeader ? opening.hasUnitsRow ? 2 : 1 : 0
        let rows = records.dropFirst(names).map { fields in
            let isLonger = opening.dropsTrailingField && fields.count == columnCount + 1
            return isLonger && fields[columnCount].isEmpty ? fields.dropLast() : fields
        }
        return TableClosing(
            rows,
            columnCount: columnCount,
            missing: options.missingTokens
        )
    }

    /// Adds whether the row below the names holds units.
    func addUnits(_ delimiter: UInt8, to opening: inout TableOpening) {
        if let isAsked = options.hasUnitsRow {
            opening.hasUnitsRow = isAsked
        } else {
            let records = dialect(opening).splitIntoRecords(delimiter: delimiter, limit: 100)
            opening.hasUnitsRow = Self.hasUnits(records)
        }
        if opening.hasUnitsRow { opening.notes.append("the units below the names are left out") }
    }

    /// Whether the second record has short texts where all further ones have numbers, and nowhere a number.
    private static func hasUnits(_ records: [[SampleField]]) -> Bool {
        guard records.count >= 5 else { return false }
        let units = records[1]
        let rows = records[2...]
        guard units.count == records[0].count, !units.contains(where: \.looksNumeric) else {
            return false
        }
        var found = 0
        var numberColumns = 0
        for (index, unit) in units.enumerated() {
            let below = rows.compactMap { index < $0.count && !$0[index].isEmpty ? $0[index] : nil }
            guard !below.isEmpty, below.allSatisfy({ $0.looksNumeric || $0.isWordForMissing })
            else { continue }
            numberColumns += 1
            guard !unit.isWordForMissing || unit.isEmpty || unit.text == "-" else { return false }
            if unit.text.utf8.count > 16 { return false }
            if !unit.isEmpty, unit.text != "-" { found += 1 }
        }
        return found > 0 && numberColumns * 2 >= units.count
    }
}
