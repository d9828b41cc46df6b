internal import COddityKernels

/// Ascending numbers that are searched often: where those of about the same size begin is looked up, so that a search
/// compares with eight of them at once.
struct SortedValues: Sendable, Equatable {
    /// The numbers, ascending, none of them NaN.
    let elements: [Double]
    /// How many numbers lie below each stretch of sizes, and at last how many there are.
    private let starts: [Int32]
    /// Where the first stretch begins.
    private let origin: Int
    /// A stretch holds the numbers whose sizes are equal but for so many bits.
    private let shift: Int

    /// - Complexity: O(*m* log *m*) for *m* numbers, none of which is NaN.
    init(_ numbers: [Double]) {
        let elements = numbers.sorted()
        self.elements = elements
        // A hundredth at either end may lie far out.
        let end = elements.count / 100
        let origin = elements.isEmpty ? 0 : Self.size(elements[end])
        let range =
            elements.isEmpty
            ? 0 : UInt(bitPattern: Self.size(elements[elements.count - 1 - end]) &- origin)
        var shift = 0
        while range >> shift > 2 * elements.count { shift += 1 }
        self.origin = origin
        self.shift = shift
        var starts = [Int32](repeating: 0, count: Int(range >> shift) + 2)
        for element in elements {
            starts[Self.stretch(element, origin, shift, starts.count) + 1] += 1
        }
        for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
        self.starts = starts
    }

    /// The number of those that are smaller than a number, which is not NaN.
    func countBelow(_ x: Double) -> Int {
        let stretch = Self.stretch(x, origin, shift, starts.count)
        let start = Int(starts[stretch])
        let count = Int(starts[stretch + 1]) - start
        return elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            guard count <= 8, buffer.count >= 8 else {
                return start + oddity_count_below(base + start, count, x)
            }
            // What stands before the stretch is smaller, and what stands behind it is not.
            let first = min(start, buffer.count - 8)
            return first + oddity_count_below_of_eight(base + first, x)
        }
    }

    /// The stretch of a number; the first and the last hold what lies beyond, too.
    private static func stretch(_ x: Double, _ origin: Int, _ shift: Int, _ count: Int) -> Int {
        let size = size(x)
        guard size > origin else { return 0 }
        return Int(min(UInt(bitPattern: size &- origin) >> shift, UInt(count - 2)))
    }

    /// A whole number for each number, in their order.
    private static func size(_ x: Double) -> Int {
        // −0 is 0.
        let bits = Int(bitPattern: UInt((x + 0).bitPattern))
        return bits ^ ((bits >> 63) & Int.max)
    }
}
