/// How pixels are weighted when an image changes its size.
///
/// Both widen with the ratio when an image gets smaller, so that every pixel counts (no aliasing), and equal
/// Pillow's filters of the same kind.
public enum ResizeFilter: String, Codable, CaseIterable, Sendable {
    /// The mean of the area; enlarging repeats pixels (Pillow's BOX).
    case box
    /// Weights falling to both sides; enlarging interpolates (Pillow's BILINEAR).
    case triangle

    /// Half the width, in pixels of the smaller image.
    fileprivate var support: Double { self == .box ? 0.5 : 1 }

    fileprivate func weight(_ distance: Double) -> Double {
        switch self {
        case .box: distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .triangle: max(0, 1 - abs(distance))
        }
    }
}

extension Image {
    /// The image in another size.
    ///
    /// - Parameters:
    ///   - newSize: Width and height; the image is stretched where their ratio differs.
    ///   - filter: How pixels are weighted.
    /// - Complexity: O(pixels × channels).
    public func resized(to newSize: ImageSize, filter: ResizeFilter = .triangle) -> Image {
        precondition(newSize.width > 0 && newSize.height > 0, "an image has pixels")
        guard newSize != size else { return self }
        let vertical = ResizeWeights(from: size.height, to: newSize.height, filter)
        let horizontal = ResizeWeights(from: size.width, to: newSize.width, filter)
        let rowSize = size.width * channelCount
        let channelCount = channelCount
        var result = Image(size: newSize, channelCount: channelCount)
        elements.withUnsafeBufferPointer { source in
            result.elements.withUnsafeMutableBufferPointer { target in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: rowSize) { row in
                    for y in 0..<newSize.height {
                        row.initialize(repeating: 0)
                        vertical.withTaps(of: y) { first, weights in
                            guard let to = row.baseAddress, let all = source.baseAddress else {
                                return
                            }
                            for (k, weight) in weights.enumerated() {
                                add(weight, all + (first + k) * rowSize, to, count: rowSize)
                            }
                        }
                        var to = y * newSize.width * channelCount
                        for x in 0..<newSize.width {
                            horizontal.withTaps(of: x) { first, weights in
                                for c in 0..<channelCount {
                                    var (sum, from) = (Float(0), first * channelCount + c)
                                    for weight in weights {
                                        sum += weight * row[from]
                                        from += channelCount
                                    }
                                    target[to + c] = sum
                                }
                            }
                            to += channelCount
                        }
                    }
                }
            }
        }
        return result
    }
}

/// Adds a weighted row to another.
private func add(
    _ weight: Float,
    _ source: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>,
    count: Int
) {
    for i in 0..<count { target[i] = target[i] + weight * source[i] }
}

/// The pixels of one side, and their weights, that make each pixel of the new side.
private struct ResizeWeights {
    /// For each new pixel, the first old one, and where its weights begin.
    private var firsts: [Int] = []
    private var starts: [Int] = [0]
    private var weights: [Float] = []

    init(from oldCount: Int, to newCount: Int, _ filter: ResizeFilter) {
        let ratio = Double(oldCount) / Double(newCount)
        let spread = max(1, ratio)
        let support = filter.support * spread
        for i in 0..<newCount {
            let center = (Double(i) + 0.5) * ratio
            let first = max(0, Int(center - support + 0.5))
            let last = min(oldCount, Int(center + support + 0.5))
            let raw = (first..<max(last, first + 1)).map {
                filter.weight((Double($0) - center + 0.5) / spread)
            }
            let sum = raw.reduce(0, +)
            firsts.append(min(first, oldCount - 1))
            weights += raw.map { sum > 0 ? Float($0 / sum) : 1 / Float(raw.count) }
            starts.append(weights.count)
        }
    }

    func withTaps(of index: Int, _ body: (Int, UnsafeBufferPointer<Float>) -> Void) {
        weights.withUnsafeBufferPointer { all in
            body(
                firsts[index],
                UnsafeBufferPointer(rebasing: all[starts[index]..<starts[index + 1]])
            )
        }
    }
}
