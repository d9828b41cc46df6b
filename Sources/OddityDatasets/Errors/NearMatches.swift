/// The names among `candidates` that somebody who typed `name` may have meant, nearest first.
///
/// Compared without regard to case by Levenshtein distance; at most three names, each no further
/// away than a third of the typed name's length (and at least 1).
func nearMatches(of name: String, in candidates: [String]) -> [String] {
    let typed = Array(name.lowercased().unicodeScalars)
    let limit = max(1, typed.count / 3)
    var found: [(name: String, distance: Int)] = []
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars)
        guard abs(other.count - typed.count) <= limit else { continue }
        let distance = editDistance(typed, other)
        if distance <= limit { found.append((candidate, distance)) }
    }
    return found.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
}

/// The name in quotes, followed by its near matches where there are any.
package func nameWithNearMatches(_ name: String, in candidates: [String]) -> String {
    let matches = nearMatches(of: name, in: candidates)
    guard !matches.isEmpty else { return quoted(name) }
    return "\(quoted(name)) (did you mean \(matches.map(quoted).joined(separator: " or "))?)"
}

/// The least number of insertions, deletions and replacements that turn one text into the other.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var previous = Array(0...right.count)
    for (i, l) in left.enumerated() {
        var current = [i + 1]
        for (j, r) in right.enumerated() {
            let replaced = previous[j] + (l == r ? 0 : 1)
            current.append(min(replaced, previous[j + 1] + 1, current[j] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
