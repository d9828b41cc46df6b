extension Array {
    /// The first index whose element fulfils a condition, which all later ones fulfil too; the count where none does.
    ///
    /// - Complexity: O(log *n*).
    @inline(__always)
    package func partitionIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
