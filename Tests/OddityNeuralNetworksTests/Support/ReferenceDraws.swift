import Foundation
import OddityLinearAlgebra

/// The random numbers of a layer in a training pass of seed 5, in double precision.
struct ReferenceDraws {
    let number: Int
    let step: Int

    private func words(_ count: Int, use: UInt32) -> [UInt32] {
        var stream = RandomStream(
            seed: 5,
            use: RandomStream.Use(rawValue: use),
            index: step << 20 | number
        )
        return (0..<count).map { _ in stream.nextWord() }
    }

    /// Whether each element is hit, with some probability.
    func hits(_ count: Int, rate: Float, use: UInt32) -> [Bool] {
        words(count, use: use).map { Double($0) < Double(rate) * 0x1p32 }
    }

    /// Numbers from 0 to 1 of the second choice.
    func units(_ count: Int) -> [Double] {
        words(count, use: 8).map { Double($0 >> 8) * 0x1p-24 }
    }

    /// Whole numbers below a limit, of the second choice.
    func integers(_ count: Int, below limit: Int) -> [Int] {
        words(count, use: 8).map { Int(Double($0) * Double(limit) / 0x1p32) }
    }

    /// Numbers of the standard normal distribution (Box and Muller): of each 256 words, 128 give radii and
    /// 128 angles.
    func normals(_ count: Int) -> [Double] {
        let words = words((count + 255) / 256 * 256, use: 7)
        return (0..<count).map { i in
            let start = i / 256 * 256 + i % 128
            let radius = (-2 * log(Double((words[start] >> 8) + 1) * 0x1p-24)).squareRoot()
            let angle = 2 * Double.pi * Double(words[start + 128] >> 8) * 0x1p-24
            return radius * (i % 256 < 128 ? cos(angle) : sin(angle))
        }
    }
}
