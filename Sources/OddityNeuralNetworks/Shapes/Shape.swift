/// How the numbers of a row are arranged: a flat row, a series, or an image, with channels last.
///
/// A row stays one row of a matrix. Its numbers lie in row-major order, the last axis fastest: a
/// pixel's channels stand side by side, then comes the pixel to its right, then the next line.
///
///     let columns: Shape = [30]
///     let series: Shape = [96, 4]        // 96 points of 4 channels
///     let image: Shape = [28, 28, 1]   // height, width, channels
///
/// Its `Codable` form is the list of sizes.
public struct Shape: Hashable, Sendable {
    /// The sizes, slowest axis first: `[n]`, `[length, channels]` or `[height, width, channels]`.
    public let sizes: [Int]

    /// Makes a shape; ``NetworkDescription/validate()`` says whether a network can have it.
    public init(_ sizes: [Int]) {
        self.sizes = sizes
    }

    /// A flat row of `count` numbers.
    public static func flat(_ count: Int) -> Shape { Shape([count]) }

    /// A series of `length` points.
    public static func series(length: Int, channels: Int) -> Shape { Shape([length, channels]) }

    /// An image.
    public static func image(height: Int, width: Int, channels: Int) -> Shape {
        Shape([height, width, channels])
    }

    /// The numbers in a row; `Int.max` if there would be more, 0 if a size is below 1.
    public var count: Int {
        guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else { return 0 }
        return sizes.reduce(1) { product, size in
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            return overflow ? .max : next
        }
    }

    /// Whether the row is flat: one axis.
    public var isFlat: Bool { sizes.count == 1 }

    /// The last size: the channels of a point or pixel, or the columns of a flat row.
    public var channels: Int { sizes.last ?? 0 }

    /// The sizes without the channels: `[length]`, `[height, width]`, or nothing.
    public var extents: [Int] { Array(sizes.dropLast()) }

    /// Whether a network can have it: one to three sizes from 1, and not too many numbers.
    var isPossible: Bool {
        let limit = isFlat ? NetworkDescription.sizeLimit : NetworkDescription.shapedSizeLimit
        return (1...3).contains(sizes.count) && (1...limit).contains(count)
    }
}

extension Shape: ExpressibleByArrayLiteral {
    /// Makes a shape of sizes, slowest axis first.
    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }
}

extension Shape: CustomStringConvertible {
    /// The sizes with crosses between: `28×28×1`.
    public var description: String { sizes.map(String.init).joined(separator: "×") }
}

extension Shape: Codable {
    /// Reads the list of sizes.
    public init(from decoder: any Decoder) throws {
        sizes = try decoder.singleValueContainer().decode([Int].self)
    }

    /// Writes the list of sizes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(sizes)
    }
}
