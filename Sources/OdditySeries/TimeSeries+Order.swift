internal import OddityDatasets

extension TimeSeries {
    /// The rows of the table by time, where they were to be sorted; nil where they are followed as they stand.
    package var rowsInOrder: [Int]? {
        guard options.order == .sort, !instants.isEmpty else { return nil }
        let last = instants.count
        func place(_ row: Int) -> (Instant?, Int) { (steps[row].map { instants[$0] }, row) }
        return steps.indices.sorted { left, right in
            let (a, b) = (place(left), place(right))
            guard let first = a.0, let second = b.0, first != second else {
                return (a.0 == nil ? last : 0, left) < (b.0 == nil ? last : 0, right)
            }
            return first < second
        }
    }
}
