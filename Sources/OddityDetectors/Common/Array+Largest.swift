extension [Double] {
    /// The places of the largest numbers, largest first; of equal ones the first comes first.
    ///
    /// - Parameter limit: how many to find at most.
    /// - Complexity: O(numbers × limit), and O(numbers) where most are smaller than those before.
    func placesOfLargest(_ limit: Int) -> [Int] {
        guard limit > 0 else { return [] }
        var places: [Int] = []
        places.reserveCapacity(Swift.min(limit, count) + 1)
        for (place, number) in enumerated() {
            if places.count == limit {
                guard number > self[places[limit - 1]] else { continue }
                places.removeLast()
            }
            places.insert(place, at: places.firstIndex { self[$0] < number } ?? places.count)
        }
        return places
    }
}
