internal import OddityLinearAlgebra

/// Codes for the levels of a column that has too many of them for a feature each: signs drawn at random.
///
/// Any two of them are nearly as far apart as two one-hot rows are (Johnson and Lindenstrauss 1984; with signs
/// Achlioptas 2003), so that a column costs by its rows, and not by its levels.
struct SignCodes {
    /// The numbers of a code.
    static let length = 128

    private static let size = 1 / Double(length).squareRoot()
    private static let wordsPerCode = length / UInt64.bitWidth
    /// The words of all codes, a bit a sign.
    private let words: [UInt64]

    /// Draws the codes of levels, the same ones each time.
    init(count: Int) {
        var stream = RandomStream(seed: 0, use: .coding)
        words = (0..<count * Self.wordsPerCode).map { _ in stream.next() }
    }

    /// A number of the code of a level; the squares of all are 1 together.
    func number(_ place: Int, of level: Int) -> Double {
        let (word, bit) = place.quotientAndRemainder(dividingBy: UInt64.bitWidth)
        let isSet = words[level * Self.wordsPerCode + word] >> UInt64(bit) & 1 == 1
        return isSet ? Self.size : -Self.size
    }

    /// The mean of the codes of rows.
    ///
    /// - Parameter shares: the share of each level.
    func mean(shares: [Double]) -> [Double] {
        (0..<Self.length).map { place in
            shares.indices.reduce(0) { $0 + shares[$1] * number(place, of: $1) }
        }
    }

    /// The level whose code is most like some numbers, which are none of a code itself.
    func level(mostLike numbers: [Double]) -> Int? {
        let likeness = (0..<words.count / Self.wordsPerCode).map { level in
            numbers.indices.reduce(0) { $0 + numbers[$1] * number($1, of: level) }
        }
        return likeness.indices.max { likeness[$0] < likeness[$1] }
    }
}
