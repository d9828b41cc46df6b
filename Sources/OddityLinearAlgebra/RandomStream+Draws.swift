internal import OddityPlatform

extension RandomStream {
    /// A number drawn uniformly from [0, 1), a multiple of 2⁻²⁴.
    public mutating func uniform() -> Float {
        Float(nextWord() >> 8) * 0x1p-24
    }

    /// A whole number drawn uniformly from 0 ..< `bound` (Lemire's rejection method, without bias).
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no number below \(bound)")
        return Int(next(upperBound: UInt64(bound)))
    }

    /// Fills memory with numbers drawn uniformly from a range that excludes its upper end.
    package mutating func fillUniform(
        _ elements: UnsafeMutableBufferPointer<Float>,
        from low: Float = 0,
        to high: Float = 1
    ) {
        for i in elements.indices { elements[i] = low + (high - low) * uniform() }
    }

    /// Fills memory with normal numbers (Box and Muller 1958).
    package mutating func fillNormal(
        _ elements: UnsafeMutableBufferPointer<Float>,
        mean: Float = 0,
        deviation: Float = 1
    ) {
        var i = 0
        while i < elements.count {
            // 1 − u is in (0, 1], so the logarithm is finite.
            let radius = (-2 * log(1 - Double(uniform()))).squareRoot()
            let angle = 2 * Double.pi * Double(uniform())
            elements[i] = mean + deviation * Float(radius * cos(angle))
            if i + 1 < elements.count {
                elements[i + 1] = mean + deviation * Float(radius * sin(angle))
            }
            i += 2
        }
    }

    /// The numbers 0 ..< `count` in random order (Fisher and Yates); all orders equally likely.
    public mutating func permutation(count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }

    /// Puts an array into random order.
    public mutating func shuffle(_ order: inout [Int]) {
        guard order.count > 1 else { return }
        order.withUnsafeMutableBufferPointer { items in
            for last in stride(from: items.count - 1, to: 0, by: -1) {
                items.swapAt(last, integer(below: last + 1))
            }
        }
    }
}
