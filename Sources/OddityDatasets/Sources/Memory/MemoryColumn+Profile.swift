extension MemoryColumn {
    private static let rowsAtATime = 4_096

    /// What numbers look like; nil where they can only be measurements: neither whole, nor growing, nor times by their name.
    func profile(rowCount: Int) -> ColumnProfile? {
        guard NameWords(name).nameDates || areWhole(rowCount) || neverFall(rowCount) else {
            return nil
        }
        var profile = ColumnProfile()
        forEachPiece(of: rowCount) { rows in
            for (row, text) in zip(rows, numberTexts(in: rows)) {
                guard var text else {
                    profile.addMissing()
                    continue
                }
                text.withUTF8 { profile.add($0, line: 0, row: row + 1) }
            }
            return true
        }
        return profile
    }

    private func areWhole(_ rowCount: Int) -> Bool {
        forEachPiece(of: rowCount) { rows in
            numbers(in: rows).allSatisfy { $0.isNaN || $0 == $0.rounded() }
        }
    }

    private func neverFall(_ rowCount: Int) -> Bool {
        var last = -Double.infinity
        return forEachPiece(of: rowCount) { rows in
            for number in numbers(in: rows) where !number.isNaN {
                guard number >= last else { return false }
                last = number
            }
            return true
        }
    }

    /// Goes over the rows in pieces while that is wanted; false where it was not to the end.
    @discardableResult
    private func forEachPiece(of rowCount: Int, _ body: (Range<Int>) -> Bool) -> Bool {
        for start in stride(from: 0, to: rowCount, by: Self.rowsAtATime) {
            guard body(start..<min(start + Self.rowsAtATime, rowCount)) else { return false }
        }
        return true
    }
}
