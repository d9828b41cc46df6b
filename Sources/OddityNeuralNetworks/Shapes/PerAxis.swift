/// A whole number for each axis of an image or a series, or one number for all of them.
///
///     .convolution(channels: 16, kernel: 3)         // 3 × 3 on an image, 3 on a series
///     .convolution(channels: 16, kernel: [1, 5])    // 1 high, 5 wide
///
/// Its `Codable` form is the number, or the list of numbers.
public struct PerAxis: Hashable, Sendable {
    /// One number for all axes, or height and width.
    public let values: [Int]

    /// The same number for every axis.
    public init(_ value: Int) {
        values = [value]
    }

    /// A number for each axis, height first.
    public init(_ values: [Int]) {
        self.values = values
    }

    /// The numbers for height and width; a series has height `flat` and a width alone.
    func plane(axisCount: Int, flat: Int) -> (height: Int, width: Int) {
        let last = values.last ?? flat
        return axisCount == 1 ? (flat, last) : (values.first ?? flat, last)
    }

    /// The number for an axis.
    subscript(axis: Int) -> Int { values.count == 1 ? values[0] : values[axis] }

    /// Whether there is one number, or one for each axis.
    func fits(axisCount: Int) -> Bool { values.count == 1 || values.count == axisCount }
}

extension PerAxis: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// The same number for every axis.
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// A number for each axis, height first.
    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }
}

extension PerAxis: Codable {
    /// Reads a number or a list of numbers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self.init(value)
        } else {
            self.init(try container.decode([Int].self))
        }
    }

    /// Writes a number, or a list of several.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if values.count == 1 {
            try container.encode(values[0])
        } else {
            try container.encode(values)
        }
    }
}
