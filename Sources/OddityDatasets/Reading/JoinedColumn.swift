/// Two columns that are read as one text, as a date and a time of day are: `Date+Time` or `Date,Time`.
package enum JoinedColumn {
    /// The two columns that a name joins; nil for a column of that name, or where one of the two is not there.
    package static func parts(of name: String, in names: [String]) -> (
        first: String, second: String
    )? {
        guard !names.contains(name) else { return nil }
        for separator in ["+", ","] as [Character] {
            let parts = name.split(separator: separator, maxSplits: 1).map { part in
                var part = part.drop { $0 == " " }
                while part.last == " " { part.removeLast() }
                return String(part)
            }
            if parts.count == 2, parts.allSatisfy(names.contains) { return (parts[0], parts[1]) }
        }
        return nil
    }

    /// The columns that must be there for a name.
    package static func names(for name: String, in names: [String]) -> [String] {
        parts(of: name, in: names).map { [$0.first, $0.second] } ?? [name]
    }
}
