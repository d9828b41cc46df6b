/// What brings each channel of images to the same range: (value − shift) / scale.
public struct ChannelNormalization: Equatable, Codable, Sendable {
    /// What is taken away, for each channel.
    public let shifts: [Float]
    /// What the rest is divided by, for each channel; above 0.
    public let scales: [Float]

    /// The least that an image is divided by, a step of 8 bits: what varies less is noise of rounding.
    package static let smallestDeviation = 1.0 / 255

    static func identity(channelCount: Int) -> ChannelNormalization {
        ChannelNormalization(
            shifts: Array(repeating: 0, count: channelCount),
            scales: Array(repeating: 1, count: channelCount)
        )
    }

    /// The scaling to mean 0 and standard deviation 1.
    ///
    /// - Parameters:
    ///   - moments: For each channel.
    ///   - isShared: Whether all channels are scaled alike.
    static func standardizing(_ moments: [ChannelMoments], isShared: Bool = false)
        -> ChannelNormalization
    {
        let shared = moments.reduce(ChannelMoments()) { $0.adding($1) }
        let used = isShared ? moments.map { _ in shared } : moments
        return ChannelNormalization(
            shifts: used.map { Float($0.mean) },
            scales: used.map { Float(max($0.deviation, smallestDeviation)) }
        )
    }

    /// The scaling by which so many deviations either side of the mean become 0 to 1.
    package func bringing(_ deviations: Float) -> ChannelNormalization {
        ChannelNormalization(
            shifts: zip(shifts, scales).map { $0 - deviations * $1 },
            scales: scales.map { 2 * deviations * $0 }
        )
    }

    /// Scales the numbers of an image.
    func apply(to elements: inout [Float]) {
        transform(&elements) { ($0 - $1) / $2 }
    }

    /// Takes the scaling back.
    func undo(_ elements: inout [Float]) {
        transform(&elements) { $0 * $2 + $1 }
    }

    @inline(__always)
    private func transform(
        _ elements: inout [Float],
        _ change: (_ value: Float, _ shift: Float, _ scale: Float) -> Float
    ) {
        let channelCount = shifts.count
        guard self != .identity(channelCount: channelCount) else { return }
        elements.withUnsafeMutableBufferPointer { elements in
            for c in 0..<channelCount {
                let (shift, scale) = (shifts[c], scales[c])
                var i = c
                while i < elements.count {
                    elements[i] = change(elements[i], shift, scale)
                    i += channelCount
                }
            }
        }
    }
}

/// Count, mean and sum of squared distances from it, of one channel.
struct ChannelMoments: Sendable {
    var count = 0.0
    var mean = 0.0
    var squares = 0.0

    var deviation: Double { count > 0 ? (squares / count).squareRoot() : 0 }

    /// The moments of both together (Chan, Golub and LeVeque 1979).
    func adding(_ other: ChannelMoments) -> ChannelMoments {
        let total = count + other.count
        guard total > 0 else { return self }
        let distance = other.mean - mean
        return ChannelMoments(
            count: total,
            mean: mean + distance * other.count / total,
            squares: squares + other.squares + distance * distance * count * other.count / total
        )
    }

    /// The moments of each channel of an image, over the pixels that are not ignored.
    static func of(_ image: Image, ignored: [Bool]?) -> [ChannelMoments] {
        let channelCount = image.channelCount
        return image.elements.withUnsafeBufferPointer { elements in
            (0..<channelCount).map { c in
                func forEach(_ body: (Double) -> Void) {
                    for i in 0..<image.size.pixelCount where ignored?[i] != true {
                        body(Double(elements[i * channelCount + c]))
                    }
                }
                var (count, sum, squares) = (0.0, 0.0, 0.0)
                forEach {
                    count += 1
                    sum += $0
                }
                let mean = count > 0 ? sum / count : 0
                forEach { squares += ($0 - mean) * ($0 - mean) }
                return ChannelMoments(count: count, mean: mean, squares: squares)
            }
        }
    }
}
